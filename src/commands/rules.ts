import { compatRules } from '../compat/index.ts';
import { coverageRules } from '../coverage/index.ts';
import { graphRules } from '../graph/index.ts';
import { fileRules, layoutRules } from '../layout/index.ts';
import { lifecycleRules } from '../lifecycle/index.ts';
import { lintRules } from '../lint/index.ts';
import { loadRules } from '../load/index.ts';
import { mockRules } from '../mock/rules.ts';
import { compareText, type Rule } from '../model/index.ts';
import { policyRules } from '../policy/index.ts';
import { exampleRules } from '../verify/example-rules.ts';
import { mappingRules } from '../verify/mapping-rules.ts';
import { verifyRules } from '../verify/rules.ts';
import type { Context } from './command.ts';

/** Every rule that comes with the program. Those of the rulesets are known once these are loaded. */
export const allRules: readonly Rule[] = [
  ...loadRules,
  ...compatRules,
  ...graphRules,
  ...lifecycleRules,
  ...coverageRules,
  ...policyRules,
  ...exampleRules,
  ...mappingRules,
  ...layoutRules,
  ...fileRules,
  ...verifyRules,
  ...mockRules,
  ...lintRules,
].sort((a, b) => compareText(a.id, b.id));

/** With those of the rulesets that the configuration names. */
export async function knownRules(context: Context): Promise<readonly Rule[]> {
  const { loadConfig } = await import('../load/index.ts');
  const { loadRulesets } = await import('./rulesets.ts');
  const rulesets = await loadRulesets(await loadConfig(context.cwd), context.home);
  const linted = rulesets.flatMap(({ ruleset }) => [...ruleset.rules.values()]);
  const byId = new Map([...allRules, ...linted].map(rule => [rule.id, rule]));
  return [...byId.values()].sort((a, b) => compareText(a.id, b.id));
}
