/** What the commands with findings have in common: the verdict and how it is printed. */
import { type FindingsReport, FORMATS, type Verdict } from '../format/index.ts';
import { atLeast, type Finding, type Rule, type Severity } from '../model/index.ts';
import type { Context, Outcome } from './command.ts';
import type { FORMAT_NAMES } from './finding-flags.ts';

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

export function renderFindings(
  report: FindingsReport,
  name: (typeof FORMAT_NAMES)[number],
  { color, width }: Context,
  { all = false }: { readonly all?: boolean } = {},
): Outcome {
  const format = FORMATS.find(known => known.name === name)!;
  return {
    text: format.render(report, { color, all, ...(width === undefined ? {} : { width }) }),
    exitCode: EXIT_CODES[report.verdict],
  };
}
