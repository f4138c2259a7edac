/** Documents against the specification they claim to follow, by the libraries that know it best. */
import SwaggerParser from '@apidevtools/swagger-parser';
import { Parser as AsyncApiParser } from '@asyncapi/parser';
import type { ErrorObject } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { OpenAPI } from 'openapi-types';
import type { Dialect } from '../model/estate.ts';
import { compareText } from '../model/finding.ts';
import { type JsonObject, type Path, parsePointer } from '../model/json.ts';
import { essential, sentence } from './ajv-errors.ts';

/** A document, as plain data that can be sent to another thread. */
export interface Submission {
  readonly path: string;
  readonly text: string;
  readonly document: JsonObject;
  readonly dialect: Dialect;
}

/** What a validation thread is sent. It answers with the diagnostics of each submission, in their order. */
export interface ValidationJob {
  readonly submissions: readonly Submission[];
  /** Text by path: all that references may lead to. */
  readonly files: ReadonlyMap<string, string>;
}

export interface Diagnostic {
  readonly path: Path;
  readonly message: string;
  /** What tells it from others at the same place. */
  readonly facts: JsonObject;
}

/** What is wrong with a document; `files` is all that its references may lead to, and nothing is fetched. */
export async function diagnose(submission: Submission, files: ReadonlyMap<string, string>): Promise<Diagnostic[]> {
  const { name, version } = submission.dialect;
  // The parser knows no later version; Spectral's own schema rule does.
  if (name === 'openapi') return /^(2|3\.[01])/.test(version) ? diagnoseOpenApi(submission) : [];
  if (name === 'asyncapi') return diagnoseAsyncApi(submission, files);
  return name === 'json-schema' && version.includes('2020-12') ? diagnoseJsonSchema(submission) : [];
}

async function diagnoseOpenApi({ document, dialect }: Submission): Promise<Diagnostic[]> {
  try {
    // It replaces references in place, so it gets a copy. References to other files stay as they are and are not read.
    // From 3.1 on, a document may hold nothing but components (OpenAPI 3.1.0 §4.8.1), which the library does not know.
    const lends = dialect.version.startsWith('3.1') && 'components' in document;
    const copy = { ...(lends ? { paths: {} } : {}), ...structuredClone(document) };
    await SwaggerParser.validate(copy as unknown as OpenAPI.Document, {
      resolve: { external: false },
      dereference: { circular: 'ignore' },
    });
    return [];
  } catch (error) {
    const { details, message = String(error) } = error as { details?: ErrorObject[]; message?: string };
    if (details) return deepest(details).map(diagnosticOf);
    // It names the document it was given, which is an object here.
    const firstLine = (message.split('\n')[0] ?? message).replace(
      /^\[object Object\] is not a valid Openapi API definition/,
      'describes nothing: it has no paths',
    );
    return [{ path: [], message: firstLine, facts: { what: firstLine } }];
  }
}

async function diagnoseAsyncApi({ path, text }: Submission, files: ReadonlyMap<string, string>): Promise<Diagnostic[]> {
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
  const diagnostics = await parser.validate(text, { source: `/${path}` });
  return diagnostics
    .filter(({ severity, code }) => severity === 0 && code !== 'invalid-ref')
    .map(({ path: at, message, code }) => ({ path: [...at], message, facts: { code: String(code), what: message } }));
}

let metaValidator: Ajv2020 | undefined;

function diagnoseJsonSchema({ document }: Submission): Diagnostic[] {
  metaValidator ??= new Ajv2020({ allErrors: true, strict: false });
  metaValidator.validateSchema(document);
  return deepest(metaValidator.errors ?? []).map(diagnosticOf);
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
  return { path: parsePointer(error.instancePath) ?? [], message, facts: { keyword: error.keyword, what: message } };
}
