/** API schemas as people write them, and ways of writing the same thing otherwise. */
import fc from 'fast-check';
import { isObject, items, type Json, type JsonObject } from '../../src/model/json.ts';
import type { Dice } from '../commands/rewrites.ts';

const NAMES = ['id', 'status', 'total', 'lines', 'note'];

export const apiSchema: fc.Arbitrary<JsonObject> = fc.letrec<{ schema: JsonObject }>(tie => {
  const text: fc.Arbitrary<JsonObject> = fc.oneof(
    fc.constant<JsonObject>({ type: 'string' }),
    fc.integer({ min: 1, max: 9 }).map((maxLength): JsonObject => ({ type: 'string', minLength: 1, maxLength })),
    fc
      .constantFrom('^[A-Z]{3}$', '^SUP-[0-9]+$', '^[\\w-.]+$')
      .map((pattern): JsonObject => ({ type: 'string', pattern })),
    fc
      .subarray(['open', 'held', 'paid'], { minLength: 1 })
      .map((values): JsonObject => ({ type: 'string', enum: values })),
    fc.constant<JsonObject>({ type: 'string', format: 'date' }),
  );
  const number = fc
    .tuple(fc.constantFrom('integer', 'number'), fc.integer({ min: -5, max: 5 }))
    .map(([type, minimum]): JsonObject => ({ type, minimum, maximum: minimum + 10 }));
  const object = fc
    .tuple(
      fc.dictionary(fc.constantFrom(...NAMES), tie('schema'), { minKeys: 1, maxKeys: 3, noNullPrototype: true }),
      fc.subarray(NAMES),
      fc.boolean(),
    )
    .map(([properties, names, closed]): JsonObject => {
      const required = names.filter(name => name in properties);
      return {
        type: 'object',
        properties,
        ...(required.length > 0 ? { required } : {}),
        ...(closed ? { additionalProperties: false } : {}),
      };
    });
  const list = tie('schema').map((inner): JsonObject => ({ type: 'array', items: inner, maxItems: 5 }));
  const map = tie('schema').map((inner): JsonObject => ({ type: 'object', additionalProperties: inner }));
  const nullable = tie('schema').map((inner): JsonObject => ({ anyOf: [inner, { type: 'null' }] }));
  const tagged = fc.tuple(tie('schema'), tie('schema')).map(([one, other]): JsonObject => {
    const branch = (kind: string, value: JsonObject): JsonObject => ({
      type: 'object',
      required: ['kind'],
      properties: { kind: { const: kind }, value },
    });
    return { oneOf: [branch('one', one), branch('other', other)] };
  });
  return {
    schema: fc.oneof({ maxDepth: 3, withCrossShrink: true }, text, number, object, list, map, nullable, tagged),
  };
}).schema;

/** Says the same in another way, or nothing where it has nothing to say of the schema. */
type Refactor = (schema: JsonObject, components: JsonObject) => JsonObject | undefined;

const REFACTORS: Readonly<Record<string, Refactor>> = {
  extract(schema, components) {
    const name = `Part${Object.keys(components).length}`;
    components[name] = schema;
    return { $ref: `#/components/schemas/${name}` };
  },
  wrap: schema => ({ allOf: [schema] }),
  repeat: schema => ({ allOf: [schema, structuredClone(schema)] }),
  shuffle: schema => Object.fromEntries(Object.entries(schema).reverse()),
  listTypes: schema => (typeof schema['type'] === 'string' ? { ...schema, type: [schema['type']] } : undefined),
  reverseValues: schema =>
    Array.isArray(schema['enum']) ? { ...schema, enum: schema['enum'].toReversed() } : undefined,
  reverseRequired: schema =>
    Array.isArray(schema['required']) ? { ...schema, required: schema['required'].toReversed() } : undefined,
  constantAsList: ({ const: value, ...rest }) => (value === undefined ? undefined : { ...rest, enum: [value] }),
  exclusiveBound({ minimum, ...rest }) {
    if (rest['type'] !== 'integer' || typeof minimum !== 'number') return undefined;
    return { ...rest, exclusiveMinimum: minimum - 1 };
  },
  nullAsType({ anyOf, ...rest }) {
    const [first, second] = items(anyOf);
    const isNull = isObject(second) && second['type'] === 'null';
    if (!isNull || !isObject(first) || typeof first['type'] !== 'string' || 'enum' in first) return undefined;
    return { ...rest, ...first, type: [first['type'], 'null'] };
  },
  split(schema) {
    const { type, properties, required, ...rest } = schema;
    if (!isObject(properties) || Object.keys(rest).length > 0) return undefined;
    const part = (isFirst: boolean): JsonObject => {
      const names = Object.keys(properties).filter((_, index) => (index === 0) === isFirst);
      return {
        type: type ?? 'object',
        properties: Object.fromEntries(names.map(name => [name, properties[name]!])),
        required: items(required).filter(name => names.includes(String(name))),
      };
    };
    return { allOf: [part(true), part(false)] };
  },
  reword: schema => ({ ...schema, description: 'In other words.', 'x-note': 1 }),
};

/** Rewrites about half of all schemas inside, innermost first. */
export function refactored(schema: JsonObject, dice: Dice): { schema: JsonObject; components: JsonObject } {
  const components: JsonObject = {};
  const kinds = Object.values(REFACTORS);
  const visit = (value: Json, isSchema: boolean): Json => {
    if (Array.isArray(value)) return value.map(item => visit(item, true));
    if (!isObject(value)) return value;
    const inner: JsonObject = Object.fromEntries(
      Object.entries(value).map(([key, held]) => [
        key,
        HOLDERS.has(key) || !isSchema ? visit(held, key !== 'properties') : held,
      ]),
    );
    if (!isSchema || dice(2) === 0) return inner;
    return kinds[dice(kinds.length)]!(inner, components) ?? inner;
  };
  return { schema: visit(schema, true) as JsonObject, components };
}

const HOLDERS = new Set(['properties', 'items', 'additionalProperties', 'anyOf', 'oneOf']);
