import type { Rule } from '../model/index.ts';

/** The rules of the rulesets document themselves; this is what is said about running them. */
export const ruleFailed = {
  id: 'lint/rule-failed',
  severity: 'error',
  title: 'A rule failed to run on a document',
  why: 'What the ruleset would have found in this document is not known.',
  fix: 'Correct what is malformed in the document; if nothing is, the rule has a fault.',
} as const satisfies Rule;

export const lintRules: readonly Rule[] = [ruleFailed];
