import { contentHash } from './hash.ts';
import type { Json, JsonObject } from './json.ts';
import type { Known } from './known.ts';

export const SEVERITIES = ['error', 'warn', 'info'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** A place in a source file. Lines and columns count from 1; the end is exclusive. */
export interface Location {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  /** JSON Pointer (RFC 6901) of the value, where the document could be parsed. */
  readonly pointer?: string;
}

/** What a rule is for. `countersign explain` and the reference pages are printed from these. */
export interface Rule {
  /** `area/name`, stable for ever: waivers and baselines are bound to it. */
  readonly id: string;
  readonly severity: Severity;
  readonly title: string;
  /** DOMAIN ids of the policies it serves, e.g. `D6.16`. */
  readonly policies?: readonly string[];
  readonly why: string;
  readonly fix: string;
  /** URL of a page that says more, where there is one. */
  readonly documentation?: string;
}

/** Someone or something that a finding hits, and what says so. */
export interface Affected {
  readonly id: string;
  readonly known: Known;
  readonly location: Location;
}

/** Something that backs a finding: who is hit, which payload proves it, what else to look at. */
export interface FindingEvidence {
  /** Who is hit. */
  readonly affected?: readonly Affected[];
  /** A payload that shows the fault. */
  readonly witness?: Json;
  readonly related?: readonly { readonly message: string; readonly location: Location }[];
}

/** The one shape for everything that any room has to say about an estate. */
export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  /** Id of what the finding is about, see id.ts. */
  readonly subject: string;
  readonly message: string;
  readonly location: Location;
  /** Structured particulars. They are part of the fingerprint; message and location are not. */
  readonly facts: JsonObject;
  readonly evidence?: FindingEvidence;
  readonly fingerprint: string;
}

/**
 * Hash of rule, subject and facts: survives reformatting, reordering, rewording and moving the file.
 * 128 bits of SHA-256 as 32 hex digits.
 */
export function fingerprint(rule: string, subject: string, facts: JsonObject): string {
  return contentHash([rule, subject, facts]).slice(0, 32);
}

export interface FindingInput {
  readonly subject: string;
  readonly message: string;
  readonly location: Location;
  readonly facts?: JsonObject;
  readonly evidence?: FindingEvidence;
  /** Where the rule's own severity is too strong or too weak for this case. */
  readonly severity?: Severity;
}

/** The only way to make a finding, so that each one has a documented rule. */
export function finding(rule: Pick<Rule, 'id' | 'severity'>, input: FindingInput): Finding {
  const facts = input.facts ?? {};
  return {
    rule: rule.id,
    severity: input.severity ?? rule.severity,
    subject: input.subject,
    message: input.message,
    location: input.location,
    facts,
    ...(input.evidence ? { evidence: input.evidence } : {}),
    fingerprint: fingerprint(rule.id, input.subject, facts),
  };
}

/**
 * The names that a message of a library quotes: what survives its rewording, as facts where it says no more. A number is
 * a place in a list, which may be reordered.
 */
export function namesQuotedIn(message: string): string[] {
  const quoted = [...message.matchAll(/"([^"]+)"|`([^`]+)`/g)].map(match => match[1] ?? match[2]!);
  return quoted.filter(name => !/^\d+$/.test(name));
}

/** The first line of a file: where a finding goes that concerns the whole of it. */
export function startOf(file: string): Location {
  return { file, line: 1, column: 1, endLine: 1, endColumn: 1 };
}

/** Errors first, then by file and position, so that output does not depend on the order of the checks. */
export function compareFindings(a: Finding, b: Finding): number {
  return (
    SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
    compareText(a.location.file, b.location.file) ||
    a.location.line - b.location.line ||
    a.location.column - b.location.column ||
    compareText(a.rule, b.rule) ||
    compareText(a.fingerprint, b.fingerprint)
  );
}

/** Order by code units: the same on every machine, unlike localeCompare. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Whether a finding of `severity` fails a run whose bar is `failOn`. */
export function atLeast(severity: Severity, failOn: Severity): boolean {
  return SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(failOn);
}
