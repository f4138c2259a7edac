import type { Rule } from '../model/index.ts';

const all = {
  invalidDate: {
    id: 'lifecycle/invalid-date',
    severity: 'error',
    title: 'A date does not exist',
    policies: ['D6.16'],
    why: 'Deadlines are computed from it.',
    fix: 'Write a day of the calendar as YYYY-MM-DD.',
  },
  sunsetBeforeDeprecation: {
    id: 'lifecycle/sunset-before-deprecation',
    severity: 'error',
    title: 'The sunset lies before the deprecation',
    policies: ['D6.16'],
    why: 'The Sunset date must not be earlier than the Deprecation date (RFC 9745 §4); consumers would be told that what they use was switched off before anyone warned them.',
    fix: 'Move the sunset behind the deprecation, with the full notice period between them.',
  },
  noticeTooShort: {
    id: 'lifecycle/notice-too-short',
    severity: 'error',
    title: 'There is too little time between deprecation and sunset',
    policies: ['D6.16'],
    why: 'Consumers plan releases by the notice period; a hospital’s finance systems change rarely.',
    fix: 'Move the sunset date, or get a waiver.',
  },
  datesWithoutStatus: {
    id: 'lifecycle/deprecation-not-in-force',
    severity: 'warn',
    title: 'The deprecation date has passed, but the status is still active',
    policies: ['D6.16', 'D7.1'],
    why: 'Headers, documentation and the catalog follow the status: nobody is being told.',
    fix: 'Set the status to deprecated, or correct the date.',
  },
  sunsetPassed: {
    id: 'lifecycle/sunset-passed',
    severity: 'warn',
    title: 'The sunset date has passed, and the contract is still there',
    policies: ['D6.16', 'D7.1'],
    why: 'A deadline that passes without consequence is not believed the next time.',
    fix: 'Retire the contract, or agree on a new date with the consumers that remain.',
  },
  retiredInUse: {
    id: 'lifecycle/retired-in-use',
    severity: 'error',
    title: 'A retired contract still has consumers',
    policies: ['D6.16'],
    why: 'Nothing is removed while someone depends on it.',
    fix: 'Move the consumers to a successor first.',
  },
  waiverExpired: {
    id: 'lifecycle/waiver-expired',
    severity: 'error',
    title: 'A waiver has expired',
    policies: ['D6.22'],
    why: 'An exception was granted until that day; from then on it suppresses nothing.',
    fix: 'Mend what it excused, or have it granted anew by its approver.',
  },
  waiverUnmatched: {
    id: 'lifecycle/waiver-unmatched',
    severity: 'error',
    title: 'A waiver matches no finding',
    policies: ['D6.22'],
    why: 'What it excused is mended or has changed; left behind, it would excuse the next fault of that kind.',
    fix: 'Remove the waiver, or bind it to the fingerprint of the finding that it is meant for.',
  },
  waiverSelfApproved: {
    id: 'lifecycle/waiver-self-approved',
    severity: 'error',
    title: 'A waiver was approved by its author',
    policies: ['D6.12', 'D6.22'],
    why: 'Who asks for an exception must not be who grants it.',
    fix: 'Have someone else approve it.',
  },
  baselineStale: {
    id: 'lifecycle/baseline-stale',
    severity: 'error',
    title: 'The baseline lists a finding that is gone',
    policies: ['D6.22'],
    why: 'A baseline only ever shrinks. Left behind, the entry would tolerate the same fault when it comes back.',
    fix: 'Run the command again with --write-baseline, which takes out what is gone and adds nothing, and commit the file.',
  },
} as const satisfies Record<string, Rule>;

export const lifecycleRules: readonly Rule[] = Object.values(all);
export default all;
