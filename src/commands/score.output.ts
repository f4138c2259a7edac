import { type Static, Type } from '@sinclair/typebox';
import { SEVERITIES } from '../model/index.ts';

const score = (description: string) => Type.Number({ minimum: 0, maximum: 100, description });

export const ScoreDocument = Type.Object(
  {
    asOf: Type.String({ description: 'The day from which dates were looked at, YYYY-MM-DD.' }),
    mean: score('Of the contracts listed here.'),
    contracts: Type.Array(
      Type.Object({
        id: Type.String(),
        title: Type.String(),
        owner: Type.Optional(Type.String({ description: 'The team that answers for it.' })),
        score: score('100, less the points of all losses, but not below 0.'),
        losses: Type.Array(
          Type.Object({
            rule: Type.String({ description: 'Id of the rule; `countersign explain RULE` says more.' }),
            severity: Type.Unsafe<(typeof SEVERITIES)[number]>({ type: 'string', enum: [...SEVERITIES] }),
            findings: Type.Integer({ minimum: 1 }),
            points: Type.Number({ minimum: 0, description: 'What they cost.' }),
          }),
          { description: 'Dearest first.' },
        ),
        waived: Type.Integer({ minimum: 0, description: 'Findings that a waiver excuses; they cost nothing.' }),
      }),
      { description: 'Lowest score first.' },
    ),
  },
  { title: 'Scores', description: 'What `countersign score --format json` prints.' },
);
export type ScoreDocument = Static<typeof ScoreDocument>;
