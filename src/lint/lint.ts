/** Which contracts are linted by what, and which of the results are known already. */
import { contentOf } from '../load/index.ts';
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
import { problemsOf } from './error.ts';
import { type Links, linksOf } from './links.ts';
import { ruleFailed } from './rules.ts';
import type { LoadedRuleset, Ruleset } from './ruleset.ts';

/** Which rules apply to which contracts. The caller decides, by layer. */
export interface Selection {
  readonly ruleset: Ruleset;
  readonly contracts: readonly Contract[];
}

/** See index.ts. */
export async function lint(estate: Estate, selections: readonly Selection[], cache: ResultCache): Promise<Finding[]> {
  const links = linksOf(estate);
  const linter = linterOf(estate, links);
  const found: Finding[] = [];
  for (const { ruleset, contracts } of selections) {
    for (const contract of contracts) {
      const key = keyOf(estate, links, ruleset, contract);
      const kept = key === undefined ? undefined : cache.get(key);
      if (Array.isArray(kept)) {
        found.push(...(kept as unknown as Finding[]));
        continue;
      }
      try {
        const findings = await linter(await ruleset.open(), contract);
        if (key !== undefined) cache.set(key, findings as unknown as Json);
        found.push(...findings);
      } catch (cause) {
        // One malformed document must not keep the others from being linted.
        found.push(failureOf(ruleset, contract, cause));
      }
    }
  }
  return withOwnFingerprints(found).sort(compareFindings);
}

/** Spectral is imported when something must be linted. */
function linterOf(estate: Estate, links: Links) {
  let resolverOf: Parameters<typeof import('./engine.ts').findingsIn>[3] | undefined;
  return async (ruleset: LoadedRuleset, contract: Contract): Promise<Finding[]> => {
    const { estateResolver, findingsIn } = await import('./engine.ts');
    resolverOf ??= estateResolver(links);
    return findingsIn(estate, ruleset, contract, resolverOf);
  };
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

function failureOf(ruleset: Ruleset, { id, file }: Contract, cause: unknown): Finding {
  const reason = [...new Set(problemsOf(cause))].join('; ');
  const message = `a rule of ${ruleset.name} failed on it: ${reason}`;
  return finding(ruleFailed, { subject: id, message, facts: { ruleset: ruleset.name }, location: file.locate([]) });
}
