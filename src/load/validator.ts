/** Values against the schemas of an estate, by ajv. References are resolved across its files and nowhere else. */
import { Ajv2020, type ErrorObject, type Options } from 'ajv/dist/2020.js';
import AjvDraft04 from 'ajv-draft-04';
import formats from 'ajv-formats';
import type { Contract, Cursor, Estate, SourceFile } from '../model/estate.ts';
import { IDENTIFIER_FORMATS } from '../model/index.ts';
import { formatPointer, isObject, type Json, type JsonObject, parsePointer } from '../model/json.ts';
import { essential, limitsOf, sentence } from './ajv-errors.ts';
import { ajvRegExp, PatternTimeout } from './bounded-regexp.ts';
import { reachableFrom } from './closure.ts';
import { quickLook } from './quick/estate.ts';
import { deref, refOf } from './refs.ts';
import { NAMES } from './schema-maps.ts';

export interface Violation {
  /** Path of the offending value from the root of the validated one. */
  readonly path: readonly string[];
  readonly keyword: string;
  readonly message: string;
  /** What the keyword asked for, see {@link limitsOf}. */
  readonly limits: JsonObject;
  /** The property that is missing or too many. */
  readonly property?: string;
  /** Nothing was wrong with the value: the schema cannot be compiled, or one of its patterns never ends. */
  readonly isUnusable?: 'not-compiled' | 'too-slow';
}

export interface Validator {
  /** What is wrong with `value`; nothing where it is valid. Never throws. */
  readonly check: (schema: Cursor, value: Json) => readonly Violation[];
}

/** Code that runs a few hundred times is not worth optimising, and a shared schema is compiled once instead of inlined. */
const OPTIONS: Options = {
  code: { optimize: false, regExp: ajvRegExp },
  inlineRefs: false,
  allErrors: true,
  strict: false,
  validateSchema: false,
  validateFormats: true,
  logger: false,
  // Data of another dialect's keywords must not be taken for schemas, and ids are by file.
  addUsedSchema: false,
};

type Files = Pick<Estate, 'files'>;

/** Compiling is what costs, so each estate's validators are kept as long as the estate itself. */
const validators = new WeakMap<Estate['files'], Map<boolean, Validator>>();

/** The validator in the dialect of a contract: JSON Schema 2020-12, or OpenAPI 3.0's own. */
export function validatorFor({ files }: Files, dialect: Contract['dialect']): Validator {
  const isOpenApi30 = dialect.name === 'openapi' && dialect.version.startsWith('3.0');
  const known = validators.get(files) ?? new Map<boolean, Validator>();
  validators.set(files, known);
  const validator = known.get(isOpenApi30) ?? createValidator(files, isOpenApi30);
  known.set(isOpenApi30, validator);
  return validator;
}

/** What is surely valid needs no ajv, which would spend nearly all of its time on compiling. */
function createValidator(files: Estate['files'], isOpenApi30: boolean): Validator {
  const isSurelyValid = quickLook(files, isOpenApi30);
  let exact: Validator | undefined;
  return {
    check(schema, value) {
      if (isSurelyValid(schema, value)) return [];
      exact ??= exactValidator(files, isOpenApi30);
      return exact.check(schema, value);
    },
  };
}

/** Always asks ajv. */
export function exactValidator(files: Estate['files'], isOpenApi30: boolean): Validator {
  // OpenAPI 3.0 keeps draft 4's boolean exclusiveMinimum; ajv reads its `nullable` in every draft.
  const ajv = isOpenApi30 ? new (AjvDraft04 as unknown as typeof Ajv2020)(OPTIONS) : new Ajv2020(OPTIONS);
  (formats as unknown as (ajv: Ajv2020) => void)(ajv);
  for (const [name, validate] of Object.entries(IDENTIFIER_FORMATS)) ajv.addFormat(name, validate);
  // A file that ajv refuses makes unusable what refers to it, and nothing else.
  const added = new Map<string, unknown>();
  const add = (path: string) => {
    const document = files.get(path)?.value;
    if (added.has(path) || typeof document !== 'object' || document === null) return;
    added.set(path, undefined);
    try {
      // With its address as the id too, since ajv forgets the address when a reference leads to a whole document.
      ajv.addSchema(
        { ...(withoutData(document, undefined) as object), [isOpenApi30 ? 'id' : '$id']: addressOf(path) },
        addressOf(path),
      );
    } catch (error) {
      added.set(path, error);
    }
  };
  const complete = new Set<SourceFile>();
  return {
    check(schema, value) {
      try {
        const target = targetOf(files, schema);
        if (!complete.has(target.file)) {
          for (const path of reachableFrom(files, target.file)) add(path);
          complete.add(target.file);
        }
        const refused = added.get(target.file.path);
        if (refused !== undefined) throw refused;
        const validate = ajv.getSchema(addressAt(target));
        if (!validate) throw new Error(`there is none at ${schema.file.path}#${formatPointer(schema.path)}`);
        return validate(value) ? [] : essential(validate.errors ?? []).map(violation);
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        const isUnusable = error instanceof PatternTimeout ? 'too-slow' : 'not-compiled';
        return [{ path: [], keyword: '', message: `the schema cannot be used: ${reason}`, limits: {}, isUnusable }];
      }
    },
  };
}

/** Values that are data wherever they stand; ajv does not look for schemas in them. */
const DATA = new Set(['const', 'enum', 'default']);

/** A copy without examples, in which ajv takes an `id` for the id of a schema, and without ids: these are by file. */
function withoutData(value: Json, name: string | undefined): Json {
  if (Array.isArray(value)) return value.map(item => withoutData(item, undefined));
  if (!isObject(value)) return value;
  const isNamed = name !== undefined && NAMES.has(name);
  const isLeftOut = (key: string, child: Json) =>
    key === 'example' || key === 'examples' || key.startsWith('x-') || (IDS.has(key) && typeof child === 'string');
  const kept = Object.entries(value).filter(([key, child]) => isNamed || !isLeftOut(key, child));
  return Object.fromEntries(
    kept.map(([key, child]) => [
      key,
      !isNamed && DATA.has(key) ? structuredClone(child) : withoutData(child, isNamed ? undefined : key),
    ]),
  );
}

const IDS = new Set(['$id', 'id']);

/** A hundred places that refer to one schema are one schema to compile. */
function targetOf(files: Estate['files'], schema: Cursor): Cursor {
  const isMereReference = refOf(schema) !== undefined && Object.keys(schema.value as object).length === 1;
  return (isMereReference ? deref(files, schema) : undefined) ?? schema;
}

function addressAt({ file, path }: Cursor): string {
  return `${addressOf(file.path)}#${encodeURI(formatPointer(path))}`;
}

/** Relative references between files resolve against this (RFC 3986). */
function addressOf(path: string): string {
  return `estate:/${path.split('/').map(encodeURIComponent).join('/')}`;
}

function violation(error: ErrorObject): Violation {
  const property: unknown = error.params['missingProperty'] ?? error.params['additionalProperty'];
  return {
    path: parsePointer(error.instancePath) ?? [],
    keyword: error.keyword,
    message: sentence(error),
    limits: limitsOf(error),
    ...(typeof property === 'string' ? { property } : {}),
  };
}
