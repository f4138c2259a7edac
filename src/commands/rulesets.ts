import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { closest } from 'fastest-levenshtein';
import { type OpenRulesetOf, prepareRuleset, type Ruleset } from '../lint/index.ts';
import type { LoadedConfig } from '../load/index.ts';
import { noCache, type ResultCache } from '../model/index.ts';
import { type PolicySetting, policyRules } from '../policy/index.ts';
import { UsageError } from './command.ts';

type RulesetChoice = NonNullable<LoadedConfig['config']['rulesets']>[number];

/** Shipped with the package: used where the configuration names none. */
const DEFAULT_RULESETS: readonly RulesetChoice[] = [
  { ruleset: 'countersign:platform', layers: ['canonical', 'system', 'process', 'experience', 'event'] },
  { ruleset: 'countersign:vendor', layers: ['vendor'] },
  { ruleset: 'countersign:internal', layers: ['mapping', 'workflow', 'file'] },
];

export interface ChosenRuleset {
  readonly ruleset: Ruleset;
  readonly layers: RulesetChoice['layers'];
}

/** The rulesets of the configuration, in its order. Throws a {@link UsageError} where one cannot be used. */
export async function loadRulesets(
  { config, root }: LoadedConfig,
  home: string,
  cache = noCache,
  openElsewhere?: OpenRulesetOf,
): Promise<ChosenRuleset[]> {
  return Promise.all(
    (config.rulesets ?? DEFAULT_RULESETS).map(async ({ ruleset, layers }) => ({
      ruleset: await loadOne(ruleset, root, home, cache, openElsewhere),
      layers,
    })),
  );
}

/** As {@link loadRulesets}, which goes on while the caller does something else; its failure waits until it is awaited. */
export function beginRulesets(...wanted: Parameters<typeof loadRulesets>): Promise<ChosenRuleset[]> {
  const rulesets = loadRulesets(...wanted);
  rulesets.catch(() => undefined);
  return rulesets;
}

function loadOne(
  name: string,
  root: string,
  home: string,
  cache: ResultCache,
  openElsewhere: OpenRulesetOf | undefined,
): Promise<Ruleset> {
  const shipped = /^countersign:([a-z-]+)$/.exec(name)?.[1];
  const [from, file] = shipped === undefined ? [root, name] : [join(home, 'rulesets'), `${shipped}.yaml`];
  if (!existsSync(join(from, file)))
    throw new UsageError(`there is no ruleset ${name} (looked for ${join(from, file)})`);
  return prepareRuleset(from, file, cache, openElsewhere);
}

/** How the configuration changes the policies across contracts. Throws a {@link UsageError} where it names none. */
export function policySettings({ config }: LoadedConfig): Readonly<Record<string, PolicySetting>> {
  const settings = config.policies ?? {};
  const known = policyRules.map(({ id }) => id);
  const unknown = Object.keys(settings).find(id => !known.includes(id));
  if (unknown === undefined) return settings;
  throw new UsageError(`policies names ${unknown}, which is no policy; did you mean "${closest(unknown, known)}"?`);
}
