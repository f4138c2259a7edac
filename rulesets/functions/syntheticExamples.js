import { identifierIn, isOwnedAddress } from './identifiers.js';
import { isLikelySecret, secretIn } from './secrets.js';
import { sensitivityOfName, wordsOf } from './sensitiveNames.js';
import { isObject } from './shared.js';

/** @typedef {import('./shared.js').Path} Path */

/** Members that hold values; below `properties`, `schemas` and the like these are names. */
const VALUES = new Set(['example', 'examples', 'default', 'const', 'value']);
const NAMES = new Set([
  'properties',
  'schemas',
  'parameters',
  'headers',
  'responses',
  'patternProperties',
  '$defs',
  'definitions',
]);

/**
 * Examples and defaults hold nothing that looks like a working secret or a real identifier (`identifiers`), or no address
 * or telephone number that somebody may have (`addresses`).
 * @param {unknown} document
 * @param {{ what: 'identifiers' | 'addresses' }} options
 * @returns {import('./shared.js').Fault[]}
 */
export default function syntheticExamples(document, { what }) {
  /** @type {import('./shared.js').Fault[]} */
  const faults = [];
  /** @type {Set<string>} */
  const said = new Set();
  for (const { text, name, path } of valuesIn(document, [], undefined, false)) {
    const found = what === 'identifiers' ? realIn(text, name) : addressIn(text, name);
    if (found === undefined) continue;
    // The value itself is not repeated: it may be real, and findings are read in logs.
    const message = `the example ${name === undefined ? '' : `of ${name} `}looks like ${found}`;
    const key = `${message} ${path.join('/')}`;
    if (said.has(key)) continue;
    said.add(key);
    faults.push({ message, path, facts: { looksLike: found } });
  }
  return faults;
}

/**
 * Every text in an example, with the name of the field it is for.
 * @param {unknown} value
 * @param {Path} path
 * @param {string | undefined} name
 * @param {boolean} isData
 * @returns {Generator<{ text: string, name: string | undefined, path: Path }>}
 */
function* valuesIn(value, path, name, isData) {
  if (isData && (typeof value === 'string' || typeof value === 'number')) {
    yield { text: String(value), name, path };
  } else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* valuesIn(item, [...path, index], name, isData);
  } else if (isObject(value)) {
    const isNamed = NAMES.has(String(path.at(-1))) && !isData;
    const own = typeof value['name'] === 'string' && value['in'] !== undefined ? value['name'] : name;
    for (const [key, member] of Object.entries(value)) {
      const begins = !isNamed && VALUES.has(key);
      // The envelope of a named example, of OpenAPI, is not its value.
      const inner = isData ? key : isNamed ? key : own;
      yield* valuesIn(member, [...path, key], inner, isData || begins);
    }
  }
}

/**
 * @param {string} text
 * @param {string | undefined} name
 * @returns {string | undefined}
 */
function realIn(text, name) {
  const words = wordsOf(name ?? '');
  const secret = secretIn(text);
  if (secret !== undefined) return secret;
  if (isLikelySecret(words, text)) return 'a secret that works';
  const found = identifierIn(text);
  if (!found) return undefined;
  if (found.isSure || isNamedFor(words, found.what)) return found.what;
  return undefined;
}

/**
 * Digits alone are told from an order number by the name of the field only.
 * @param {string} words
 * @param {string} what
 */
function isNamedFor(words, what) {
  if (what.includes('employer')) return sensitivityOfName(words)?.kind === 'tax';
  if (what.includes('routing')) return /\b(routing|aba|rtn)\b/.test(words);
  if (what.includes('provider')) return /\bnpi\b/.test(words);
  return /\b(card|pan)\b/.test(words) && /\b(number|no|num|pan|card)$/.test(words);
}

/**
 * @param {string} text
 * @param {string | undefined} name
 * @returns {string | undefined}
 */
function addressIn(text, name) {
  if (isOwnedAddress(text)) return 'an e-mail address at a domain that somebody owns';
  const isPhone = /\b(phone|phone ?number|mobile number|telephone|fax)( number| no)?$/.test(wordsOf(name ?? ''));
  return isPhone && isAssignable(text) ? 'a telephone number that somebody may have' : undefined;
}

/** A number of the North American plan outside 555-0100 to 555-0199, which are reserved for fiction. */
function isAssignable(/** @type {string} */ text) {
  const digits = text.replace(/^\+?1(?=\D*[2-9]\d\d)/, '').replace(/\D/g, '');
  return (
    /^[2-9]\d{2}[2-9]\d{6}$/.test(digits) &&
    !/^\d{3}55501\d\d$/.test(digits) &&
    !/(\d)\1{6}|1234567/.test(digits) &&
    !/^[+]?[2-9]\d?\s/.test(text)
  );
}
