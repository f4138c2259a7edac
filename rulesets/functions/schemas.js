import { get, isObject, items, members } from './shared.js';

/** @typedef {import('./shared.js').Path} Path */
/**
 * A schema as it is written, with its place. `name` is that of the property, parameter or header it describes, and `owners`
 * are the names of what it lies in, outermost first: components, properties. `siblings` are the properties beside it.
 * @typedef {{ schema: import('./shared.js').Members, path: Path, name?: string, owners: string[], siblings: string[] }} Placed
 */

/** Keywords of which each member is a schema: by property name, or by a name of its own. */
const NAMED = ['properties', 'patternProperties', 'dependentSchemas'];
const DEFINITIONS = ['$defs', 'definitions'];
const LISTS = ['allOf', 'anyOf', 'oneOf', 'prefixItems'];
const SINGLE = [
  'items',
  'contains',
  'additionalProperties',
  'unevaluatedProperties',
  'not',
  'if',
  'then',
  'else',
  'propertyNames',
];
/** Members that hold values, in which no name is a schema. */
const VALUES = new Set(['example', 'examples', 'default', 'const', 'enum', 'value', 'x-governance']);
/** Below these, names are those of components and not keywords. */
const MAPS = new Set([
  'schemas',
  'messages',
  'parameters',
  'headers',
  'responses',
  'requestBodies',
  'callbacks',
  'paths',
  'channels',
  'webhooks',
  'content',
]);

/**
 * Every schema that a document writes down: OpenAPI 3, AsyncAPI, or a JSON Schema itself. A reference leads nowhere: what
 * is shared is found once, where it is written.
 * @param {unknown} document
 * @returns {readonly Placed[]}
 */
export function schemasOf(document) {
  if (!isObject(document)) return [];
  // Several rules ask for those of the same document.
  const known = KNOWN.get(document);
  if (known) return known;
  const found = [...allIn(document)];
  KNOWN.set(document, found);
  return found;
}

const KNOWN = /** @type {WeakMap<object, readonly Placed[]>} */ (new WeakMap());

/**
 * @param {import('./shared.js').Members} document
 * @returns {Generator<Placed>}
 */
function* allIn(document) {
  if (document['openapi'] === undefined && document['asyncapi'] === undefined && document['swagger'] === undefined) {
    yield* within(document, [], undefined, []);
    return;
  }
  yield* find(document, [], []);
}

/**
 * Looks for schemas in what is no schema.
 * @param {unknown} value
 * @param {Path} path
 * @param {string[]} owners
 * @returns {Generator<Placed>}
 */
function* find(value, path, owners) {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* find(item, [...path, index], owners);
    return;
  }
  if (!isObject(value)) return;
  const isMap = MAPS.has(String(path.at(-1))) && !MAPS.has(String(path.at(-2)));
  for (const [key, member] of members(value)) {
    const place = [...path, key];
    if (isMap && path.at(-1) === 'schemas') {
      yield* within(member, place, undefined, [...owners, key]);
    } else if (
      !isMap &&
      (key === 'schema' || key === 'payload' || (key === 'headers' && get(value, 'payload') !== undefined))
    ) {
      // AsyncAPI may wrap a schema together with the language it is written in.
      const wrapped = get(member, 'schemaFormat') !== undefined ? get(member, 'schema') : undefined;
      const name = typeof value['name'] === 'string' && value['in'] !== undefined ? value['name'] : undefined;
      yield* wrapped === undefined
        ? within(member, place, name, owners)
        : within(wrapped, [...place, 'schema'], name, owners);
    } else if (isMap || !VALUES.has(key)) {
      yield* find(member, place, isMap ? [...owners, key] : owners);
    }
  }
}

/**
 * A schema and all that lie in it.
 * @param {unknown} schema
 * @param {Path} path
 * @param {string | undefined} name
 * @param {string[]} owners
 * @param {string[]} [siblings]
 * @returns {Generator<Placed>}
 */
function* within(schema, path, name, owners, siblings = []) {
  if (!isObject(schema)) return;
  yield { schema, path, ...(name === undefined ? {} : { name }), owners, siblings };
  const inner = name === undefined ? owners : [...owners, name];
  for (const keyword of NAMED) {
    const names = Object.keys(Object(schema[keyword]));
    for (const [key, part] of members(schema[keyword])) yield* within(part, [...path, keyword, key], key, inner, names);
  }
  for (const keyword of DEFINITIONS) {
    for (const [key, part] of members(schema[keyword]))
      yield* within(part, [...path, keyword, key], undefined, [...inner, key]);
  }
  for (const keyword of LISTS) {
    // What alternatives describe has the name of what they are alternatives of.
    for (const [index, part] of items(schema[keyword]).entries())
      yield* within(part, [...path, keyword, index], name, owners);
  }
  for (const keyword of SINGLE) {
    if (!isObject(schema[keyword])) continue;
    yield* within(
      schema[keyword],
      [...path, keyword],
      keyword === 'items' ? name : undefined,
      keyword === 'items' ? owners : inner,
    );
  }
}
