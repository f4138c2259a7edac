/** Flags and rendering that the commands with findings share. */
import type { FindingsReport, Verdict } from '../format/index.ts';
import { atLeast, type Finding, type Rule, type Severity } from '../model/index.ts';
import { type Context, type Outcome, SEVERITY_CHOICES } from './command.ts';

/** Kept apart from the formats themselves, so that printing help does not load them. */
export const FORMAT_NAMES = ['text', 'json', 'sarif', 'junit', 'github', 'gitlab', 'markdown'] as const;

export const findingFlags = {
  format: { kind: 'choice', brief: 'How to print the result', choices: FORMAT_NAMES, default: 'text' },
  'fail-on': {
    kind: 'choice',
    brief: 'Least severity that makes the run fail',
    choices: SEVERITY_CHOICES,
    default: 'error',
  },
  'as-of': { kind: 'text', brief: 'Look at dates as if it were this day (UTC)', placeholder: 'YYYY-MM-DD' },
} as const;

export function verdictOf(findings: readonly Finding[], failOn: Severity, evidenceMissing: boolean): Verdict {
  if (findings.some(({ severity }) => atLeast(severity, failOn))) return 'fail';
  return evidenceMissing ? 'inconclusive' : 'pass';
}

export const EXIT_CODES = { pass: 0, fail: 1, inconclusive: 3 } as const satisfies Record<Verdict, number>;

/** Documentation of the rules that occur in the findings. */
export function rulesOf(findings: readonly Finding[], rules: readonly Rule[]): ReadonlyMap<string, Rule> {
  const used = new Set(findings.map(({ rule }) => rule));
  return new Map(rules.filter(({ id }) => used.has(id)).map(rule => [rule.id, rule]));
}

export async function renderFindings(
  report: FindingsReport,
  name: (typeof FORMAT_NAMES)[number],
  { color, width }: Context,
): Promise<Outcome> {
  const { FORMATS } = await import('../format/index.ts');
  const format = FORMATS.find(known => known.name === name)!;
  return {
    text: format.render(report, { color, ...(width === undefined ? {} : { width }) }),
    exitCode: EXIT_CODES[report.verdict],
  };
}
