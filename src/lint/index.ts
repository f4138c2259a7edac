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
import type { Selection } from './lint.ts';
import type { LoadedRuleset, Ruleset } from './ruleset.ts';

export { RulesetError } from './error.ts';
export type { Selection } from './lint.ts';
export { lintRules } from './rules.ts';
export type { LoadedRuleset, Ruleset } from './ruleset.ts';

/**
 * Reads a Spectral ruleset (YAML or JSON) and everything it extends. `name` is a path from `root`, and no file and no
 * function outside `root` is read. Throws a {@link RulesetError} that names the file and what is wrong with it.
 */
export async function loadRuleset(root: string, name: string): Promise<LoadedRuleset> {
  const ruleset = await import('./ruleset.ts');
  return ruleset.loadRuleset(root, name);
}

/** As {@link loadRuleset}, but builds a ruleset that was loaded before only when something must be linted with it. */
export async function prepareRuleset(root: string, name: string, cache: ResultCache): Promise<Ruleset> {
  if (cache === noCache) return loadRuleset(root, name);
  const { rulesetIdentity } = await import('./identity.ts');
  const identity = await rulesetIdentity(root, name);
  if (identity === undefined) return loadRuleset(root, name);
  const key = resultKey('ruleset', identity);
  const kept = cache.get(key);
  if (Array.isArray(kept)) {
    const rules = new Map((kept as unknown as Rule[]).map(rule => [rule.id, rule]));
    let loaded: Promise<LoadedRuleset> | undefined;
    return {
      name,
      rules,
      identity,
      open: () => {
        loaded ??= loadRuleset(root, name);
        return loaded;
      },
    };
  }
  const loaded = await loadRuleset(root, name);
  cache.set(key, [...loaded.rules.values()] as unknown as Json);
  return { ...loaded, identity };
}

/**
 * One finding per fault, sorted. A fault in a file that several contracts refer to is found once, there. Where a
 * rule fails to run on a document, that is a finding.
 */
export async function lint(estate: Estate, selections: readonly Selection[], cache = noCache): Promise<Finding[]> {
  const module = await import('./lint.ts');
  return module.lint(estate, selections, cache);
}
