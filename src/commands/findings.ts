/** What the commands with findings have in common: the verdict and how it is printed. */
import { type FindingsReport, FORMATS, type FormatName, type Verdict } from '../format/index.ts';
import { atLeast, type Finding, type Rule, type Severity } from '../model/index.ts';
import { type Context, type Outcome, UsageError } from './command.ts';
import { FORMAT_NAMES } from './finding-flags.ts';

export function verdictOf(findings: readonly Finding[], failOn: Severity, evidenceMissing: boolean): Verdict {
  if (findings.some(({ severity }) => atLeast(severity, failOn))) return 'fail';
  return evidenceMissing ? 'inconclusive' : 'pass';
}

export const EXIT_CODES = { pass: 0, fail: 1, inconclusive: 3 } as const satisfies Record<Verdict, number>;

/** Documentation of the rules that occur in the findings, with the page of each where the configuration says where. */
export function rulesOf(
  findings: readonly Finding[],
  rules: readonly Rule[],
  pages?: string,
): ReadonlyMap<string, Rule> {
  const used = new Set(findings.map(({ rule }) => rule));
  const paged = (rule: Rule): Rule =>
    pages === undefined ? rule : { ...rule, documentation: pages.replace('{rule}', encodeURI(rule.id)) };
  return new Map(rules.filter(({ id }) => used.has(id)).map(rule => [rule.id, paged(rule)]));
}

export function renderFindings(
  report: FindingsReport,
  name: FormatName,
  { color, width }: Context,
  { all = false, also }: { readonly all?: boolean; readonly also?: string | undefined } = {},
): Outcome {
  const files = new Map<string, string>();
  for (const [file, other] of furtherFiles(also))
    files.set(file, formatOf(other).render(report, { color: false, all }));
  return {
    files,
    text: formatOf(name).render(report, { color, all, ...(width === undefined ? {} : { width }) }),
    exitCode: EXIT_CODES[report.verdict],
  };
}

/** Files by path with their formats, from `sarif=results.sarif,junit=results.xml`. Throws a {@link UsageError}. */
export function furtherFiles(also: string | undefined): Map<string, FormatName> {
  const files = new Map<string, FormatName>();
  for (const part of also === undefined ? [] : also.split(',')) {
    const [name, file] = [part.slice(0, Math.max(0, part.indexOf('='))), part.slice(part.indexOf('=') + 1)];
    const format = FORMAT_NAMES.find(known => known === name);
    if (format === undefined || file === '') {
      const formats = FORMAT_NAMES.join(', ');
      throw new UsageError(`--also takes FORMAT=FILE, separated by commas, with one of ${formats}; not "${part}"`);
    }
    if (files.has(file)) throw new UsageError(`--also names the file ${file} twice`);
    files.set(file, format);
  }
  return files;
}

function formatOf(name: FormatName) {
  return FORMATS.find(known => known.name === name)!;
}
