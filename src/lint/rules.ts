import type { Rule } from '../model/index.ts';

/** The rules of the rulesets document themselves; this is what is said about running them. */
export const ruleFailed = {
  id: 'lint/rule-failed',
  severity: 'error',
  title: 'A rule failed to run on a document',
  why: 'What the ruleset would have found in this document is not known.',
  fix: 'Correct what is malformed in the document; if nothing is, the rule has a fault.',
} as const satisfies Rule;

/** What Spectral says about documents beside its rules, when they are linted apart from an estate. */
export const documentRules: readonly Rule[] = [
  {
    id: 'lint/parser',
    severity: 'error',
    title: 'A document is no sound YAML or JSON',
    why: 'Parsers differ in what they make of it, and some reject it.',
    fix: 'Correct what the message names: a syntax error, a key that occurs twice, a key that is no text.',
  },
  {
    id: 'lint/invalid-ref',
    severity: 'error',
    title: 'A reference leads nowhere',
    why: 'What it stands for is missing for every reader of the document, and was not linted.',
    fix: 'Correct the reference. Files outside of --root are not read, and nothing is fetched: keep a copy inside.',
  },
  {
    id: 'lint/unrecognized-format',
    severity: 'warn',
    title: 'No rule is about documents of this format',
    why: 'Nothing was checked.',
    fix: 'Extend a ruleset for the format, or leave the document out; --ignore-unknown-format keeps quiet about it.',
  },
];

export const lintRules: readonly Rule[] = [ruleFailed, ...documentRules];
