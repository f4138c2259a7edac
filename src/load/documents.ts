/** Documents against the specification they claim to follow, by the libraries that know it best. */
import { existsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import SwaggerParser from '@apidevtools/swagger-parser';
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import type { OpenAPI } from 'openapi-types';
import type { Contract, Estate } from '../model/estate.ts';
import { compareText, type Finding, finding } from '../model/finding.ts';
import { type Json, type Path, parsePointer } from '../model/json.ts';
import type { AsyncApiDocument, Diagnostic } from './asyncapi-diagnostics.ts';
import rule from './rules.ts';
import { essential, sentence } from './shape.ts';
import { subjectAt } from './subject.ts';

/** Violations of OpenAPI, AsyncAPI and JSON Schema in every contract whose references all resolve. */
export async function validateDocuments(estate: Estate): Promise<Finding[]> {
  const incomplete = new Set(
    estate.findings
      .filter(({ rule }) => rule === 'load/unresolved-ref' || rule === 'load/remote-ref')
      .map(({ location }) => location.file),
  );
  const asyncApis = validateAsyncApis(estate);
  const others = estate.contracts.map(contract => {
    if (contract.dialect.name === 'openapi') return incomplete.has(contract.file.path) ? [] : validateOpenApi(contract);
    return contract.dialect.name === 'json-schema' ? validateJsonSchema(contract) : [];
  });
  return [...(await Promise.all(others)).flat(), ...(await asyncApis)];
}

async function validateOpenApi(contract: Contract): Promise<Finding[]> {
  try {
    // It replaces references in place, so it gets a copy. References to other files stay as they are and are not read.
    await SwaggerParser.validate(structuredClone(contract.document) as unknown as OpenAPI.Document, {
      resolve: { external: false },
      dereference: { circular: 'ignore' },
    });
    return [];
  } catch (error) {
    const { details, message } = error as { details?: ErrorObject[]; message?: string };
    if (!details)
      return [faultAt(contract, [], firstLine(message ?? String(error)), { message: firstLine(message ?? '') })];
    return deepest(details).map(detail => {
      const path = parsePointer(detail.instancePath) ?? [];
      return faultAt(contract, path, sentence(detail), { keyword: detail.keyword, what: sentence(detail) });
    });
  }
}

/**
 * The schemas of the specification try every alternative at every level, and report the failure of each. What the
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

function faultAt(contract: Contract, path: Path, message: string, facts: { [key: string]: Json }): Finding {
  const { id, rest } = subjectAt(contract, path);
  return finding(contract.dialect.name === 'asyncapi' ? rule.asyncapiInvalid : rule.openapiInvalid, {
    subject: id,
    message,
    facts: { at: rest.join('/'), ...facts },
    location: contract.file.locate(path),
  });
}

async function validateAsyncApis(estate: Estate): Promise<Finding[]> {
  const contracts = estate.contracts.filter(({ dialect }) => dialect.name === 'asyncapi');
  if (contracts.length === 0) return [];
  const documents = contracts.map(({ file: { path, text } }) => ({ path, text }));
  const diagnostics = await diagnoseApart(
    documents,
    new Map([...estate.files].map(([path, { text }]) => [path, text])),
  );
  return contracts.flatMap((contract, index) =>
    diagnostics[index]!.map(({ code, message, path }) => faultAt(contract, path, message, { code, what: message })),
  );
}

/** In a thread of its own where the program is built; in this one where it runs from source. */
async function diagnoseApart(
  documents: readonly AsyncApiDocument[],
  files: ReadonlyMap<string, string>,
): Promise<Diagnostic[][]> {
  const program = new URL('./asyncapi-worker.js', import.meta.url);
  if (!existsSync(program)) {
    const { diagnose } = await import('./asyncapi-diagnostics.ts');
    return Promise.all(documents.map(document => diagnose(document, files)));
  }
  const worker = new Worker(program, { workerData: { documents, files } });
  return new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', code => reject(new Error(`the AsyncAPI validator ended with code ${code}`)));
  });
}

let metaValidator: Ajv2020 | undefined;

function validateJsonSchema(contract: Contract): Finding[] {
  if (!contract.dialect.version.includes('2020-12')) return [];
  metaValidator ??= new Ajv2020({ allErrors: true, strict: false });
  metaValidator.validateSchema(contract.document);
  return deepest(metaValidator.errors ?? []).map(error => {
    const path = parsePointer(error.instancePath) ?? [];
    const { id, rest } = subjectAt(contract, path);
    return finding(rule.schemaInvalid, {
      subject: id,
      message: sentence(error),
      facts: { at: rest.join('/'), keyword: error.keyword },
      location: contract.file.locate(path),
    });
  });
}

function firstLine(text: string): string {
  return text.split('\n')[0] ?? text;
}
