import { existsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { noCache, resultKey } from '../model/cache.ts';
import type { Contract, Dialect, Estate } from '../model/estate.ts';
import { type Finding, finding, type Rule } from '../model/finding.ts';
import type { Json } from '../model/json.ts';
import { contentOf, textHash } from './closure.ts';
import rule from './rules.ts';
import type { Diagnostic, ValidationJob } from './specification.ts';
import { subjectAt } from './subject.ts';

/** For one document. The slowest public ones take a few seconds. */
const LIMIT_MS = 60_000;

const RULES: Partial<Record<Dialect['name'], Rule>> = {
  openapi: rule.openapiInvalid,
  asyncapi: rule.asyncapiInvalid,
  'json-schema': rule.schemaInvalid,
};

/** Gives the thread that can validate documents; undefined where the program runs from source, and this thread does it. */
export type Validation = () => Worker | undefined;

/**
 * The thread is started when it is asked for first: its libraries take most of a second to load, which they can while the
 * estate is read, or which is saved where nothing needs to be validated.
 */
export function prepareValidation(): Validation {
  let started: { readonly worker: Worker | undefined } | undefined;
  return () => {
    started ??= { worker: startThread() };
    return started.worker;
  };
}

function startThread(): Worker | undefined {
  const program = new URL('./specification-worker.js', import.meta.url);
  if (!existsSync(program)) return undefined;
  const worker = new Worker(program);
  // It must not keep a program alive that has nothing to validate.
  worker.unref();
  return worker;
}

/** Violations of OpenAPI, AsyncAPI and JSON Schema in every contract whose references all resolve. */
export async function validateDocuments(
  estate: Estate,
  validation = prepareValidation(),
  cache = noCache,
): Promise<Finding[]> {
  const broken = estate.findings.filter(({ rule }) => rule === 'load/unresolved-ref' || rule === 'load/remote-ref');
  const incomplete = new Set(broken.map(({ location }) => location.file));
  const contracts = estate.contracts.filter(({ dialect, file }) => dialect.name in RULES && !incomplete.has(file.path));
  const diagnostics = new Map(contracts.map(contract => [contract, kept(cache.get(keyOf(estate, contract)))]));
  const unknown = contracts.filter(contract => diagnostics.get(contract) === undefined);
  const submissions = unknown.map(({ file: { path, text }, document, dialect }) => ({ path, text, document, dialect }));
  const files = new Map([...estate.files].map(([path, { text }]) => [path, text]));
  const results = submissions.length === 0 ? [] : await diagnoseAll({ submissions, files }, validation());
  for (const [index, result] of results.entries()) {
    diagnostics.set(unknown[index]!, result);
    cache.set(keyOf(estate, unknown[index]!), result as unknown as Json);
  }
  return contracts.flatMap(contract => {
    const found = diagnostics.get(contract);
    return found ? found.map(diagnostic => findingOf(estate, contract, diagnostic)) : [timeoutOf(contract)];
  });
}

/** Of AsyncAPI documents the parser reads everything they refer to, of the others nothing but themselves. */
function keyOf(estate: Estate, { dialect: { name, version }, file }: Contract): string {
  const content = name === 'asyncapi' ? contentOf(estate, file) : textHash(file);
  // By its ending a text is read as JSON or as YAML.
  return resultKey('specification', name, version, file.path.endsWith('.json'), content);
}

function kept(value: Json | undefined): Diagnostic[] | undefined {
  return Array.isArray(value) ? (value as unknown as Diagnostic[]) : undefined;
}

/** In the order of the submissions; shorter than they are where the next one did not end in time. */
async function diagnoseAll(job: ValidationJob, worker: Worker | undefined): Promise<Diagnostic[][]> {
  if (!worker) {
    const { diagnose } = await import('./specification.ts');
    const results: Diagnostic[][] = [];
    for (const submission of job.submissions) results.push(await diagnose(submission, job.files));
    return results;
  }
  const results: Diagnostic[][] = [];
  await new Promise<void>((resolve, reject) => {
    let watchdog: NodeJS.Timeout;
    const awaitNext = () => {
      if (results.length === job.submissions.length) resolve();
      else watchdog = setTimeout(resolve, LIMIT_MS);
    };
    worker.ref();
    worker.on('message', (result: Diagnostic[]) => {
      results.push(result);
      clearTimeout(watchdog);
      awaitNext();
    });
    worker.once('error', error => {
      clearTimeout(watchdog);
      reject(error);
    });
    worker.postMessage(job);
    awaitNext();
  });
  void worker.terminate();
  return results;
}

function timeoutOf({ id, file }: Contract): Finding {
  const message = `it was not validated: it, or a document before it, took over ${LIMIT_MS / 1000} seconds`;
  return finding(rule.validationTimeout, { subject: id, message, location: file.locate([]) });
}

function findingOf({ files }: Estate, contract: Contract, { path, message, facts }: Diagnostic): Finding {
  const { id, rest } = subjectAt(contract, path, files);
  return finding(RULES[contract.dialect.name]!, {
    subject: id,
    message,
    facts: { at: rest.join('/'), ...facts },
    location: contract.file.locate(path),
  });
}
