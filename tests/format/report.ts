import type { FindingsReport, Verdict, WaivedFinding } from '../../src/format/index.ts';
import {
  type Finding,
  finding,
  type JsonObject,
  type Location,
  type Rule,
  type Severity,
} from '../../src/model/index.ts';

/** A report as cases write it down: findings without what follows from them, files as lines. */
export interface ReportCase {
  readonly title: string;
  readonly verdict: Verdict;
  readonly failOn: Severity;
  readonly looked: FindingsReport['looked'];
  readonly rules: readonly Rule[];
  readonly findings: readonly FindingCase[];
  readonly waived: readonly { readonly finding: FindingCase; readonly waiver: WaivedFinding['waiver'] }[];
  readonly baseline?: { readonly file: string; readonly tolerated: readonly FindingCase[] };
  readonly files: Readonly<Record<string, readonly string[]>>;
}

interface FindingCase extends Pick<Finding, 'rule' | 'subject' | 'message'> {
  readonly severity?: Severity;
  readonly facts?: JsonObject;
  readonly evidence?: Finding['evidence'];
  /** `[file, line, column, endLine, endColumn]`. */
  readonly at: readonly [string, number, number, number, number];
}

export function reportOf(given: ReportCase): FindingsReport {
  const rules = new Map(given.rules.map(rule => [rule.id, rule]));
  const build = ({ rule, severity, at, evidence, facts, ...rest }: FindingCase): Finding =>
    finding(
      { id: rule, severity: severity ?? rules.get(rule)?.severity ?? 'error' },
      { ...rest, location: location(at), ...(facts ? { facts } : {}), ...(evidence ? { evidence } : {}) },
    );
  return {
    title: given.title,
    toolVersion: '0.1.0',
    verdict: given.verdict,
    failOn: given.failOn,
    findings: given.findings.map(build),
    waived: given.waived.map(each => ({ finding: build(each.finding), waiver: each.waiver })),
    ...(given.baseline
      ? { baseline: { file: given.baseline.file, tolerated: given.baseline.tolerated.map(build) } }
      : {}),
    looked: given.looked,
    rules,
    textOf: file => given.files[file]?.join('\n'),
  };
}

function location([file, line, column, endLine, endColumn]: FindingCase['at']): Location {
  return { file, line, column, endLine, endColumn };
}
