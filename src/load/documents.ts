import { noCache, resultKey } from '../model/cache.ts';
import type { Contract, Dialect, Estate } from '../model/estate.ts';
import { type Finding, finding, type Rule } from '../model/finding.ts';
import type { Json } from '../model/json.ts';
import { contentOf, textHash } from './closure.ts';
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

/** Tells what is wrong with documents, one after the other. */
export interface Diagnosis {
  /** Works on a copy of the document. */
  readonly diagnose: (submission: Submission) => Promise<readonly Diagnostic[]>;
  /** Stops whatever goes on. */
  readonly end: () => void;
}

/** `files` are the texts, by path, of all that references may lead to. Undefined where no other thread can do it. */
export type OpenDiagnosis = (files: ReadonlyMap<string, string>) => Promise<Diagnosis | undefined>;

/**
 * Violations of OpenAPI, AsyncAPI and JSON Schema in every contract whose references all resolve; in two steps, of which
 * the second waits for what another thread was given to do by the first.
 */
export async function beginValidation(
  estate: Estate,
  openElsewhere: OpenDiagnosis = async () => undefined,
  cache = noCache,
): Promise<() => Promise<Finding[]>> {
  const broken = estate.findings.filter(({ rule }) => rule === 'load/unresolved-ref' || rule === 'load/remote-ref');
  const incomplete = new Set(broken.map(({ location }) => location.file));
  const contracts = estate.contracts.filter(({ dialect, file }) => dialect.name in RULES && !incomplete.has(file.path));
  const diagnostics = new Map(contracts.map(contract => [contract, kept(cache.get(keyOf(estate, contract)))]));
  const unknown = contracts.filter(contract => diagnostics.get(contract) === undefined);
  const begun = unknown.length === 0 ? undefined : await begin(estate, unknown, openElsewhere);
  return async () => {
    const results = begun ? await finish(begun) : [];
    for (const [index, result] of results.entries()) {
      diagnostics.set(unknown[index]!, result);
      cache.set(keyOf(estate, unknown[index]!), result as unknown as Json);
    }
    return contracts.flatMap(contract => {
      const found = diagnostics.get(contract);
      return found ? found.map(diagnostic => findingOf(estate, contract, diagnostic)) : [timeoutOf(contract)];
    });
  };
}

interface Begun {
  readonly diagnosis: Diagnosis;
  readonly results: readonly Promise<readonly Diagnostic[]>[];
}

async function begin(estate: Estate, contracts: readonly Contract[], openElsewhere: OpenDiagnosis): Promise<Begun> {
  const files = new Map([...estate.files].map(([path, { text }]) => [path, text]));
  const diagnosis = (await openElsewhere(files)) ?? (await openHere(files));
  const results = contracts.map(({ file: { path, text }, document, dialect }) =>
    diagnosis.diagnose({ path, text, document, dialect }),
  );
  return { diagnosis, results };
}

async function openHere(files: ReadonlyMap<string, string>): Promise<Diagnosis> {
  const { diagnose } = await import('./specification.ts');
  let turn: Promise<unknown> = Promise.resolve();
  return {
    diagnose(submission) {
      const result = turn.then(() => diagnose(structuredClone(submission), files));
      turn = result;
      return result;
    },
    end: () => undefined,
  };
}

/** In the order of the documents; fewer than they are where the next one did not end in time. */
async function finish({ diagnosis, results }: Begun): Promise<(readonly Diagnostic[])[]> {
  const done: (readonly Diagnostic[])[] = [];
  for (const result of results) {
    let watchdog: NodeJS.Timeout | undefined;
    const limit = new Promise<undefined>(resolve => {
      watchdog = setTimeout(resolve, LIMIT_MS, undefined);
    });
    const diagnostics = await Promise.race([result, limit]);
    clearTimeout(watchdog);
    if (!diagnostics) {
      diagnosis.end();
      break;
    }
    done.push(diagnostics);
  }
  return done;
}

/** Of AsyncAPI documents the parser reads everything they refer to, of the others nothing but themselves. */
function keyOf(estate: Estate, { dialect: { name, version }, file }: Contract): string {
  const content = name === 'asyncapi' ? contentOf(estate, file) : textHash(file);
  // By its ending a text is read as JSON or as YAML.
  return resultKey('specification', name, version, file.path.endsWith('.json'), content);
}

function kept(value: Json | undefined): readonly Diagnostic[] | undefined {
  return Array.isArray(value) ? (value as unknown as readonly Diagnostic[]) : undefined;
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
