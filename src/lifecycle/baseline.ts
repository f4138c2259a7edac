/**
 * Baselines let a gate be switched on over a legacy estate: what was found on that day is tolerated and shown as such,
 * and can only become less. They answer for the state of an estate. What a change does to it (`compat/…`) is never
 * tolerated here, nor is anything about waivers or the baseline itself: that takes a waiver, with an owner and an end.
 */
import { rootOf } from '../load/cursor.ts';
import { parseSource } from '../load/parse.ts';
import { faultsOf } from '../load/shape.ts';
import {
  Baseline,
  type BaselineEntry,
  compareText,
  contractOf,
  type Finding,
  finding,
  type Location,
} from '../model/index.ts';
import { type IsGone, isMeant } from './matching.ts';
import rule from './rules.ts';
import type { Waived } from './waivers.ts';

export interface BaselineFile {
  /** As findings name it. */
  readonly path: string;
  readonly text: string;
  readonly entries: readonly { readonly entry: BaselineEntry; readonly location: Location }[];
}

/** Whether a rule's check was part of this run, for what the id names. */
export type Ran = (rule: string, subject: string) => boolean;

export interface BaselineOutcome {
  /** What is left to answer for, and the entries that are no longer true. */
  readonly findings: readonly Finding[];
  readonly tolerated: readonly Finding[];
  /** Entries of which this run cannot say whether they are still true. */
  readonly unknown: readonly BaselineEntry[];
}

/** The file cannot be used. The message names file and line, and is for the user. */
export class BaselineError extends Error {
  override readonly name = 'BaselineError';
}

/** Reads a baseline, as JSON or YAML by its ending. Throws a {@link BaselineError} where it is not one. */
export function parseBaseline(path: string, text: string): BaselineFile {
  const { file, problem } = parseSource(path, text);
  const fail = (line: number, message: string) => new BaselineError(`${path}:${line}: ${message}`);
  if (problem) throw fail(problem.location.line, `the baseline cannot be parsed: ${problem.message}`);
  const faults = faultsOf(Baseline, rootOf(file)!);
  const line = faults[0]?.location.line;
  // A mistyped key is missing as well: whoever reads about one should read about the other.
  const there = faults.filter(fault => fault.location.line === line).map(({ message }) => message);
  if (line !== undefined) throw fail(line, `not a baseline: ${there.join('; ')}`);
  const entries = (file.value as unknown as Baseline).findings.map((entry, index) => ({
    entry,
    location: file.locate(['findings', index]),
  }));
  for (const { entry, location } of entries) {
    if (isTolerable(entry.rule)) continue;
    throw fail(location.line, `a baseline cannot tolerate ${entry.rule}; mend it, or get a waiver`);
  }
  return { path, text: file.text, entries };
}

/**
 * Sets aside the findings that the baseline lists. An entry that matches none is a finding itself, as is one that a
 * waiver has taken over: if that expires, its finding must come back. Each entry stands for one finding, so of two with
 * one fingerprint both must be listed. `ran` and `isGone` are those of {@link applyWaivers}; it may matter for `ran` what a
 * finding is about, where a run looked at a part only.
 */
export function applyBaseline(
  findings: readonly Finding[],
  waived: readonly Waived[],
  { entries }: Pick<BaselineFile, 'entries'>,
  ran: Ran,
  isGone: IsGone = () => false,
): BaselineOutcome {
  // Only of files that may have been moved is the fingerprint not enough.
  const keyOf = ({ rule: id, fingerprint, subject }: BaselineEntry | Finding) =>
    subject.startsWith('source:') ? id : fingerprint;
  const open = new Map<string, BaselineFile['entries'][number][]>();
  for (const listed of entries) {
    const alike = open.get(keyOf(listed.entry)) ?? [];
    open.set(keyOf(listed.entry), alike);
    alike.push(listed);
  }
  const left: Finding[] = [];
  const tolerated: Finding[] = [];
  for (const found of findings) {
    const candidates = open.get(keyOf(found)) ?? [];
    const match = candidates.findIndex(({ entry }) => isMeant(entry, found, isGone));
    if (match < 0 || !isTolerable(found.rule)) left.push(found);
    else {
      candidates.splice(match, 1);
      tolerated.push(found);
    }
  }
  const unseen = new Set(left.flatMap(found => (BLINDING.has(found.rule) ? [contractOf(found.subject)] : [])));
  const waiverOf = new Map(waived.map(each => [each.finding.fingerprint, each.waiver.id]));
  const unmatched = [...open.values()].flat();
  const isKnown = ({ entry }: BaselineFile['entries'][number]) =>
    ran(entry.rule, entry.subject) && !unseen.has(contractOf(entry.subject));
  return {
    findings: [...left, ...unmatched.filter(isKnown).map(each => staleness(each, waiverOf))],
    tolerated,
    unknown: unmatched.filter(each => !isKnown(each)).map(({ entry }) => entry),
  };
}

/** Findings after which nothing else is said about a contract: it is not known whether the others are gone. */
const BLINDING = new Set(['load/syntax', 'load/unreadable', 'load/duplicate-id']);

function staleness(
  { entry, location }: BaselineFile['entries'][number],
  waiverOf: ReadonlyMap<string, string>,
): Finding {
  const waiver = waiverOf.get(entry.fingerprint);
  const reason = waiver === undefined ? 'it is found no longer' : `${waiver} excuses it now`;
  return finding(rule.baselineStale, {
    subject: entry.subject,
    message: `the baseline lists ${entry.rule}, but ${reason}`,
    facts: { rule: entry.rule, fingerprint: entry.fingerprint },
    location,
  });
}

/** Whether a baseline may list findings of this rule. */
export function isTolerable(id: string): boolean {
  return !/^(compat\/|lifecycle\/(waiver|baseline)-)/.test(id);
}

export interface Rewritten {
  /** The new text of the file. */
  readonly text: string;
  /** Entries that stay, and those of them that were found again. */
  readonly kept: number;
  readonly tolerated: number;
  readonly added: number;
  readonly removed: number;
}

/**
 * The baseline that fits the findings: what is gone is left out, and what this run cannot tell stays. What is new comes in
 * where there was no baseline yet or `mayGrow` says so; otherwise it stays a finding. `ran` and `isGone` are those of
 * {@link applyWaivers}.
 */
export function rewriteBaseline(
  findings: readonly Finding[],
  before: Pick<BaselineFile, 'entries'> | undefined,
  mayGrow: boolean,
  ran: Ran,
  isGone: IsGone = () => false,
): Rewritten {
  const tolerable = findings.filter(found => isTolerable(found.rule));
  const { tolerated, unknown } = applyBaseline(tolerable, [], before ?? { entries: [] }, ran, isGone);
  const listed = before === undefined || mayGrow ? tolerable : tolerated;
  return {
    text: baselineText([...listed, ...unknown]),
    kept: tolerated.length + unknown.length,
    tolerated: tolerated.length,
    added: listed.length - tolerated.length,
    removed: (before?.entries.length ?? 0) - tolerated.length - unknown.length,
  };
}

/** One line for each finding, in an order that does not depend on files or lines. JSON, and so YAML too. */
export function baselineText(findings: readonly BaselineEntry[]): string {
  const lines = [...findings]
    .sort(
      (a, b) =>
        compareText(a.subject, b.subject) || compareText(a.rule, b.rule) || compareText(a.fingerprint, b.fingerprint),
    )
    .map(({ rule: id, subject, fingerprint, message }) => {
      const entry: BaselineEntry = { rule: id, subject, fingerprint, message };
      return `    ${JSON.stringify(entry)}`;
    });
  const list = lines.length === 0 ? '[]' : `[\n${lines.join(',\n')}\n  ]`;
  return `{\n  "countersign": "baseline",\n  "findings": ${list}\n}\n`;
}
