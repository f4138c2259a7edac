import { get, getIn, isObject, items, members } from './shared.js';

/** @typedef {import('./shared.js').Path} Path */
/** @typedef {import('./shared.js').Members} Members */
/** @typedef {{ name: string, owners: string[], siblings: string[], schema: Members, path: Path }} Reached */

const PARTS = ['allOf', 'oneOf', 'anyOf'];

/**
 * The properties below schemas, and of all that they refer to, each once and where it is written in this document; what
 * another file holds is named by the way that leads there.
 * @param {unknown} written the document as it is written
 * @param {unknown} resolved the same with its references followed
 * @param {readonly Path[]} starts places of schemas
 * @returns {Generator<Reached>}
 */
export function* propertiesBelow(written, resolved, starts) {
  /** @type {Set<unknown>} */
  const seen = new Set();
  /** @type {{ schema: unknown, path: Path, owners: string[] }[]} */
  const open = starts.map(path => ({ schema: getIn(written, path), path, owners: [] }));
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { schema, path, owners } = next;
    if (!isObject(schema) || seen.has(schema)) continue;
    seen.add(schema);
    if (typeof schema['$ref'] === 'string') {
      open.push({ ...follow(written, resolved, schema['$ref'], path), owners });
    }
    const siblings = Object.keys(Object(schema['properties']));
    for (const [name, property] of members(schema['properties'])) {
      const place = [...path, 'properties', name];
      const { schema: known } = target(written, resolved, property, place);
      if (isObject(known))
        yield { name, owners, siblings, schema: { ...known, ...(isObject(property) ? property : {}) }, path: place };
      open.push({ schema: property, path: place, owners: [...owners, name] });
    }
    if (isObject(schema['items'])) open.push({ schema: schema['items'], path: [...path, 'items'], owners });
    if (isObject(schema['additionalProperties'])) {
      open.push({ schema: schema['additionalProperties'], path: [...path, 'additionalProperties'], owners });
    }
    for (const keyword of PARTS) {
      for (const [index, part] of items(schema[keyword]).entries())
        open.push({ schema: part, path: [...path, keyword, index], owners });
    }
  }
}

/**
 * @param {unknown} written
 * @param {unknown} resolved
 * @param {unknown} schema
 * @param {Path} path
 */
function target(written, resolved, schema, path) {
  const reference = get(schema, '$ref');
  return typeof reference === 'string' ? follow(written, resolved, reference, path) : { schema, path };
}

/**
 * @param {unknown} written
 * @param {unknown} resolved
 * @param {string} reference
 * @param {Path} path place of what refers
 * @returns {{ schema: unknown, path: Path }}
 */
function follow(written, resolved, reference, path) {
  if (!reference.startsWith('#/')) return { schema: getIn(resolved, path), path };
  const place = reference
    .slice(2)
    .split('/')
    .map(step => decode(step).replaceAll('~1', '/').replaceAll('~0', '~'));
  return { schema: getIn(written, place), path: place };
}

function decode(/** @type {string} */ step) {
  try {
    return decodeURIComponent(step);
  } catch {
    return step;
  }
}

/**
 * Places of the schemas that responses with a matching status carry, behind references of this document.
 * @param {unknown} written
 * @param {(status: string) => boolean} isWanted
 * @returns {Path[]}
 */
export function responseSchemas(written, isWanted) {
  /** @type {Map<string, Path>} */
  const found = new Map();
  for (const root of ['paths', 'webhooks']) {
    for (const [template, item] of members(get(written, root))) {
      for (const [method, operation] of members(item)) {
        for (const [status, response] of members(get(operation, 'responses'))) {
          if (!isWanted(status)) continue;
          const place = [root, template, method, 'responses', status];
          const { schema: described, path } = target(written, undefined, response, place);
          for (const [type, media] of members(get(described, 'content'))) {
            if (get(media, 'schema') !== undefined)
              found.set(JSON.stringify([...path, type]), [...path, 'content', type, 'schema']);
          }
        }
      }
    }
  }
  return [...found.values()];
}

/**
 * Places of the schemas of all payloads of an AsyncAPI document: of messages in components and in channels.
 * @param {unknown} written
 * @param {'payload' | 'headers'} part
 * @returns {Path[]}
 */
export function messageSchemas(written, part) {
  const messages = [
    ...members(get(get(written, 'components'), 'messages')).map(([name, message]) => ({
      message,
      path: ['components', 'messages', name],
    })),
    ...members(get(written, 'channels')).flatMap(([channel, details]) => [
      ...members(get(details, 'messages')).map(([name, message]) => ({
        message,
        path: ['channels', channel, 'messages', name],
      })),
      ...['publish', 'subscribe'].map(verb => ({
        message: getIn(details, [verb, 'message']),
        path: ['channels', channel, verb, 'message'],
      })),
    ]),
  ];
  return messages.flatMap(({ message, path }) => {
    if (get(message, part) === undefined) return [];
    return [get(get(message, part), 'schemaFormat') === undefined ? [...path, part] : [...path, part, 'schema']];
  });
}
