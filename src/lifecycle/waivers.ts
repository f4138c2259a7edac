import { type Entry, type Estate, type Finding, finding, type Waiver } from '../model/index.ts';
import { isCalendarDate } from './dates.ts';
import { type IsGone, isMeant } from './matching.ts';
import rule from './rules.ts';

export interface Waived {
  readonly finding: Finding;
  readonly waiver: Waiver;
}

export interface WaiverOutcome {
  /** What is left to answer for, and what is wrong with the waivers themselves. */
  readonly findings: readonly Finding[];
  readonly waived: readonly Waived[];
}

/**
 * Sets aside the findings that a valid waiver excuses. A waiver that is expired, approved by its own author or
 * matches nothing excuses nothing and is a finding itself; no waiver excuses those.
 * `ran` says whether a rule's check was part of this run: a waiver of another one is left alone. For `isGone` see
 * {@link isMeant}.
 */
export function applyWaivers(
  findings: readonly Finding[],
  waivers: Estate['waivers'],
  today: string,
  ran: (rule: string) => boolean,
  isGone: IsGone = () => false,
): WaiverOutcome {
  const faults = waivers.flatMap(entry => faultsOf(entry, findings, today, ran, isGone));
  const faulty = new Set(faults.map(({ subject }) => subject));
  const inForce = waivers.filter(({ id }) => !faulty.has(id)).map(({ value }) => value);
  const left: Finding[] = [];
  const waived: Waived[] = [];
  for (const found of findings) {
    const waiver = inForce.find(each => isMeant(each, found, isGone));
    if (waiver) waived.push({ finding: found, waiver });
    else left.push(found);
  }
  return { findings: [...left, ...faults], waived };
}

function faultsOf(
  { id, file, value: waiver }: Entry<Waiver>,
  findings: readonly Finding[],
  today: string,
  ran: (rule: string) => boolean,
  isGone: IsGone,
): Finding[] {
  const facts = { fingerprint: waiver.fingerprint };
  for (const key of ['granted', 'expires'] as const) {
    if (isCalendarDate(waiver[key])) continue;
    const message = `${key} ${waiver[key]} is no day of the calendar`;
    return [finding(rule.waiverExpired, { subject: id, message, facts, location: file.locate([key]) })];
  }
  if (waiver.expires < today) {
    const message = `it expired on ${waiver.expires}, and ${waiver.rule} on ${waiver.subject} is excused no longer`;
    return [finding(rule.waiverExpired, { subject: id, message, facts, location: file.locate(['expires']) })];
  }
  if (waiver.approver.toLowerCase() === waiver.author.toLowerCase()) {
    const message = `${waiver.author} both asked for it and approved it`;
    return [finding(rule.waiverSelfApproved, { subject: id, message, facts, location: file.locate(['approver']) })];
  }
  if (!ran(waiver.rule)) return [];
  if (findings.some(found => isMeant(waiver, found, isGone))) return [];
  const match = findings.find(found => found.fingerprint === waiver.fingerprint);
  const message = match
    ? `its fingerprint is that of ${match.rule} on ${match.subject}, but it says ${waiver.rule} on ${waiver.subject}`
    : `no finding has the fingerprint ${waiver.fingerprint} (${waiver.rule} on ${waiver.subject})`;
  return [finding(rule.waiverUnmatched, { subject: id, message, facts, location: file.locate(['fingerprint']) })];
}
