/**
 * Runs policies, written as Spectral rulesets, over an estate. Spectral takes a third of a second to import, so this
 * module does not import it until something must be linted.
 */
import {
  type Estate,
  type Finding,
  type Json,
  noCache,
  type ResultCache,
  type Rule,
  resultKey,
} from '../model/index.ts';
import type { RulesetHere } from './engine.ts';
import type { Selection } from './lint.ts';
import type { OpenRuleset, Ruleset } from './work.ts';

export type { RulesetHere } from './engine.ts';
export { RulesetError } from './error.ts';
export type { Selection } from './lint.ts';
export { lintRules } from './rules.ts';
export type { OpenRuleset, Ruleset } from './work.ts';

/**
 * Reads a Spectral ruleset (YAML or JSON) and everything it extends. `name` is a path from `root`, and no file and no
 * function outside `root` is read. Throws a {@link RulesetError} that names the file and what is wrong with it.
 */
export async function loadRuleset(root: string, name: string): Promise<RulesetHere> {
  const { openRuleset } = await import('./engine.ts');
  return openRuleset(root, name);
}

/** As {@link loadRuleset}, somewhere else; undefined where that cannot be done. */
export type OpenRulesetOf = (root: string, name: string) => Promise<OpenRuleset | undefined>;

/**
 * As {@link loadRuleset}, but elsewhere if that can be done, and a ruleset that was loaded before is built only when
 * something must be linted with it.
 */
export async function prepareRuleset(
  root: string,
  name: string,
  cache: ResultCache,
  openElsewhere?: OpenRulesetOf,
): Promise<Ruleset> {
  const load = async () => (await openElsewhere?.(root, name)) ?? loadRuleset(root, name);
  if (cache === noCache) return load();
  const { rulesetIdentity } = await import('./identity.ts');
  const identity = await rulesetIdentity(root, name);
  if (identity === undefined) return load();
  const key = resultKey('ruleset', identity);
  const kept = cache.get(key);
  if (Array.isArray(kept)) {
    const rules = new Map((kept as unknown as Rule[]).map(rule => [rule.id, rule]));
    let loaded: ReturnType<typeof load> | undefined;
    return {
      name,
      rules,
      identity,
      open: () => {
        loaded ??= load();
        return loaded;
      },
    };
  }
  const loaded = await load();
  cache.set(key, [...loaded.rules.values()] as unknown as Json);
  return { ...loaded, identity };
}

/**
 * One finding per fault, sorted. A fault in a file that several contracts refer to is found once, there. Where a
 * rule fails to run on a document, that is a finding.
 */
export async function lint(estate: Estate, selections: readonly Selection[], cache = noCache): Promise<Finding[]> {
  const findings = await beginLint(estate, selections, cache);
  return findings();
}

/** As {@link lint}, in two steps: what another thread has to do is under way when the first has ended. */
export async function beginLint(
  estate: Estate,
  selections: readonly Selection[],
  cache = noCache,
): Promise<() => Promise<Finding[]>> {
  const module = await import('./lint.ts');
  return module.beginLint(estate, selections, cache);
}
