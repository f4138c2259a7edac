import { existsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import type { Contract, Dialect, Estate } from '../model/estate.ts';
import { type Finding, finding, type Rule } from '../model/finding.ts';
import rule from './rules.ts';
import type { Diagnostic, Submission } from './specification.ts';
import { subjectAt } from './subject.ts';

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
  return contracts.flatMap((contract, index) => diagnostics[index]!.map(diagnostic => findingOf(contract, diagnostic)));
}

/** In a thread of its own where the program is built; in this one where it runs from source. */
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
  return new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', code => reject(new Error(`the validation thread ended with code ${code}`)));
  });
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
