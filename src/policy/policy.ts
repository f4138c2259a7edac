/** What a policy over the whole estate is. One file for each; a new one is a line in index.ts. */
import type { Edge, Estate, Finding, FindingInput, Rule } from '../model/index.ts';

/** What policies look at: everything known of the estate, and the day. */
export interface Look {
  readonly estate: Estate;
  readonly edges: readonly Edge[];
  /** `YYYY-MM-DD`, UTC. */
  readonly today: string;
}

/** One fault, as {@link Finding} but for the rule. */
export type Fault = FindingInput;

export interface Policy {
  readonly rule: Rule & { readonly policies: readonly string[] };
  readonly check: (look: Look) => Iterable<Fault>;
}

export function definePolicy(policy: Policy): Policy {
  return policy;
}

/** How a configuration changes a policy; `off` means that it is not checked. */
export type PolicySetting = Finding['severity'] | 'off';
