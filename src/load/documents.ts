import { existsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import type { Contract, Dialect, Estate } from '../model/estate.ts';
import { type Finding, finding, type Rule } from '../model/finding.ts';
import rule from './rules.ts';
import type { Diagnostic, Submission } from './specification.ts';
import { subjectAt } from './subject.ts';

/** For one document. The slowest public ones take a few seconds. */
const LIMIT_MS = 60_000;

const RULES: Partial<Record<Dialect['name'], Rule>> = {
  openapi: rule.openapiInvalid,
  asyncapi: rule.asyncapiInvalid,
  'json-schema': rule.schemaInvalid,
};

/** Violations of OpenAPI, AsyncAPI and JSON Schema in every contract whose references all resolve. */
export async function validateDocuments(estate: Estate): Promise<Finding[]> {
  const broken = estate.findings.filter(({ rule }) => rule === 'load/unresolved-ref' || rule === 'load/remote-ref');
  const incomplete = new Set(broken.map(({ location }) => location.file));
  const contracts = estate.contracts.filter(({ dialect, file }) => dialect.name in RULES && !incomplete.has(file.path));
  if (contracts.length === 0) return [];
  const submissions = contracts.map(({ file: { path, text }, document, dialect }) => ({
    path,
    text,
    document,
    dialect,
  }));
  const files = new Map([...estate.files].map(([path, { text }]) => [path, text]));
  const diagnostics = await diagnoseApart(submissions, files);
  return contracts.flatMap((contract, index) => {
    const found = diagnostics[index];
    return found ? found.map(diagnostic => findingOf(contract, diagnostic)) : [timeoutOf(contract)];
  });
}

/**
 * In a thread of its own where the program is built; in this one where it runs from source. Shorter than the submissions
 * where the next one did not end in time.
 */
async function diagnoseApart(
  submissions: readonly Submission[],
  files: ReadonlyMap<string, string>,
): Promise<Diagnostic[][]> {
  const program = new URL('./specification-worker.js', import.meta.url);
  if (!existsSync(program)) {
    const { diagnose } = await import('./specification.ts');
    return Promise.all(submissions.map(submission => diagnose(submission, files)));
  }
  const worker = new Worker(program, { workerData: { submissions, files } });
  const results: Diagnostic[][] = [];
  return new Promise((resolve, reject) => {
    const end = () => {
      void worker.terminate();
      resolve(results);
    };
    let watchdog = setTimeout(end, LIMIT_MS);
    worker.on('message', (result: Diagnostic[]) => {
      results.push(result);
      clearTimeout(watchdog);
      if (results.length < submissions.length) watchdog = setTimeout(end, LIMIT_MS);
      else end();
    });
    worker.once('error', error => {
      clearTimeout(watchdog);
      reject(error);
    });
  });
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
