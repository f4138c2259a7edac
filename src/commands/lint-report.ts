/** What `countersign lint` has found, as a report: in the common form, with what a baseline tolerates set aside. */
import { existsSync, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { FindingsReport, FormatName } from '../format/index.ts';
import { lintRules } from '../lint/rules.ts';
import { findingOf, subjectOf } from '../lint/spectral/findings.ts';
import type { Diagnostic, Submission } from '../lint/spectral/types.ts';
import { loadConfig } from '../load/config.ts';
import { compareFindings, type Finding, type Rule } from '../model/index.ts';
import type { Found, Gated, OpenBaseline } from './baseline.ts';
import type { Context, FlagValues, Outcome } from './command.ts';
import type { baselineFlags } from './finding-flags.ts';
import { renderFindings, rulesOf } from './findings.ts';

export interface Linted {
  readonly submissions: readonly Submission[];
  readonly diagnostics: readonly Diagnostic[];
  /** Documentation of the rules that were switched on. */
  readonly rules: readonly Rule[];
}

export interface LintReportFlags extends FlagValues<typeof baselineFlags> {
  readonly format: FormatName;
  readonly 'display-only-failures': boolean;
}

/** `level` is the number of the least severity that fails the run, as Spectral counts them. */
export async function lintReport(
  { submissions, diagnostics, rules }: Linted,
  level: 0 | 1 | 2 | 3,
  listed: OpenBaseline | undefined,
  flags: LintReportFlags,
  context: Context,
): Promise<Outcome> {
  const shown = namesFrom(context.cwd);
  // A hint is information in the common form, and may be below what fails the run all the same.
  const levels = new Map(distinct(diagnostics).map(one => [findingOf(one, shown), one.severity]));
  const documents = submissions.map(({ source }) => subjectOf(shown(source)));
  const found = foundIn([...levels.keys()], documents, rules, context);
  const { findings, baseline, textOf } = await gated(found, listed, flags, context);
  // What the baseline itself is told is an error.
  const failures = findings.filter(one => (levels.get(one) ?? 0) <= level);
  const verdict = failures.length > 0 ? 'fail' : 'pass';
  const left = flags['display-only-failures'] ? failures : findings;
  const texts = new Map(submissions.map(({ source, text }) => [shown(source), text]));
  const { lifecycleRules } = listed ? await import('../lifecycle/index.ts') : { lifecycleRules: [] };
  const report: FindingsReport = {
    title: 'countersign lint',
    toolVersion: context.version,
    verdict,
    failOn: (['error', 'warn', 'info', 'info'] as const)[level],
    findings: left,
    waived: [],
    baseline,
    looked: [
      { label: 'documents', value: submissions.length },
      { label: 'rules', value: rules.length, detail: 'switched on' },
    ],
    rules: rulesOf(
      [...left, ...(baseline?.tolerated ?? [])],
      [...rules, ...lintRules, ...lifecycleRules],
      (await loadConfig(context.cwd)).config.rulePages,
    ),
    textOf: file => texts.get(file) ?? textOf(file),
  };
  return { ...renderFindings(report, flags.format, context), exitCode: verdict === 'fail' ? 1 : 0 };
}

/** A fault in a file that several documents refer to is found through each of them. */
function distinct(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  return [...new Map(diagnostics.map(one => [JSON.stringify(one), one])).values()];
}

/** The baseline is needed by few, and what reads it takes longer to load than all of this. */
async function gated(
  found: Found,
  listed: OpenBaseline | undefined,
  flags: LintReportFlags,
  context: Context,
): Promise<Gated> {
  if (listed) return (await import('./baseline.ts')).gate(found, listed, flags, context);
  return { findings: [...found.findings].sort(compareFindings), baseline: undefined, textOf: () => undefined };
}

/** A path as the user would type it; what is no path stays. */
function namesFrom(cwd: string): (source: string) => string {
  const names = new Map<string, string>();
  return source => {
    const known = names.get(source);
    if (known !== undefined) return known;
    const path = relative(cwd, source).split(sep).join('/');
    const name = path.startsWith('..') || source.startsWith('<') ? source : path;
    names.set(source, name);
    return name;
  };
}

/** Of rules that were switched off and of documents that were not asked about nothing is known, but that they are gone. */
function foundIn(
  findings: readonly Finding[],
  documents: readonly string[],
  rules: readonly Rule[],
  { cwd }: Context,
): Found {
  const linted = new Set(documents);
  const switchedOn = new Set([...rules, ...lintRules].map(({ id }) => id));
  const isBlinding = ({ rule, severity }: Finding) =>
    rule === 'lint/rule-failed' || (rule === 'lint/parser' && severity === 'error');
  const unseen = new Set(findings.filter(isBlinding).map(({ subject }) => subject));
  const isGone = (subject: string) => !linted.has(subject) && !isThere(subject, cwd);
  return {
    findings,
    waived: [],
    ran: (rule, subject) => switchedOn.has(rule) && !unseen.has(subject) && (linted.has(subject) || isGone(subject)),
    isGone,
  };
}

/** Whether a file has this id. An id holds a path in which some characters were replaced. */
function isThere(subject: string, cwd: string): boolean {
  const path = subject.slice('source:'.length);
  if (existsSync(join(path.startsWith('/') ? '' : cwd, path))) return true;
  let directories = [path.startsWith('/') ? '/' : cwd];
  for (const segment of path.split('/').filter(part => part !== '')) {
    directories = directories.flatMap(directory =>
      namesIn(directory)
        .filter(name => subjectOf(name) === `source:${segment}`)
        .map(name => join(directory, name)),
    );
  }
  return directories.length > 0;
}

function namesIn(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}
