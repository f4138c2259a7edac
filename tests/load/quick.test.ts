/** What is called surely valid, ajv finds nothing wrong with. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { load, snapshotOfDirectory } from '../../src/load/index.ts';
import { quickLook } from '../../src/load/quick/estate.ts';
import { exactValidator } from '../../src/load/validator.ts';
import type { Cursor, Estate, Json, JsonObject } from '../../src/model/index.ts';
import { isObject } from '../../src/model/index.ts';
import { estateOf } from '../estates.ts';

const NAMES = ['a', 'b', 'c', 'constructor'];
const name = fc.constantFrom(...NAMES);
const scalar: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom(null, true, 0, 1, 1.5, -2, 1e21, 'a', 'ab', '𝒳', '2026-01-31', '4006381333931'),
  fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, -0),
);
const { value } = fc.letrec<{ value: Json }>(tie => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    scalar,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.oneof(name, fc.constantFrom('__proto__', 'd')), tie('value'), { maxKeys: 3 }),
  ),
}));

/** Schemas as people write them, with a fault here and there. */
const { schema } = fc.letrec<{ schema: Json }>(tie => {
  const inner = tie('schema');
  const map = fc.dictionary(name, inner, { maxKeys: 2 });
  const list = fc.array(inner, { minLength: 1, maxLength: 2 });
  const size = fc.constantFrom<Json[]>(0, 1, 2, 1.5);
  const type = fc.constantFrom('null', 'boolean', 'number', 'integer', 'string', 'array', 'object');
  const keywords: Record<string, fc.Arbitrary<Json>> = {
    type: fc.oneof(type, fc.array(type, { maxLength: 2 }), fc.constant('text')),
    nullable: fc.boolean(),
    enum: fc.array(value, { maxLength: 3 }),
    const: value,
    minimum: size,
    maximum: size,
    exclusiveMinimum: fc.oneof(size, fc.boolean()),
    exclusiveMaximum: fc.oneof(size, fc.boolean()),
    multipleOf: size,
    minLength: size,
    maxLength: size,
    minItems: size,
    maxItems: size,
    minProperties: size,
    maxProperties: size,
    pattern: fc.constantFrom('^a', 'b$', '^(ab?)+$', '(', '\\-'),
    format: fc.constantFrom('date', 'gtin', 'int32', 'password', 'unheard-of', 'constructor'),
    uniqueItems: fc.boolean(),
    items: inner,
    prefixItems: list,
    contains: inner,
    minContains: size,
    maxContains: size,
    required: fc.array(name, { maxLength: 2 }),
    properties: map,
    patternProperties: fc.dictionary(fc.constantFrom('^a', 'b'), inner, { maxKeys: 2 }),
    additionalProperties: inner,
    unevaluatedProperties: inner,
    unevaluatedItems: inner,
    propertyNames: inner,
    dependentRequired: fc.dictionary(name, fc.array(name, { maxLength: 2 }), { maxKeys: 2 }),
    dependentSchemas: map,
    allOf: list,
    anyOf: list,
    oneOf: list,
    not: inner,
    if: inner,
    else: inner,
    $ref: fc.constantFrom('#/$defs/a', '#/$defs/b', '#/$defs/none', 'y.yaml#/$defs/a', '#/examples/0', '#anchor'),
    $dynamicRef: fc.constant('#meta'),
    formatMinimum: fc.constant('2026-01-01'),
    examples: fc.array(value, { maxLength: 1 }),
    id: fc.constantFrom('x', 'y.yaml'),
    ...Object.fromEntries([['then', inner]]),
  };
  return {
    schema: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      { arbitrary: fc.boolean(), weight: 1 },
      {
        arbitrary: fc.uniqueArray(fc.constantFrom(...Object.keys(keywords)), { maxLength: 4 }).chain(chosen => {
          return fc.record(
            Object.fromEntries(chosen.map(keyword => [keyword, keywords[keyword]!])),
          ) as fc.Arbitrary<Json>;
        }),
        weight: 6,
      },
    ),
  };
});

function documentOf(root: Json, definitions: JsonObject): JsonObject {
  return { ...(isObject(root) ? root : { allOf: [root] }), $defs: definitions };
}

/** Parsed already: JSON has no text for numbers that are none. */
function estateWith(documents: Readonly<Record<string, JsonObject>>): Estate {
  const estate = estateOf(Object.fromEntries(Object.keys(documents).map(path => [path, '{}'])));
  const files = [...estate.files].map(([path, file]) => [path, { ...file, value: documents[path]! }] as const);
  return { ...estate, files: new Map(files) };
}

test.each([false, true])('of schemas that were made up, those of OpenAPI 3.0: %s', isOpenApi30 => {
  let sure = 0;
  const definitions = fc.record({ a: schema, b: schema }) as fc.Arbitrary<JsonObject>;
  fc.assert(
    fc.property(schema, definitions, definitions, fc.array(value, { maxLength: 8 }), (root, own, other, values) => {
      const { files } = estateWith({ 'x.yaml': documentOf(root, own), 'y.yaml': documentOf(true, other) });
      const file = files.get('x.yaml')!;
      const cursor: Cursor = { file, path: [], value: file.value! };
      const isSurelyValid = quickLook(files, isOpenApi30);
      const sound = values.filter(each => isSurelyValid(cursor, each));
      sure += sound.length;
      if (sound.length === 0) return;
      const exact = exactValidator(files, isOpenApi30);
      for (const each of sound) expect(exact.check(cursor, each)).toEqual([]);
    }),
    { numRuns: 800 },
  );
  expect(sure).toBeGreaterThan(80);
});

test('of the schemas of the shipped estate: its examples, and what comes of changing them', async () => {
  const { files } = load(await snapshotOfDirectory('contracts', 'contracts'));
  const [isSurelyValid, exact] = [quickLook(files, false), exactValidator(files, false)];
  const counts = { sure: 0, doubtful: 0 };
  for (const file of [...files.values()].filter(({ path }) => path.startsWith('canonical/'))) {
    for (const { cursor, examples } of schemasIn({ file, path: [], value: file.value! })) {
      for (const example of examples.flatMap(each => [each, ...variantsOf(each)])) {
        const isSure = isSurelyValid(cursor, example);
        counts[isSure ? 'sure' : 'doubtful'] += 1;
        if (isSure) expect(exact.check(cursor, example)).toEqual([]);
      }
    }
  }
  expect(counts.sure).toBeGreaterThan(50);
  expect(counts.doubtful).toBeGreaterThan(50);
});

test.each(
  [false, true].flatMap(isOpenApi30 => [
    { isOpenApi30, type: 'integer', value: Number.POSITIVE_INFINITY },
    { isOpenApi30, type: 'number', value: Number.POSITIVE_INFINITY },
    { isOpenApi30, type: 'number', value: Number.NaN },
  ]),
)('$value is of type $type to ajv, in OpenAPI 3.0: $isOpenApi30', ({ isOpenApi30, type, value }) => {
  const { files } = estateWith({ 'x.yaml': { oneOf: [{}, { type }] } });
  const file = files.get('x.yaml')!;
  const cursor: Cursor = { file, path: [], value: file.value! };
  expect(exactValidator(files, isOpenApi30).check(cursor, value)).not.toEqual([]);
  expect(quickLook(files, isOpenApi30)(cursor, value)).toBe(false);
});

test('two patterns that repeat a group are two patterns to ajv', () => {
  const properties = { a: { pattern: '^(a)+$' }, b: { pattern: '^(b)+$' } };
  const { files } = estateWith({ 'x.yaml': { properties } });
  const file = files.get('x.yaml')!;
  const cursor: Cursor = { file, path: [], value: file.value! };
  expect(exactValidator(files, false).check(cursor, { a: 'aa', b: 'bb' })).toEqual([]);
});

/** Schemas with examples, wherever they are. */
function schemasIn(cursor: Cursor): { cursor: Cursor; examples: readonly Json[] }[] {
  const { file, path, value } = cursor;
  if (typeof value !== 'object' || value === null) return [];
  const examples = isObject(value) && Array.isArray(value['examples']) ? value['examples'] : [];
  const inside = Object.entries(value).flatMap(([key, child]) =>
    key.startsWith('example') ? [] : schemasIn({ file, path: [...path, key], value: child }),
  );
  return [...(examples.length > 0 ? [{ cursor, examples }] : []), ...inside];
}

/** Each place of a value, left out or of another type. */
function variantsOf(value: Json): Json[] {
  if (typeof value === 'string') return [`${value}!`, value.slice(1), 7];
  if (Array.isArray(value)) return value.flatMap((item, at) => variantsOf(item).map(other => value.with(at, other)));
  if (!isObject(value)) return ['no', null];
  return Object.entries(value).flatMap(([key, child]): JsonObject[] => {
    const { [key]: _, ...rest } = value;
    return [rest, ...variantsOf(child).map(other => ({ ...value, [key]: other }))];
  });
}
