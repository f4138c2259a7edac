import { existsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import type { Contract, Dialect, Estate } from '../model/estate.ts';
import { type Finding, finding, type Rule } from '../model/finding.ts';
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

/** A thread that can validate documents; undefined where the program runs from source, and this thread does it. */
export type Validation = Worker | undefined;

/** Starts the thread: its libraries take most of a second to load, which they can while the estate is read. */
export function prepareValidation(): Validation {
  const program = new URL('./specification-worker.js', import.meta.url);
  if (!existsSync(program)) return undefined;
  const worker = new Worker(program);
  // It must not keep a program alive that has nothing to validate.
  worker.unref();
  return worker;
}

/** Violations of OpenAPI, AsyncAPI and JSON Schema in every contract whose references all resolve. */
export async function validateDocuments(estate: Estate, validation = prepareValidation()): Promise<Finding[]> {
  const broken = estate.findings.filter(({ rule }) => rule === 'load/unresolved-ref' || rule === 'load/remote-ref');
  const incomplete = new Set(broken.map(({ location }) => location.file));
  const contracts = estate.contracts.filter(({ dialect, file }) => dialect.name in RULES && !incomplete.has(file.path));
  const submissions = contracts.map(({ file: { path, text }, document, dialect }) => ({
    path,
    text,
    document,
    dialect,
  }));
  const files = new Map([...estate.files].map(([path, { text }]) => [path, text]));
  const diagnostics = await diagnoseAll({ submissions, files }, validation);
  return contracts.flatMap((contract, index) => {
    const found = diagnostics[index];
    return found ? found.map(diagnostic => findingOf(contract, diagnostic)) : [timeoutOf(contract)];
  });
}

/** In the order of the submissions; shorter than they are where the next one did not end in time. */
async function diagnoseAll(job: ValidationJob, worker: Validation): Promise<Diagnostic[][]> {
  if (!worker) {
    const { diagnose } = await import('./specification.ts');
    return Promise.all(job.submissions.map(submission => diagnose(submission, job.files)));
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

function findingOf(contract: Contract, { path, message, facts }: Diagnostic): Finding {
  const { id, rest } = subjectAt(contract, path);
  return finding(RULES[contract.dialect.name]!, {
    subject: id,
    message,
    facts: { at: rest.join('/'), ...facts },
    location: contract.file.locate(path),
  });
}
