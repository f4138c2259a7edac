import { type Static, Type } from '@sinclair/typebox';
import { SEVERITIES } from '../model/index.ts';

export const RulesDocument = Type.Object(
  {
    rules: Type.Array(
      Type.Object({
        id: Type.String(),
        severity: Type.Unsafe<(typeof SEVERITIES)[number]>({ type: 'string', enum: [...SEVERITIES] }),
        title: Type.String(),
        policies: Type.Array(Type.String({ description: 'Id of the policy it serves.' })),
        why: Type.String(),
        fix: Type.String(),
        documentation: Type.Optional(Type.String({ description: 'URL of a page that says more.' })),
      }),
    ),
  },
  { title: 'Rules', description: 'What `countersign explain --format json` prints.' },
);
export type RulesDocument = Static<typeof RulesDocument>;
