import { expect, test } from 'vitest';
import type { Json, JsonObject } from '../../src/model/json.ts';
import {
  comparison,
  createVerifier,
  DIALECTS,
  included,
  type SchemaDocument,
  validator,
} from '../../src/schema/index.ts';

const document = (root: Json, more: Partial<SchemaDocument> = {}): SchemaDocument => ({
  root,
  dialect: DIALECTS['2020-12'],
  ...more,
});
const closed = { contentModel: 'closed' } as const;
const verdict = (a: SchemaDocument, b: SchemaDocument) => included(a, b).verdict;

const supplier = { type: 'object', required: ['id'], properties: { id: { type: 'string' } } };
const withNote = { ...supplier, properties: { ...supplier.properties, note: { type: 'string' } } };

test('a closed content model keeps the names a producer describes, through allOf, oneOf and references', () => {
  expect(verdict(document(withNote, closed), document(supplier))).toBe('proved');
  expect(verdict(document(supplier, closed), document(withNote))).toBe('proved');
  expect(verdict(document(supplier), document(withNote))).toBe('refuted');
  expect(verdict(document({ ...supplier, additionalProperties: true }, closed), document(withNote))).toBe('refuted');
  expect(verdict(document({ type: 'object' }, closed), document(withNote))).toBe('refuted');
  const composed = {
    allOf: [{ properties: { a: {} } }, { $ref: '#/$defs/more' }],
    $defs: { more: { oneOf: [{ properties: { b: {} } }, { required: ['c'], properties: { c: {} } }] } },
  };
  const named = { type: 'object', propertyNames: { enum: ['a', 'b', 'c'] } };
  expect(verdict(document(composed, closed), document(named))).toBe('proved');
  expect(verdict(document(composed), document(named))).toBe('refuted');
});

test('schemas are transformed before they are read', () => {
  const inRequests = (schema: JsonObject): JsonObject => {
    const kept = Object.entries((schema['properties'] ?? {}) as JsonObject).filter(
      ([, value]) => !(value as JsonObject)['readOnly'],
    );
    const names = kept.map(([name]) => name);
    const required = ((schema['required'] ?? []) as string[]).filter(name => names.includes(name));
    return 'properties' in schema ? { ...schema, properties: Object.fromEntries(kept), required } : schema;
  };
  const created = {
    ...supplier,
    required: ['id', 'at'],
    properties: { ...supplier.properties, at: { readOnly: true } },
  };
  expect(verdict(document(supplier), document(created))).toBe('refuted');
  expect(verdict(document(supplier), document(created, { transform: inRequests }))).toBe('proved');
});

test('other documents come from the caller, and nothing is fetched', () => {
  const external = { $ref: 'https://schemas.example/common.json#/text' };
  const resolve = (uri: string) =>
    uri === 'https://schemas.example/common.json' ? { text: { type: 'string' } } : undefined;
  expect(verdict(document(external, { resolve }), document({ type: 'string' }))).toBe('proved');
  expect(included(document(external), document({ type: 'string' }))).toEqual({
    verdict: 'unproven',
    reason: 'the reference "https://schemas.example/common.json#/text" leads nowhere',
  });
});

test('formats mean what the policy says', () => {
  const [text, date] = [document({ type: 'string' }), document({ type: 'string', format: 'date' })];
  const formats = { date: { pattern: '^\\d{4}-\\d{2}-\\d{2}$' }, iban: {} };
  expect(included(text, date).verdict).toBe('proved');
  expect(included(text, date, { formats }).verdict).toBe('refuted');
  const iban = document({ type: 'string', format: 'iban' });
  expect(included(iban, iban, { formats }).verdict).toBe('proved');
  expect(included(text, iban, { formats }).verdict).toBe('unproven');
});

test('patterns that are no regular languages can be tested by the caller', () => {
  const [a, b] = [document({ type: 'string' }), document({ type: 'string', pattern: '(?<=ab)c' })];
  const matches = (pattern: string, text: string) => new RegExp(pattern, 'u').test(text);
  expect(included(a, b).verdict).toBe('unproven');
  expect(included(a, b, { matches })).toMatchObject({ verdict: 'refuted', witness: '' });
});

const order = {
  $ref: '#/$defs/order',
  $defs: {
    order: {
      type: 'object',
      required: ['id', 'lines'],
      properties: {
        id: { type: 'string', maxLength: 20 },
        lines: { type: 'array', items: { $ref: '#/$defs/line' } },
        parent: { $ref: '#/$defs/order' },
      },
    },
    line: { type: 'object', properties: { sku: { type: 'string' }, quantity: { type: 'number' } } },
  },
};

test('disagreements are told apart, each with a witness that offends nothing else, and said once', () => {
  const next = structuredClone(order);
  next.$defs.order.properties.id.maxLength = 10;
  next.$defs.line.properties.quantity.type = 'integer';
  Object.assign(next.$defs.line, { required: ['sku', 'uom'] });
  const found = comparison(document(order), document(next)).disagreements('', '');
  expect(found).toEqual([
    {
      verdict: 'refuted',
      witness: { id: 'aaaaaaaaaaa', lines: [] },
      at: {
        instance: '/id',
        accepting: ['/$defs/order/properties/id'],
        rejecting: '/$defs/order/properties/id/maxLength',
      },
    },
    {
      verdict: 'refuted',
      witness: { id: '', lines: [{ quantity: 0.5, sku: '', uom: null }] },
      at: {
        instance: '/lines/0/quantity',
        accepting: ['/$defs/line/properties/quantity'],
        rejecting: '/$defs/line/properties/quantity/type',
      },
    },
    ...[0, 1].map(index => ({
      verdict: 'refuted',
      witness: { id: '', lines: [{}] },
      at: { instance: '/lines/0', accepting: ['/$defs/line'], rejecting: `/$defs/line/required/${index}` },
    })),
  ]);
});

test('what a refactoring leaves as it was is the same formula, in however many cycles it is', () => {
  const schemas: JsonObject = {};
  const other: JsonObject = {};
  for (let index = 0; index < 300; index += 1) {
    const next = { $ref: `#/s${(index * 7 + 1) % 300}` };
    schemas[`s${index}`] = { type: 'object', properties: { next, [`p${index}`]: { type: 'string' } } };
    // Renamed, reordered, described.
    const renamed = { $ref: `#/t${(index * 7 + 1) % 300}` };
    other[`t${index}`] = {
      description: 'x',
      properties: { [`p${index}`]: { type: 'string' }, next: renamed },
      type: 'object',
    };
  }
  const { included } = comparison(document(schemas), document(other), { limits: { steps: 30_000 } });
  for (let index = 0; index < 300; index += 1) {
    expect(included(`/s${index}`, `/t${index}`), `${index}`).toEqual({ verdict: 'proved' });
  }
});

const nested = (depth: number, wrap: (inner: Json) => Json, inner: Json) =>
  Array.from({ length: depth }).reduce<Json>(wrap, inner);

const chain = (length: number): Json =>
  Object.assign(
    { $ref: '#/allOf/0/r0' },
    ...Array.from({ length }, (_, at) => ({ [`r${at}`]: { $ref: `#/allOf/0/r${at + 1}` } })),
  );

test.each<[string, Json, Json]>([
  ['negations', nested(20_000, inner => ({ not: inner }), {}), { type: 'string' }],
  ['properties', nested(20_000, inner => ({ properties: { a: inner } }), {}), { type: 'string' }],
  ['references', chain(5000), { type: 'string' }],
  ['repetitions', { type: 'string', pattern: '^(a{1,1000}){1,1000}$' }, { pattern: '^a*$' }],
  ['items', { type: 'array', minItems: 1_000_000_000 }, { type: 'object' }],
  ['back references', { type: 'string', pattern: '^((a+)+)\\1b$' }, { pattern: '^c' }],
])('too many %s leave it unproven, soon', (_, a, b) => {
  expect(included(document({ allOf: [a] }), document(b), { limits: { steps: 100_000 } }).verdict).toBe('unproven');
});

test('a caller with a clock may end it', () => {
  const hard = document({ type: 'string', pattern: '^(a{1,1000}){1,1000}$' });
  expect(included(hard, document({ pattern: '^a*$' }), { expired: () => true })).toMatchObject({
    reason: 'its time is over',
  });
});

test('a witness that a validator does not confirm refutes nothing', async () => {
  const [a, b] = [
    { document: document({ type: 'string' }), pointer: '' },
    { document: document({}), pointer: '' },
  ];
  const at = { instance: '', accepting: [''], rejecting: '' };
  const { verified } = createVerifier();
  expect(await verified(a, b, { verdict: 'refuted', witness: 'x', at })).toEqual({
    verdict: 'unproven',
    reason: 'ajv accepts the witness by the second schema',
  });
});

test('validating says when it does not know', () => {
  const valid = validator(document({ pattern: '(?<=ab)c' }));
  expect(valid('', 1)).toEqual({ valid: true });
  expect(valid('', 'abc')).toMatchObject({ valid: undefined });
  expect(validator(document({ multipleOf: 0.1 }))('', 0.3)).toEqual({ valid: true });
});
