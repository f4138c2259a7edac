/** The findings that a team has decided to live with for now: see lifecycle/baseline.ts. */
import { type Static, Type } from '@sinclair/typebox';

const closed = { additionalProperties: false } as const;

export const BaselineEntry = Type.Object(
  {
    rule: Type.String({ pattern: '^[^/]+/.+$', description: 'Id of the rule.' }),
    subject: Type.String({ minLength: 1, description: 'Id of what the finding is about.' }),
    fingerprint: Type.String({
      pattern: '^[0-9a-f]{32}$',
      description: 'What the finding is known by; the rest of the entry is for whoever reviews it.',
    }),
    message: Type.String({ description: 'What was found, in the words of the day on which it was written.' }),
  },
  closed,
);
export type BaselineEntry = Static<typeof BaselineEntry>;

export const Baseline = Type.Object(
  {
    countersign: Type.Literal('baseline'),
    findings: Type.Array(BaselineEntry, {
      description:
        'By subject, rule and fingerprint, each on a line of its own, so that a review sees what goes or comes.',
    }),
  },
  { ...closed, $id: 'baseline', title: 'Baseline', description: 'Findings that `--baseline` tolerates.' },
);
export type Baseline = Static<typeof Baseline>;
