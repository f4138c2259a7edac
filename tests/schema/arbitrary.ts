import fc from 'fast-check';
import type { Json, JsonObject } from '../../src/model/json.ts';
import type { DialectName } from '../../src/schema/index.ts';

/** Few names, texts and numbers, so that independent schemas have to do with each other. */
const NAMES = ['a', 'b', 'ab', 'c'];
const TEXTS = ['', 'a', 'b', 'ab', 'aa', 'abc', '1', '😀'];
const NUMBERS = [-1, 0, 1, 2, 3, 4, 6, 0.5, 1.5, 10];
const PATTERNS = [
  '^a',
  'b$',
  'a|b',
  '^[ab]+$',
  '^.{2}$',
  '^(ab)*$',
  '\\d',
  '^a(?!b)',
  '\\bb',
  '^$',
  '[^a]',
  '^(?:a|ab)c?$',
];
const TYPES = ['null', 'boolean', 'number', 'integer', 'string', 'array', 'object'];

const name = fc.constantFrom(...NAMES);
const size = fc.integer({ min: 0, max: 3 });
const number = fc.constantFrom(...NUMBERS);

export const value: fc.Arbitrary<Json> = fc.letrec<{ value: Json }>(tie => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.constantFrom<Json>(null, true, false),
    number,
    fc.constantFrom(...TEXTS),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(name, tie('value'), { maxKeys: 3, noNullPrototype: true }) as fc.Arbitrary<JsonObject>,
  ),
})).value;

const SINCE_6: readonly DialectName[] = ['draft-06', 'draft-07', '2019-09', '2020-12'];
const SINCE_2019: readonly DialectName[] = ['2019-09', '2020-12'];

/** Schemas over all keywords of a dialect; references lead to two definitions that may be recursive. */
export function schema(dialect: DialectName): fc.Arbitrary<Json> {
  const recent = SINCE_6.includes(dialect);
  const latest = SINCE_2019.includes(dialect);
  const { sub } = fc.letrec<{ sub: Json }>(tie => {
    const sub = tie('sub');
    const map = fc.dictionary(name, sub, { minKeys: 1, maxKeys: 2, noNullPrototype: true });
    const list = fc.array(sub, { minLength: 1, maxLength: 2 });
    const patterns = fc.dictionary(fc.constantFrom(...PATTERNS), sub, {
      minKeys: 1,
      maxKeys: 2,
      noNullPrototype: true,
    });
    const names = fc.uniqueArray(name, { minLength: 1, maxLength: 2 });
    const keyword = (key: string, of: fc.Arbitrary<unknown>) => of.map(held => ({ [key]: held as Json }));
    const together = (...parts: fc.Arbitrary<JsonObject>[]) =>
      fc.tuple(...parts).map(objects => Object.assign({}, ...objects) as JsonObject);
    const type = keyword(
      'type',
      fc.oneof(fc.constantFrom(...TYPES), fc.uniqueArray(fc.constantFrom(...TYPES), { minLength: 1, maxLength: 3 })),
    );
    const dependencies = keyword(
      'dependencies',
      fc.dictionary(name, fc.oneof(names, sub), { minKeys: 1, maxKeys: 2, noNullPrototype: true }),
    );
    const string = [
      keyword('minLength', size),
      keyword('maxLength', size),
      keyword('pattern', fc.constantFrom(...PATTERNS)),
    ];
    const numeric = [
      keyword('minimum', number),
      keyword('maximum', number),
      keyword('multipleOf', fc.constantFrom(1, 2, 3, 0.5, 1.5)),
      ...(recent
        ? [keyword('exclusiveMinimum', number), keyword('exclusiveMaximum', number)]
        : [
            together(keyword('minimum', number), keyword('exclusiveMinimum', fc.boolean())),
            together(keyword('maximum', number), keyword('exclusiveMaximum', fc.boolean())),
          ]),
    ];
    const object = [
      keyword('properties', map),
      together(keyword('properties', map), keyword('additionalProperties', sub)),
      keyword('required', names),
      keyword('minProperties', size),
      keyword('maxProperties', size),
      keyword('additionalProperties', sub),
      ...(dialect === 'openapi-3.0' ? [] : [keyword('patternProperties', patterns)]),
      ...(recent ? [keyword('propertyNames', sub)] : []),
      ...(latest
        ? [
            keyword('dependentRequired', fc.dictionary(name, names, { minKeys: 1, maxKeys: 2, noNullPrototype: true })),
            keyword('dependentSchemas', map),
            keyword('unevaluatedProperties', sub),
            together(keyword('unevaluatedProperties', sub), keyword('allOf', list)),
          ]
        : dialect === 'openapi-3.0'
          ? []
          : [dependencies]),
    ];
    const tuple = keyword('items', list);
    const array = [
      keyword('minItems', size),
      keyword('maxItems', size),
      keyword('uniqueItems', fc.boolean()),
      keyword('items', sub),
      ...(dialect === '2020-12'
        ? [keyword('prefixItems', list), together(keyword('prefixItems', list), keyword('items', sub))]
        : dialect === 'openapi-3.0'
          ? []
          : [tuple, together(tuple, keyword('additionalItems', sub))]),
      ...(recent ? [keyword('contains', sub)] : []),
      ...(latest
        ? [
            together(keyword('contains', sub), keyword('minContains', size), keyword('maxContains', size)),
            keyword('unevaluatedItems', sub),
          ]
        : []),
    ];
    const combined = [
      keyword('allOf', list),
      keyword('anyOf', list),
      keyword('oneOf', list),
      keyword('not', sub),
      ...(recent && dialect !== 'draft-06'
        ? [together(keyword('if', sub), keyword('then', sub)), together(keyword('if', sub), keyword('else', sub))]
        : []),
    ];
    const any = fc.oneof(
      { weight: 3, arbitrary: type },
      { weight: 2, arbitrary: fc.oneof(...string) },
      { weight: 2, arbitrary: fc.oneof(...numeric) },
      { weight: 3, arbitrary: fc.oneof(...object) },
      { weight: 3, arbitrary: fc.oneof(...array) },
      { weight: 2, arbitrary: fc.oneof(...combined) },
      {
        weight: 1,
        arbitrary: keyword(
          'enum',
          fc.uniqueArray(value, { minLength: 1, maxLength: 3, selector: one => JSON.stringify(one) }),
        ),
      },
      ...(recent ? [{ weight: 1, arbitrary: keyword('const', value) }] : []),
    );
    return {
      sub: fc.oneof(
        { maxDepth: 2, depthSize: 'small' },
        fc.oneof(type, fc.constantFrom<Json>(...(recent ? [true, false, {}] : [{}, { not: {} }]))),
        any,
        fc.tuple(any, any).map(([a, b]) => ({ ...a, ...b })),
        fc.constantFrom<Json>({ $ref: '#/definitions/one' }, { $ref: '#/definitions/two' }),
      ),
    };
  });
  return fc.record({ schema: sub, one: sub, two: sub }).map(({ schema, one, two }) => {
    const definitions = { one, two };
    if (typeof schema === 'boolean') return schema;
    return '$ref' in (schema as JsonObject)
      ? { allOf: [schema], definitions }
      : { ...(schema as JsonObject), definitions };
  });
}
