/** Our own documents against our own schemas (model/governance.ts, model/mapping.ts), by ajv. */
import type { TSchema } from '@sinclair/typebox';
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import { closest } from 'fastest-levenshtein';
import type { Cursor } from '../model/estate.ts';
import type { Location } from '../model/finding.ts';
import { Consumer, Governance, System, Team, Waiver } from '../model/governance.ts';
import { getIn, parsePointer } from '../model/json.ts';
import { Mapping } from '../model/mapping.ts';
import { place } from './cursor.ts';

export const SCHEMAS = {
  governance: Governance,
  team: Team,
  system: System,
  consumer: Consumer,
  waiver: Waiver,
  mapping: Mapping,
};
export type SchemaName = keyof typeof SCHEMAS;

let ajv: Ajv2020 | undefined;

export interface Fault {
  readonly message: string;
  /** The keyword that failed and where, for fingerprints. */
  readonly facts: { readonly path: string; readonly keyword: string };
  readonly location: Location;
}

/** What is wrong with a document of ours; nothing where it has the shape of its schema. */
export function faultsOf(schema: TSchema, document: Cursor): Fault[] {
  ajv ??= new Ajv2020({
    allErrors: true,
    strict: false,
    verbose: true,
    code: { optimize: false },
    schemas: Object.values(SCHEMAS) as TSchema[],
  });
  const validate = ajv.getSchema(schema.$id ?? '') ?? ajv.compile(schema);
  if (validate(document.value)) return [];
  return essential(validate.errors ?? []).map(error => faultOf(error, document));
}

/** Drops the errors that only say that a branch failed whose own errors are listed too. */
export function essential(errors: readonly ErrorObject[]): ErrorObject[] {
  const leaves = errors.filter(error => !['anyOf', 'oneOf', 'allOf', 'if'].includes(error.keyword));
  return leaves.length > 0 ? leaves : [...errors];
}

function faultOf(error: ErrorObject, document: Cursor): Fault {
  const at = parsePointer(error.instancePath) ?? [];
  const extra = error.keyword === 'additionalProperties' ? String(error.params['additionalProperty']) : undefined;
  const path = [...document.path, ...at, ...(extra === undefined ? [] : [extra])];
  return {
    message: sentence(error, document),
    facts: { path: [...at, ...(extra === undefined ? [] : [extra])].join('/'), keyword: error.keyword },
    location: place({ file: document.file, path, value: getIn(document.file.value, path) ?? null }),
  };
}

/** `"lifecycle/statuz" is not a known key; did you mean "status"?` */
export function sentence(error: ErrorObject, document?: Cursor): string {
  const at = (parsePointer(error.instancePath) ?? []).join('/');
  const subject = at === '' ? 'the document' : `"${at}"`;
  if (error.keyword === 'additionalProperties') {
    const key = String(error.params['additionalProperty']);
    const known = Object.keys((error.parentSchema?.['properties'] as object | undefined) ?? {});
    const missing = known.filter(
      name => !(document && getIn(document.value, [...(parsePointer(error.instancePath) ?? []), name]) !== undefined),
    );
    const guess = missing.length > 0 ? closest(key, missing) : undefined;
    return `${subject} has the unknown key "${key}"${guess ? `; did you mean "${guess}"?` : ''}`;
  }
  if (error.keyword === 'required') return `${subject} lacks "${String(error.params['missingProperty'])}"`;
  if (error.keyword === 'enum')
    return `${subject} must be one of ${(error.params['allowedValues'] as unknown[]).join(', ')}`;
  if (error.keyword === 'const') return `${subject} must be ${JSON.stringify(error.params['allowedValue'])}`;
  return `${subject} ${error.message ?? 'is not valid'}`;
}
