/**
 * The requirements that an estate answers to: areas with rows, each with an id that contracts, systems, consumers and
 * rules name in `covers` or `policies`. A row also says which content of the estate confirms such a claim, so that
 * coverage is counted and not asserted.
 */
import { type Static, type TSchema, Type } from '@sinclair/typebox';
import { KINDS } from './id.ts';
import type { Json } from './json.ts';

const closed = { additionalProperties: false } as const;
const optional = <T extends TSchema>(schema: T) => Type.Optional(schema);
const Text = Type.String({ minLength: 1 });

const Pattern = Type.String({
  pattern: `^(\\*\\*|(\\*|${KINDS.join('|')}):[^\\s]+)$`,
  maxLength: 300,
  description:
    'An id with wildcards: `*` stands for characters of one segment, a segment `**` for any number of segments; a segment with a wildcard ignores case. `api:invoices@*#createInvoice`, `schema:purchase-order@*#lines/[]/lineId`, `policy:**`.',
});
const Patterns = Type.Union([Pattern, Type.Array(Pattern, { minItems: 1, description: 'Any one of them.' })]);

const Expectation = Type.Union([
  Pattern,
  Type.Object(
    {
      id: optional(Patterns),
      metadata: optional(
        Type.Unsafe<Readonly<Record<string, Json>>>({
          type: 'object',
          minProperties: 1,
          description:
            'What `x-governance` of the contract, or the entry of the system or consumer, must say at least. The text `*` stands for any value; a list is met by one of its items.',
        }),
      ),
      uses: optional(Patterns),
    },
    {
      ...closed,
      minProperties: 1,
      description:
        'Content with an id like this, in a contract or entry with this metadata that calls, references, maps or subscribes to something like this.',
    },
  ),
]);
export type Expectation = Static<typeof Expectation>;

const DomainRow = Type.Object(
  {
    id: Type.String({ pattern: '^D\\d+(\\.\\d+)*$', description: 'What a claim names, e.g. D3.2.' }),
    title: Text,
    description: Text,
    expects: optional(
      Type.Array(Expectation, {
        minItems: 1,
        description: 'Content that confirms the row, all of it needed, each in something that claims the row.',
      }),
    ),
    allows: optional(
      Type.Array(Expectation, {
        minItems: 1,
        description: 'Content that also makes a claim sound, without being needed to confirm the row.',
      }),
    ),
    unchecked: optional(
      Type.String({
        minLength: 1,
        description: 'Why the content of an estate cannot confirm the row, and where its proof is instead.',
      }),
    ),
  },
  { ...closed, oneOf: [{ required: ['expects'] }, { required: ['unchecked'] }] },
);
export type DomainRow = Static<typeof DomainRow>;

export const Domain = Type.Object(
  {
    countersign: Type.Literal('domain'),
    id: Type.String({ pattern: '^domain:[A-Za-z0-9_./-]+$' }),
    name: Text,
    description: Text,
    owner: Type.String({ pattern: '^team:[A-Za-z0-9_./-]+$', description: 'Id of a team entry.' }),
    areas: Type.Array(
      Type.Object(
        {
          id: Type.String({ pattern: '^D\\d+$' }),
          title: Text,
          description: Text,
          rows: Type.Array(DomainRow, { minItems: 1 }),
        },
        closed,
      ),
      { minItems: 1 },
    ),
  },
  { ...closed, $id: 'domain', title: 'Domain', description: 'The requirements that contracts claim to cover.' },
);
export type Domain = Static<typeof Domain>;
