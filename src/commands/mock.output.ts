import { Type } from '@sinclair/typebox';

const text = Type.String();

export const MockDescriptionDocument = Type.Object(
  {
    target: Type.String({ description: 'Id of the system or contract.' }),
    title: text,
    operations: Type.Array(
      Type.Object({
        id: text,
        method: text,
        paths: Type.Array(text, { description: 'With the path of the server.' }),
        deprecated: Type.Boolean(),
        statuses: Type.Array(text),
        examples: Type.Array(text),
      }),
    ),
    behaviours: Type.Array(
      Type.Object({
        id: text,
        statement: text,
        status: Type.Unsafe<'verified' | 'modelled'>({ type: 'string', enum: ['verified', 'modelled'] }),
        source: Type.Optional(text),
      }),
    ),
    states: Type.Array(text, { description: 'Provider states that it knows.' }),
  },
  { title: 'Mock', description: 'What `countersign mock --describe --format json` prints.' },
);
