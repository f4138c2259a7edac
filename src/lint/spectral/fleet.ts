/** Many documents against one ruleset: what is known already, and who works out the rest. */
import { readFile } from 'node:fs/promises';
import { type Json, type ResultCache, type Rule, resultKey } from '../../model/index.ts';
import { rulesetIdentity } from '../identity.ts';
import { type DocumentResult, type LintSetting, type Submission, textHash } from './types.ts';

/** Works out results: in this process, or in others. */
export interface Engine {
  readonly rules: readonly Rule[];
  /** In the order of the submissions. `done` is called for each. */
  readonly lint: (submissions: readonly Submission[], done: () => void) => Promise<DocumentResult[]>;
}

/** Throws a RulesetError where the ruleset cannot be used. The size of the work is in characters. */
export type OpenEngine = (setting: LintSetting, work: number) => Promise<Engine>;

export interface FleetResult {
  /** Documentation of the rules that are switched on. */
  readonly rules: readonly Rule[];
  /** In the order of the submissions. */
  readonly results: readonly DocumentResult[];
}

export async function lintFleet(
  submissions: readonly Submission[],
  setting: LintSetting,
  { cache, open, progress }: { cache: ResultCache; open: OpenEngine; progress?: (done: number, total: number) => void },
): Promise<FleetResult> {
  const { root, name, code } = setting.ruleset;
  const identity = await rulesetIdentity(root, name);
  // By where a ruleset lies its overrides are chosen.
  const options = [root, code, setting.root, setting.ignoreUnknownFormat];
  const keyOf = ({ source, text }: Submission) =>
    identity && resultKey('lint-document', identity, options, source, textHash(text));
  const rulesKey = identity && resultKey('lint-rules', identity, code);

  const results = await Promise.all(submissions.map(async submission => kept(cache, keyOf(submission))));
  const unknown = submissions.filter((_, index) => results[index] === undefined);
  const knownRules = rulesKey && cache.get(rulesKey);
  if (unknown.length === 0 && knownRules !== undefined) {
    return { rules: knownRules as unknown as Rule[], results: results as DocumentResult[] };
  }
  const engine = await open(
    setting,
    unknown.reduce((size, { text }) => size + text.length, 0),
  );
  let done = submissions.length - unknown.length;
  const found = await engine.lint(unknown, () => progress?.(++done, submissions.length));
  if (rulesKey) cache.set(rulesKey, engine.rules as unknown as Json);
  for (const [index, result] of found.entries()) {
    const key = keyOf(unknown[index]!);
    if (key && result.isWhole) cache.set(key, result as unknown as Json);
  }
  const news = found.values();
  return { rules: engine.rules, results: results.map(result => result ?? news.next().value!) };
}

/** A result that still holds: the files that it looked at are as they were. */
async function kept(cache: ResultCache, key: string | undefined): Promise<DocumentResult | undefined> {
  const known = key === undefined ? undefined : (cache.get(key) as unknown as DocumentResult | undefined);
  if (!known) return undefined;
  for (const [path, hash] of known.reads) {
    const text = await readFile(path, 'utf8').catch(() => undefined);
    if ((text === undefined ? null : textHash(text)) !== hash) return undefined;
  }
  return known;
}
