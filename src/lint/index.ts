/**
 * Runs policies, written as Spectral rulesets, over an estate. Spectral takes a third of a second to import, so this
 * module does not import it until something is linted.
 */
import type { Estate, Finding } from '../model/index.ts';
import type { Selection } from './engine.ts';
import type { LoadedRuleset } from './ruleset.ts';

export type { Selection } from './engine.ts';
export { RulesetError } from './error.ts';
export { lintRules } from './rules.ts';
export type { LoadedRuleset } from './ruleset.ts';

/**
 * Reads a Spectral ruleset (YAML or JSON) and everything it extends. `name` is a path from `root`, and no file and no
 * function outside `root` is read. Throws a {@link RulesetError} that names the file and what is wrong with it.
 */
export async function loadRuleset(root: string, name: string): Promise<LoadedRuleset> {
  const ruleset = await import('./ruleset.ts');
  return ruleset.loadRuleset(root, name);
}

/**
 * One finding per fault, sorted. A fault in a file that several contracts refer to is found once, there. Where a
 * rule fails to run on a document, that is a finding.
 */
export async function lint(estate: Estate, selections: readonly Selection[]): Promise<Finding[]> {
  const engine = await import('./engine.ts');
  return engine.lint(estate, selections);
}
