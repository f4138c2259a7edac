import { type Finding, fingerprint } from '../model/index.ts';

/** What waivers and baselines say about the finding that they mean. */
export interface Mark {
  readonly rule: string;
  readonly subject: string;
  readonly fingerprint: string;
}

/** Whether the file that an id `source:…` names is there no longer. */
export type IsGone = (source: string) => boolean;

/**
 * Whether a finding is the one that is meant. A file that is no contract has no id but its path (`source:…`), so where
 * the path that was meant is gone, a finding counts that would have the fingerprint there: the file was moved.
 */
export function isMeant(mark: Mark, found: Finding, isGone: IsGone): boolean {
  if (mark.fingerprint === found.fingerprint) return mark.rule === found.rule && mark.subject === found.subject;
  const isMoved = [mark.subject, found.subject].every(subject => subject.startsWith('source:')) && isGone(mark.subject);
  return isMoved && mark.rule === found.rule && fingerprint(mark.rule, mark.subject, found.facts) === mark.fingerprint;
}
