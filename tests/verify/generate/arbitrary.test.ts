import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  down,
  load,
  members,
  messagesOf,
  operationsOf,
  rootOf,
  schemaBundle,
  snapshotOfDirectory,
  validatorFor,
} from '../../../src/load/index.ts';
import type { Contract, Cursor, Estate, Json, JsonObject } from '../../../src/model/index.ts';
import { arbitraryOf, GenerationError } from '../../../src/verify/generate/arbitrary.ts';
import { estateOf } from '../../estates.ts';

const ajv = new Ajv2020({ strict: false });
(formats as unknown as (ajv: Ajv2020) => void)(ajv);

/** Instances of a schema, all of which have to be valid. */
function instancesOf(
  schema: Json,
  { numRuns = 200, ...generation }: Partial<Parameters<typeof arbitraryOf>[1]> & { numRuns?: number } = {},
): Json[] {
  const definitions = generation.definitions ?? {};
  const validate = ajv.compile({ allOf: [schema], $defs: definitions });
  const instances = fc.sample(arbitraryOf(schema, { definitions, ...generation }), { numRuns, seed: 7 });
  for (const instance of instances)
    expect(validate(instance), `${JSON.stringify(instance)} ${JSON.stringify(validate.errors)}`).toBe(true);
  return instances;
}
const lengths = (values: readonly Json[]) => values.map(value => [...(value as string)].length);

describe('instances', () => {
  const schemas: Record<string, Json> = {
    'any of several types': { type: ['string', 'null', 'integer'] },
    'an enumeration cut by a constant': { allOf: [{ enum: ['a', 'b', 3] }, { enum: [3, 'b'] }] },
    'a bounded integer': { type: 'integer', minimum: 3, exclusiveMaximum: 12, multipleOf: 3 },
    'a fraction of a cent': { type: 'number', minimum: 0, maximum: 1, multipleOf: 0.0001 },
    'a number above a fraction': { type: 'number', exclusiveMinimum: 0.07, maximum: 0.1 },
    'a number with only an upper bound far below': { type: 'number', maximum: -5_000_000_000_000 },
    'two multiples': { type: 'integer', allOf: [{ multipleOf: 4 }, { multipleOf: 6 }] },
    'a pattern with a length': { type: 'string', pattern: '^[A-Z][a-z]*$', minLength: 4, maxLength: 6 },
    'a pattern without anchors': { type: 'string', pattern: '[0-9]{2}', maxLength: 8 },
    'a pattern that looks ahead': { type: 'string', pattern: '^(?!0+$)[0-9]{4}$' },
    'two patterns': { type: 'string', allOf: [{ pattern: '^[A-Z]+$' }, { pattern: '^.{3}$' }] },
    'a format with a pattern': { type: 'string', format: 'date-time', pattern: 'Z$' },
    'a format with a narrow pattern': {
      type: 'string',
      format: 'date-time',
      pattern: '^20[0-9]{2}-0[1-9]-[01][1-9]T12:00:00Z$',
    },
    'a format with a length': { type: 'string', format: 'email', maxLength: 20 },
    ...Object.fromEntries(
      [
        'date',
        'time',
        'date-time',
        'email',
        'uri',
        'uri-reference',
        'uuid',
        'hostname',
        'ipv4',
        'json-pointer',
        'duration',
        'gtin',
        'gln',
        'hibc',
      ].map(format => [`a format ${format}`, { type: 'string', format }]),
    ),
    'a tuple': { type: 'array', prefixItems: [{ type: 'string' }, { type: 'integer' }], items: false, minItems: 2 },
    'a set': { type: 'array', items: { enum: [1, 2, 3] }, uniqueItems: true, minItems: 2 },
    'a list that contains': {
      type: 'array',
      items: { type: 'object', required: ['role'], properties: { role: { enum: ['a', 'b', 'c'] } } },
      contains: { properties: { role: { const: 'c' } } },
      maxContains: 1,
    },
    'a closed object': {
      type: 'object',
      additionalProperties: false,
      required: ['a'],
      properties: { a: { type: 'string' }, b: { type: 'integer' } },
      dependentRequired: { b: ['c'] },
    },
    'an object that says what depends': {
      type: 'object',
      properties: { a: { type: 'integer' }, b: { type: 'integer' }, c: { type: 'integer' } },
      dependentRequired: { a: ['b'], b: ['c'] },
      dependentSchemas: { c: { properties: { a: { maximum: 0 } } } },
    },
    'a map': {
      type: 'object',
      additionalProperties: { type: 'integer' },
      propertyNames: { pattern: '^[a-z]+$' },
      minProperties: 1,
    },
    'a map by pattern': {
      type: 'object',
      patternProperties: { '^x-': { type: 'boolean' } },
      additionalProperties: false,
    },
    'one of two': {
      type: 'object',
      required: ['kind'],
      oneOf: [
        { properties: { kind: { const: 'a' }, x: { type: 'integer' } }, required: ['x'] },
        { properties: { kind: { const: 'b' } }, not: { required: ['x'] } },
      ],
      properties: { kind: { type: 'string' } },
    },
    'any of overlapping': {
      anyOf: [
        { type: 'integer', minimum: 5 },
        { type: 'integer', maximum: 9 },
      ],
    },
    'a condition': {
      type: 'object',
      required: ['method'],
      properties: { method: { enum: ['ach', 'check'] }, account: { type: 'string', minLength: 1 } },
      if: { properties: { method: { const: 'ach' } } },
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema.
      then: { required: ['account'] },
      else: { properties: { account: false } },
    },
    'a negation': { type: 'integer', minimum: 0, maximum: 3, not: { const: 2 } },
    'parts that restrict each other': {
      allOf: [
        { type: 'object', properties: { a: { type: 'string', maxLength: 5 } } },
        { required: ['a'], properties: { a: { minLength: 5 } } },
      ],
    },
    'no type but telling keywords': { properties: { a: { minLength: 2 } }, required: ['a'] },
    'what nothing is said about': {},
  };
  test.each(Object.entries(schemas))('of %s are valid, and differ', (_, schema) => {
    const distinct = new Set(instancesOf(schema).map(instance => JSON.stringify(instance)));
    expect(distinct.size).toBeGreaterThan(1);
  });

  test('reach the edges', () => {
    const found = lengths(instancesOf({ type: 'string', minLength: 2, maxLength: 37 }));
    expect([Math.min(...found), Math.max(...found)]).toEqual([2, 37]);
    const matching = lengths(instancesOf({ type: 'string', pattern: '^[A-Z][A-Za-z0-9]*$', maxLength: 64 }));
    expect([Math.min(...matching), Math.max(...matching)]).toEqual([1, 64]);
    const counts = instancesOf({ type: 'integer', minimum: -3, maximum: 400 }) as number[];
    expect([Math.min(...counts), Math.max(...counts)]).toEqual([-3, 400]);
    const lists = instancesOf({ type: 'array', items: { type: 'boolean' }, maxItems: 3 }) as Json[][];
    expect(new Set(lists.map(({ length }) => length))).toEqual(new Set([0, 1, 2, 3]));
    const optional = { a: { type: 'boolean' }, b: { type: 'boolean' }, c: { type: 'boolean' } };
    const keys = instancesOf({ type: 'object', properties: optional }).map(
      value => Object.keys(value as object).length,
    );
    expect(new Set(keys)).toEqual(new Set([0, 1, 2, 3]));
  });

  test('follow recursion only so far', () => {
    const definitions = {
      Tree: {
        type: 'object',
        required: ['name'],
        properties: { name: { type: 'string' }, children: { type: 'array', items: { $ref: '#/$defs/Tree' } } },
      },
    };
    const depth = (value: Json): number =>
      1 + Math.max(0, ...((value as { children?: Json[] }).children ?? []).map(depth));
    const depths = instancesOf({ $ref: '#/$defs/Tree' }, { definitions }).map(depth);
    expect(Math.max(...depths)).toBe(2);
  });

  test('leave out what a client never sends', () => {
    const schema = {
      type: 'object',
      required: ['id', 'name'],
      properties: { id: { type: 'string', readOnly: true }, name: { type: 'string' } },
    };
    const instances = fc.sample(arbitraryOf(schema, { definitions: {}, omit: 'readOnly' }), 20);
    expect(instances.map(instance => Object.keys(instance as object))).toEqual(instances.map(() => ['name']));
  });

  test('are the same for the same seed', () => {
    const arbitrary = () => arbitraryOf(schemas['a closed object']!, { definitions: {}, seed: 3 });
    expect(fc.sample(arbitrary(), { seed: 5, numRuns: 50 })).toEqual(fc.sample(arbitrary(), { seed: 5, numRuns: 50 }));
  });

  test('shrink to the smallest that still fails', () => {
    const schema = { type: 'object', properties: { a: { type: 'string', maxLength: 80 }, b: { type: 'integer' } } };
    const { counterexample } = fc.check(
      fc.property(arbitraryOf(schema, { definitions: {} }), value => ((value as { a?: string }).a ?? '').length < 41),
      { seed: 1 },
    );
    expect(counterexample).toEqual([{ a: 'a'.repeat(41) }]);
  });

  const impossible: Record<string, Json> = {
    'a required property that nothing satisfies': { type: 'object', required: ['a'], properties: { a: false } },
    'types that exclude each other': { allOf: [{ type: 'string' }, { type: 'integer' }] },
    'bounds that cross': { type: 'integer', minimum: 4, maximum: 3 },
    'a text longer than it may be': { type: 'string', minLength: 4, maxLength: 3 },
    'a pattern that cannot be as short': { type: 'string', pattern: '^a{5}$', maxLength: 3 },
    'a pattern that excludes all': { type: 'string', pattern: '^[^\\s\\S]$' },
    'a pattern that fills the memory': { type: 'string', pattern: '^((a{1000}){1000}){1000}$' },
    'a list that fills the memory': { type: 'array', items: {}, minItems: 1e9 },
    'lists in lists that fill the memory': {
      type: 'array',
      minItems: 200,
      items: { type: 'array', minItems: 200, items: { type: 'array', minItems: 200, items: {} } },
    },
    'a list that must contain too much': { type: 'array', contains: { const: 1 }, minContains: 1e9 },
    'a text that fills the memory': { type: 'string', minLength: 1e9 },
    'a map that fills the memory': { type: 'object', minProperties: 1e9 },
    'a contradiction': { type: 'boolean', not: {} },
    'endless recursion': { $ref: '#/$defs/Loop' },
    'a reference that leads nowhere': { $ref: '#/$defs/None' },
  };
  const definitions = { Loop: { type: 'object', required: ['next'], properties: { next: { $ref: '#/$defs/Loop' } } } };
  test.each(Object.entries(impossible))('of %s cannot be made', (_, schema) => {
    expect(() => fc.sample(arbitraryOf(schema, { definitions }), 1)).toThrow(GenerationError);
  });
});

describe('OpenAPI 3.0', () => {
  test('nullable and exclusive bounds are its own', () => {
    const text = `openapi: 3.0.3
info: {title: Old, version: 1.0.0}
x-governance: {id: "api:old@1"}
paths: {}
components:
  schemas:
    Thing: {type: object, required: [a, b], properties: {a: {type: string, nullable: true, maxLength: 3}, b: {type: number, minimum: 0, exclusiveMinimum: true, maximum: 1}}}
`;
    const estate = estateOf({ 'a.yaml': text });
    const values = check(
      estate,
      estate.contracts[0]!,
      down(rootOf(estate.contracts[0]!.file), 'components', 'schemas', 'Thing')!,
      200,
    );
    expect(values.some(value => (value as JsonObject)['a'] === null)).toBe(true);
  });
});

/** Against the estate's own validator, which knows the dialect and follows references between files itself. */
function check(estate: Estate, contract: Contract, schema: Cursor, numRuns: number): Json[] {
  const bundle = schemaBundle(estate, { prefix: '#/$defs/', jsonSchema: true });
  const root = bundle.copyOf(schema);
  const instances = fc.sample(arbitraryOf(root, { definitions: bundle.definitions }), { numRuns, seed: 11 });
  const validator = validatorFor(estate, contract.dialect);
  for (const instance of instances) {
    const violations = validator.check(schema, instance).map(({ path, message }) => `${path.join('/')}: ${message}`);
    expect(violations, JSON.stringify(instance)).toEqual([]);
  }
  return instances;
}

function schemasOf(estate: Estate, contract: Contract): [string, Cursor][] {
  const root = rootOf(contract.file)!;
  const named = [...members(down(root, '$defs')), ...members(down(root, 'components', 'schemas'))];
  const bodies = operationsOf(estate, contract).flatMap(({ name, requestBody, responses, parameters }) =>
    [
      ...[...(requestBody?.content ?? []), ...responses.flatMap(({ content }) => content)].flatMap(
        ({ schema }) => schema ?? [],
      ),
      ...parameters.flatMap(({ schema }) => schema ?? []),
    ].map((schema, index): [string, Cursor] => [`${name} ${index}`, schema]),
  );
  const payloads = messagesOf(estate, contract).flatMap(({ id, payload }): [string, Cursor][] =>
    payload ? [[id, payload]] : [],
  );
  return [
    ...(contract.kind === 'schema' && root.value !== null && 'type' in (root.value as object)
      ? [['', root] as [string, Cursor]]
      : []),
    ...named,
    ...bodies,
    ...payloads,
  ];
}

const estate = load(await snapshotOfDirectory('contracts', 'contracts'));

describe('every schema of the estate', () => {
  test.each(
    estate.contracts
      .filter(({ kind }) => kind !== 'mapping' && kind !== 'workflow')
      .map(contract => [contract.id, contract] as const),
  )('%s', (_, contract) => {
    const schemas = schemasOf(estate, contract);
    for (const [, schema] of schemas) check(estate, contract, schema, 25);
  });
});
