/** Which contracts are linted by what, and which of the results are known already. */
import { contentOf, reachableFrom } from '../load/index.ts';
import {
  type Contract,
  compareFindings,
  compareText,
  type Estate,
  type Finding,
  finding,
  type Json,
  type ResultCache,
  resultKey,
} from '../model/index.ts';
import { findingOf } from './findings.ts';
import { type Links, linksOf } from './links.ts';
import { ruleFailed } from './rules.ts';
import type { LintResult, LintWork, Ruleset } from './work.ts';

/** Which rules apply to which contracts. The caller decides, by layer. */
export interface Selection {
  readonly ruleset: Ruleset;
  readonly contracts: readonly Contract[];
}

/** See index.ts. */
export async function beginLint(
  estate: Estate,
  selections: readonly Selection[],
  cache: ResultCache,
): Promise<() => Promise<Finding[]>> {
  const links = linksOf(estate);
  const owners = new Map(estate.contracts.map(contract => [contract.file.path, contract]));
  const begun = await Promise.all(selections.map(beginSelection));
  return async () => {
    const found = await Promise.all(begun.map(finish => finish()));
    return withOwnFingerprints(found.flat()).sort(compareFindings);
  };

  async function beginSelection({ ruleset, contracts }: Selection): Promise<() => Promise<Finding[]>> {
    const keys = contracts.map(contract => keyOf(estate, links, ruleset, contract));
    const found = keys.map(key => kept(key === undefined ? undefined : cache.get(key)));
    const unknown = [...contracts.keys()].filter(index => !found[index]);
    if (unknown.length === 0) return async () => found.flatMap(findings => findings ?? []);

    const opened = await ruleset.open();
    const begun = opened.lint(workOn(unknown.map(index => contracts[index]!)));
    // Its failure waits until somebody asks.
    begun.catch(() => undefined);
    return async () => {
      const results = await begun;
      for (const [position, index] of unknown.entries()) {
        const [contract, key] = [contracts[index]!, keys[index]];
        const result = results[position]!;
        const findings = findingsOf(ruleset, contract, result);
        found[index] = findings;
        if (key !== undefined && 'sightings' in result) cache.set(key, findings as unknown as Json);
      }
      return found.flatMap(findings => findings ?? []);
    };
  }

  /** The documents with all that can be reached from them. */
  function workOn(contracts: readonly Contract[]): LintWork {
    const reached = new Set(contracts.flatMap(({ file }) => reachableFrom(estate.files, file)));
    const files = [...reached].flatMap(path => estate.files.get(path) ?? []);
    return {
      documents: contracts.map(({ file, document }) => ({ root: document, used: [...(links.used.get(file) ?? [])] })),
      targets: new Map(files.flatMap(file => [...(links.targets.get(file) ?? [])])),
    };
  }

  function findingsOf(ruleset: Ruleset, contract: Contract, result: LintResult): Finding[] {
    if ('problems' in result) return [failureOf(ruleset, contract, result.problems)];
    return result.sightings.map(sighting => findingOf(estate, owners, contract, sighting));
  }
}

function kept(value: Json | undefined): readonly Finding[] | undefined {
  return Array.isArray(value) ? (value as unknown as readonly Finding[]) : undefined;
}

/** Beside what it refers to, it matters what refers to it: a component that another contract uses is not unused. */
function keyOf(estate: Estate, { used }: Links, { identity }: Ruleset, { file }: Contract): string | undefined {
  if (identity === undefined) return undefined;
  return resultKey('lint', identity, contentOf(estate, file), [...(used.get(file) ?? [])].sort());
}

/**
 * Drops what was found again through another contract or operation, and tells apart what only looks the same: two
 * operations of one name, two messages of Spectral's that quote the same names. Their order is that of their messages,
 * so that the fingerprints do not depend on the order of the document.
 */
function withOwnFingerprints(found: readonly Finding[]): Finding[] {
  const groups = new Map<string, Finding[]>();
  for (const one of found) {
    const group = groups.get(one.fingerprint) ?? [];
    groups.set(one.fingerprint, group);
    if (!group.some(other => isSameFault(one, other))) group.push(one);
  }
  return [...groups.values()].flatMap(group =>
    group
      .sort((a, b) => compareText(a.message, b.message) || compareText(pointerOf(a), pointerOf(b)))
      .map((one, index) => (index === 0 ? one : again(one, index + 1))),
  );
}

function isSameFault(one: Finding, other: Finding): boolean {
  const isSamePlace = one.location.file === other.location.file && pointerOf(one) === pointerOf(other);
  // Where a function stated the facts they are all there is; messages also name who refers to the faulty thing.
  return isSamePlace && (one.message === other.message || !('names' in one.facts));
}

function again(one: Finding, occurrence: number): Finding {
  return finding({ id: one.rule, severity: one.severity }, { ...one, facts: { ...one.facts, occurrence } });
}

function pointerOf({ location }: Finding): string {
  return location.pointer ?? '';
}

function failureOf(ruleset: Ruleset, { id, file }: Contract, problems: readonly string[]): Finding {
  const message = `a rule of ${ruleset.name} failed on it: ${problems.join('; ')}`;
  return finding(ruleFailed, { subject: id, message, facts: { ruleset: ruleset.name }, location: file.locate([]) });
}
