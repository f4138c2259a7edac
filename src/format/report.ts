import type { Finding, Rule, Severity } from '../model/index.ts';

export const VERDICTS = ['pass', 'fail', 'inconclusive'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** What every format renders: findings, what was looked at to get them, and what follows. */
export interface FindingsReport {
  /** The command as the user typed it, e.g. `countersign check`. */
  readonly title: string;
  readonly toolVersion: string;
  readonly verdict: Verdict;
  readonly failOn: Severity;
  /** Sorted; waived and tolerated ones are not among them. File paths are relative to where the user stands. */
  readonly findings: readonly Finding[];
  readonly waived: readonly WaivedFinding[];
  /** Where a baseline is in use: its file, and the findings that it tolerates, sorted. */
  readonly baseline?: { readonly file: string; readonly tolerated: readonly Finding[] } | undefined;
  /** What was really looked at, in the order to print: `{label: 'contracts', value: 7, detail: '4 APIs, 1 event…'}`. */
  readonly looked: readonly { readonly label: string; readonly value: number; readonly detail?: string }[];
  /** Documentation of the rules that occur in the findings, by rule id. */
  readonly rules: ReadonlyMap<string, Rule>;
  /** Text of a file named in a finding, for code frames; undefined where it is not at hand. */
  readonly textOf: (file: string) => string | undefined;
}

export interface WaivedFinding {
  readonly finding: Finding;
  readonly waiver: {
    readonly id: string;
    readonly reason: string;
    readonly owner: string;
    readonly approver: string;
    readonly expires: string;
  };
}
