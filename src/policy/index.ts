/** Policies that no document shows alone: they compare contracts, systems, consumers and dates with each other. */
import { type Finding, finding, type Rule } from '../model/index.ts';
import canonicalReuse from './canonical-reuse.ts';
import circularUpdate from './circular-update.ts';
import classificationLost from './classification-lost.ts';
import compensation from './compensation.ts';
import criticalDependency from './critical-dependency.ts';
import dutiesCombined from './duties-combined.ts';
import eventOwner from './event-owner.ts';
import layering from './layering.ts';
import oneWriter from './one-writer.ts';
import type { Look, PolicySetting } from './policy.ts';
import quota from './quota.ts';
import residency from './residency.ts';
import stepParameters from './step-parameters.ts';
import successor from './successor.ts';
import syncPattern from './sync-pattern.ts';
import vendorSupport from './vendor-support.ts';
import waiverForm from './waiver-form.ts';

export type { Look, Policy, PolicySetting } from './policy.ts';

export const POLICIES = [
  canonicalReuse,
  circularUpdate,
  classificationLost,
  compensation,
  criticalDependency,
  dutiesCombined,
  eventOwner,
  layering,
  oneWriter,
  quota,
  residency,
  stepParameters,
  successor,
  syncPattern,
  vendorSupport,
  waiverForm,
];

export const policyRules: readonly Rule[] = POLICIES.map(({ rule }) => rule);

/** What the policies that are not switched off find. `settings` are by rule id. */
export function inspectPolicies(look: Look, settings: Readonly<Record<string, PolicySetting>> = {}): Finding[] {
  return POLICIES.flatMap(({ rule, check }) => {
    const setting = settings[rule.id] ?? rule.severity;
    if (setting === 'off') return [];
    const isChanged = setting !== rule.severity;
    // A setting of the user's counts more than what the policy says of the single case.
    return [...check(look)].map(fault => finding(rule, isChanged ? { ...fault, severity: setting } : fault));
  });
}
