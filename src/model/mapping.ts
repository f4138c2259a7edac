/**
 * A mapping between the canonical model and the shape of one vendor, governed like a contract. Each leaf of a template
 * is a JSONata expression over the source document; the template's own keys are the target's fields, so that both
 * sides of every assignment can be read off without running it.
 */
import { type Static, type TSchema, Type } from '@sinclair/typebox';
import type { Governance } from './governance.ts';
import type { Json } from './json.ts';

const closed = { additionalProperties: false } as const;
const Ref = Type.Object({ $ref: Type.String({ minLength: 1 }) }, closed);

/**
 * `"expression"` · `{ property: template }` · `{ $each: "expression over the source", $item: template }` for arrays,
 * whose `$item` is evaluated once per element with the element as context and the whole source as `$source`.
 */
export type Template = string | { readonly [property: string]: Template };
const Template = Type.Unsafe<Template>({
  anyOf: [
    { type: 'string', minLength: 1 },
    { type: 'object', minProperties: 1, additionalProperties: { $ref: '#/$defs/template' } },
  ],
});

export const DIRECTIONS = ['toVendor', 'toCanonical'] as const;
export type Direction = (typeof DIRECTIONS)[number];
const Direction = Type.Unsafe<Direction>({ type: 'string', enum: [...DIRECTIONS] });

const Assumption = Type.Object(
  {
    direction: Direction,
    field: Type.Optional(
      Type.String({
        minLength: 1,
        description: 'Field of the source side that the schema is about; without it, the root.',
      }),
    ),
    schema: Type.Optional(
      Type.Unsafe<Json>({
        type: ['object', 'boolean'],
        description: 'JSON Schema that holds there besides the contract; it may refer to a schema of the estate.',
      }),
    ),
    expression: Type.Optional(
      Type.String({
        minLength: 1,
        description: 'JSONata over the source document that is true where the mapping applies.',
      }),
    ),
    share: Type.Optional(
      Type.Number({
        exclusiveMinimum: 0,
        maximum: 1,
        description: 'Least part of all valid documents for which the expression holds; a tenth when left out.',
      }),
    ),
    reason: Type.String({ minLength: 1 }),
  },
  { ...closed, anyOf: [{ required: ['schema'] }, { required: ['expression'] }] },
);

/** By field, with list indices: `lines/0/quantity/unit`. Null takes the field away, as in RFC 7396. */
const Changes = Type.Unsafe<{ readonly [field: string]: Json }>({
  type: 'object',
  minProperties: 1,
  propertyNames: { minLength: 1 },
});

const Variant = Type.Object(
  {
    change: Changes,
    expect: Type.Optional(Changes),
    refused: Type.Optional(
      Type.Literal(true, {
        description: 'What must never arrive: the output has to be one that the schema of the other side refuses.',
      }),
    ),
  },
  {
    ...closed,
    description:
      'Fields of the input that are others, and those of the output that are others then; all the rest stays. Fields are paths with list indices, e.g. lines/0/unit; null takes a field away.',
  },
);
export interface Variant extends Static<typeof Variant> {}

export const Mapping = Type.Object(
  {
    countersign: Type.Literal('mapping'),
    title: Type.String({ minLength: 1 }),
    version: Type.String({ pattern: '^\\d+\\.\\d+\\.\\d+$' }),
    'x-governance': Type.Unsafe<Governance>(Type.Ref('governance')),
    canonical: Ref,
    vendor: Ref,
    toVendor: Template,
    toCanonical: Template,
    assumes: Type.Optional(
      Type.Array(Assumption, {
        description: 'What a source document is known to be beyond its schema: configuration, number ranges, practice.',
      }),
    ),
    lost: Type.Array(
      Type.Object(
        {
          direction: Direction,
          field: Type.String({
            minLength: 1,
            description: 'Field of the source side that does not come back from the target as it was.',
          }),
          reason: Type.String({ minLength: 1 }),
        },
        closed,
      ),
    ),
    equivalent: Type.Optional(
      Type.Array(
        Type.Object(
          {
            direction: Direction,
            field: Type.String({ minLength: 1, description: 'Field of the target side that the expression writes.' }),
            mutation: Type.String({
              minLength: 1,
              description: 'The change of the expression, as `countersign verify mapping --mutate` calls it.',
            }),
            reason: Type.String({ minLength: 1 }),
          },
          closed,
        ),
        { description: 'Changes of expressions that no valid document can show: nothing has to notice them.' },
      ),
    ),
    tests: Type.Array(
      Type.Object(
        {
          name: Type.String({ minLength: 1 }),
          direction: Direction,
          input: Type.Unknown(),
          output: Type.Unknown(),
          variants: Type.Optional(
            Type.Array(Variant, {
              description: 'The same test with a few fields changed, such as the codes of a table.',
            }),
          ),
        },
        closed,
      ),
      { minItems: 1 },
    ),
  },
  {
    ...closed,
    $id: 'mapping',
    title: 'Mapping',
    description: 'Transformation between a canonical schema and a vendor schema.',
    $defs: { template: Template as TSchema },
  },
);
export interface Mapping extends Static<typeof Mapping> {}
