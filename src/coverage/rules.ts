import type { Rule } from '../model/index.ts';

const all = {
  unknownId: {
    id: 'coverage/unknown-id',
    severity: 'error',
    title: 'A claim names a requirement that the domain does not have',
    why: 'It counts for nothing, and the requirement that was meant seems to be uncovered.',
    fix: 'Name the id of a row of the domain document, or add the row.',
  },
  unfoundedClaim: {
    id: 'coverage/unfounded-claim',
    severity: 'error',
    title: 'Something claims a requirement but has nothing of what it expects',
    why: 'Coverage that is only asserted hides the gap from those who would close it.',
    fix: 'Remove the id from `covers`, add what the row expects, or, if the row forgot this kind of content, name it under `allows` there.',
  },
  duplicateRow: {
    id: 'coverage/duplicate-row',
    severity: 'error',
    title: 'Two rows of the domain have the same id',
    why: 'A claim of that id could mean either; only the first is counted.',
    fix: 'Give one of them another id.',
  },
  unmetExpectation: {
    id: 'coverage/unmet-expectation',
    severity: 'warn',
    title: 'A requirement is claimed, but something it expects is nowhere',
    why: 'It is covered in part, which reads like covered.',
    fix: 'Write the operation, message, field or entry, and claim the row where it stands; or correct the expectation.',
  },
  uncovered: {
    id: 'coverage/uncovered',
    severity: 'info',
    title: 'Nothing covers a requirement',
    why: 'What nobody has taken on is not governed.',
    fix: 'Write the contract that serves it and name its id in `covers`.',
  },
} as const satisfies Record<string, Rule>;

export const coverageRules: readonly Rule[] = Object.values(all);
export default all;
