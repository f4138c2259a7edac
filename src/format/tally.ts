import {
  compareText,
  contractOf,
  type Finding,
  groupBy,
  type Location,
  SEVERITIES,
  type Severity,
} from '../model/index.ts';
import type { FindingsReport, Verdict } from './report.ts';
import { plain } from './untrusted.ts';

/** What formats count and say alike, so that the same run reads the same everywhere. */

export interface Summary {
  error: number;
  warn: number;
  info: number;
  waived: number;
  tolerated: number;
}

export function summaryOf(report: FindingsReport): Summary {
  const tolerated = report.baseline?.tolerated.length ?? 0;
  const summary: Summary = { error: 0, warn: 0, info: 0, waived: report.waived.length, tolerated };
  for (const { severity } of report.findings) summary[severity] += 1;
  return summary;
}

export const WORD: Readonly<Record<Severity, string>> = { error: 'error', warn: 'warning', info: 'info' };

/** `2 errors, 1 warning, 3 waived, 9 tolerated`; empty where there is nothing to count. */
export function counted(summary: Summary): string {
  return [
    plural(summary.error, 'error'),
    plural(summary.warn, 'warning'),
    summary.info > 0 ? `${summary.info} info` : '',
    summary.waived > 0 ? `${summary.waived} waived` : '',
    summary.tolerated > 0 ? `${summary.tolerated} tolerated` : '',
  ]
    .filter(part => part !== '')
    .join(', ');
}

/** `fail: 2 errors, 1 warning`. */
export function verdictLine(report: FindingsReport): string {
  const reason = report.verdict === 'inconclusive' ? MISSING_EVIDENCE : '';
  const details = [reason, counted(summaryOf(report))].filter(part => part !== '').join('; ');
  return details === '' ? report.verdict : `${report.verdict}: ${details}`;
}

export const MISSING_EVIDENCE = 'evidence is missing, and that never passes';
export const VERDICT_MARK: Readonly<Record<Verdict, string>> = { pass: '✔', fail: '✖', inconclusive: '?' };

/** `consumer:ap-automation (derived in pacts/x.json:12) and 3 more`; empty where nobody is known to be hit. */
export function affectedBy(finding: Finding, most = 5): string {
  const affected = finding.evidence?.affected ?? [];
  const named = affected
    .slice(0, most)
    .map(({ id, known, location }) => `${plain(id)} (${known} in ${plain(`${location.file}:${location.line}`)})`);
  const more = affected.length - named.length;
  return named.join(', ') + (more > 0 ? ` and ${more} more` : '');
}

export function explain(rule: string): string {
  return `countersign explain ${plain(rule)}`;
}

/** `file:line:column`, which terminals and editors make a link of. */
export function placeOf({ file, line, column }: Location): string {
  return plain(`${file}:${line}:${column}`);
}

/** The path as services compare it with those of a repository: relative, without a leading `./`. */
export function pathOf({ file }: Location): string {
  return file.replace(/^(?:\.?\/)+/, '');
}

/** `2 errors, 1 warning`: what there is among some findings. */
export function countedIn(findings: readonly Finding[]): string {
  const count = (severity: Severity) => findings.filter(finding => finding.severity === severity).length;
  return counted({ error: count('error'), warn: count('warn'), info: count('info'), waived: 0, tolerated: 0 });
}

/** One rule's share of a run, for tables. */
export interface RuleTally {
  readonly rule: string;
  readonly severity: Severity;
  readonly findings: number;
  readonly contracts: number;
}

/** What each rule found, the gravest and most frequent first. */
export function byRule(findings: readonly Finding[]): RuleTally[] {
  return [...groupBy(findings, ({ rule, severity }) => `${severity} ${rule}`).values()]
    .map(group => ({
      rule: group[0]!.rule,
      severity: group[0]!.severity,
      findings: group.length,
      contracts: new Set(group.map(({ subject }) => contractOf(subject))).size,
    }))
    .sort(
      (a, b) =>
        SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
        b.findings - a.findings ||
        compareText(a.rule, b.rule),
    );
}

/** Makes names unique in the order of asking: `a`, then `again('a', 2)`, `again('a', 3)`. */
export function distinct(again: (name: string, count: number) => string): (name: string) => string {
  const counts = new Map<string, number>();
  return name => {
    let count = counts.get(name) ?? 0;
    let unique = name;
    while (counts.has(unique)) {
      count += 1;
      unique = again(name, count);
    }
    counts.set(name, Math.max(count, 1));
    if (unique !== name) counts.set(unique, 1);
    return unique;
  };
}

export function plural(count: number, noun: string): string {
  if (count === 0) return '';
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
