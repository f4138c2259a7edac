/**
 * What several rules need to know about OpenAPI, AsyncAPI and JSON Schema documents. Documents are untrusted: nothing
 * here assumes that a value has the type its specification asks for.
 */

/** @typedef {(string | number)[]} Path */
/** @typedef {{ readonly [key: string]: unknown }} Members */
/**
 * One fault. `facts` tell it apart from other faults of the same rule at the same place; they, and not the message,
 * enter the finding's fingerprint. Plain Spectral ignores them.
 * @typedef {{ message: string, path: Path, facts?: { [key: string]: string } }} Fault
 */
/** @typedef {{ path: Path, documentInventory: { resolved?: unknown } }} Context */

const METHODS = new Set(['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace', 'query']);

/**
 * @param {unknown} value
 * @returns {value is Members}
 */
export function isObject(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * @param {unknown} value
 * @param {string | number} key
 * @returns {unknown}
 */
export function get(value, key) {
  if (Array.isArray(value)) return value[Number(key)];
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/**
 * @param {unknown} value
 * @param {Path} path
 * @returns {unknown}
 */
export function getIn(value, path) {
  return path.reduce(get, value);
}

/**
 * @param {unknown} value
 * @returns {[string, unknown][]}
 */
export function members(value) {
  return isObject(value) ? Object.entries(value) : [];
}

/**
 * @param {unknown} value
 * @returns {unknown[]}
 */
export function items(value) {
  return Array.isArray(value) ? value : [];
}

/** A `$ref` that could not be followed. Loading has reported it; what stands behind it cannot be judged. */
export function isUnknown(/** @type {unknown} */ value) {
  return typeof get(value, '$ref') === 'string';
}

/**
 * Every operation below `paths`, with its place.
 * @param {unknown} document
 * @returns {{ operation: Members, path: Path }[]}
 */
export function operationsOf(document) {
  return members(get(document, 'paths')).flatMap(([template, pathItem]) =>
    members(pathItem).flatMap(([method, operation]) =>
      METHODS.has(method) && isObject(operation) ? [{ operation, path: ['paths', template, method] }] : [],
    ),
  );
}

/** `POST /suppliers`, from the place of an operation. */
export function operationName(/** @type {Path} */ path) {
  return `${String(path[2]).toUpperCase()} ${path[1]}`;
}

/**
 * The parameters of an operation: its own and those of its path item.
 * @param {unknown} document
 * @param {Path} path place of the operation
 * @returns {{ parameter: unknown, path: Path }[]}
 */
export function parametersOf(document, path) {
  const holders = [path, path.slice(0, 2)];
  return holders.flatMap(holder =>
    items(getIn(document, [...holder, 'parameters'])).map((parameter, index) => ({
      parameter,
      path: [...holder, 'parameters', index],
    })),
  );
}

/**
 * Whether a response key is meant by a pattern: `429` itself, or the range `2XX` and each status in it.
 * @param {string} key
 * @param {string} pattern
 */
export function isStatus(key, pattern) {
  const wanted = pattern.toUpperCase();
  return key.toUpperCase() === wanted || (wanted.endsWith('XX') && /^\d{3}$/.test(key) && key[0] === wanted[0]);
}

/** Names of headers do not depend on case (RFC 9110, section 5.1). */
export function sameHeader(/** @type {unknown} */ a, /** @type {string} */ b) {
  return typeof a === 'string' && a.toLowerCase() === b.toLowerCase();
}

/**
 * Headers that responses must declare.
 * @param {Members} operation
 * @param {Path} path place of the operation
 * @param {string} status which responses, see {@link isStatus}
 * @param {readonly string[]} headers
 * @returns {Fault[]}
 */
export function missingHeaders(operation, path, status, headers) {
  return members(operation['responses']).flatMap(([key, response]) => {
    if (!isStatus(key, status) || isUnknown(response)) return [];
    const declared = Object.keys(get(response, 'headers') ?? {});
    const missing = headers.filter(header => !declared.some(name => sameHeader(name, header)));
    return missing.map(header => ({
      message: `response ${key} of ${operationName(path)} lacks the header ${header}`,
      path: [...path, 'responses', key],
      facts: { missing: header },
    }));
  });
}

/**
 * A schema and all it is composed of by `allOf`.
 * @param {unknown} schema
 * @returns {Members[]}
 */
function conjuncts(schema) {
  return isObject(schema) ? [schema, ...items(schema['allOf']).flatMap(conjuncts)] : [];
}

/**
 * Whether `test` holds for the schema whichever of its alternatives (`oneOf`, `anyOf`) is taken.
 * @param {unknown} schema
 * @param {(part: Members) => boolean} test
 * @returns {boolean}
 */
export function always(schema, test) {
  return conjuncts(schema).some(
    part =>
      test(part) ||
      ['oneOf', 'anyOf'].some(keyword => {
        const alternatives = items(part[keyword]);
        return alternatives.length > 0 && alternatives.every(alternative => always(alternative, test));
      }),
  );
}

/**
 * Whether `type` is, or may be, this one.
 * @param {Members} schema
 * @param {string} type
 */
export function hasType(schema, type) {
  return schema['type'] === type || items(schema['type']).includes(type);
}

/**
 * The messages at a place in a channel: AsyncAPI 3 has one there, AsyncAPI 2 has one or a choice.
 * @param {unknown} message
 * @param {Path} path
 * @returns {{ name: string, payload: unknown, path: Path }[]}
 */
export function messagesAt(message, path) {
  const choice = items(get(message, 'oneOf'));
  if (choice.length > 0) return choice.flatMap((one, index) => messagesAt(one, [...path, 'oneOf', index]));
  if (!isObject(message) || isUnknown(message)) return [];
  const stated = message['name'];
  const name = typeof stated === 'string' ? stated : String(path.at(-1) === 'message' ? path[1] : path.at(-1));
  const payload = message['payload'];
  // AsyncAPI 3 may wrap a schema together with the language it is written in.
  const wrapped = typeof get(payload, 'schemaFormat') === 'string';
  return [{ name, payload: wrapped ? get(payload, 'schema') : payload, path: [...path, 'payload'] }];
}
