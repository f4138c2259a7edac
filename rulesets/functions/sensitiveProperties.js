import { schemasOf } from './schemas.js';
import { sensitivityOf } from './sensitivity.js';
import { get, getIn, isObject, items } from './shared.js';

const CLASSES = ['confidential', 'restricted'];

/**
 * Properties that hold tax, bank, card, personal or health data carry an `x-classification` of at least confidential: on
 * the property itself, on the schema it refers to, or on the items of a list.
 *
 * Runs on the document as it is written, so that a shared schema is judged where it is defined and not in each contract
 * that refers to it; the resolved document then tells what stands behind a `$ref`.
 * @param {unknown} document
 * @param {unknown} _
 * @param {import('./shared.js').Context} context
 * @returns {import('./shared.js').Fault[]}
 */
export default function sensitiveProperties(document, _, context) {
  /** @type {import('./shared.js').Fault[]} */
  const faults = [];
  for (const { schema: written, path, name, owners, siblings } of schemasOf(document)) {
    if (name === undefined || path.at(-2) !== 'properties') continue;
    const resolved = getIn(context.documentInventory.resolved, path);
    const schema = isObject(resolved) ? { ...resolved, ...withoutRef(written), items: resolved['items'] } : written;
    const sensitive = sensitivityOf(name, owners, schema, siblings);
    if (!sensitive) continue;
    const found = classification(written) ?? classification(schema);
    if (found !== undefined && CLASSES.includes(found)) continue;
    const message =
      found === undefined
        ? `property ${name} holds ${WORDS[sensitive.kind]} ${sensitive.because}: add x-classification: ${sensitive.level}`
        : `property ${name} is classified as ${found}: sensitive data is confidential or restricted`;
    faults.push({ message, path, facts: { property: name } });
  }
  return faults;
}

/** @type {Record<import('./sensitiveNames.js').Kind, string>} */
export const WORDS = {
  tax: 'a tax identifier',
  bank: 'bank details',
  card: 'card data',
  person: 'personal data',
  health: 'health data',
};

function withoutRef(/** @type {import('./shared.js').Members} */ { $ref: _, ...rest }) {
  return rest;
}

/**
 * @param {unknown} schema
 * @returns {string | undefined}
 */
function classification(schema) {
  const own = get(schema, 'x-classification');
  if (typeof own === 'string') return own;
  const inner = [get(schema, 'items'), ...items(get(schema, 'allOf'))];
  for (const part of inner) {
    const found = part === undefined ? undefined : classification(part);
    if (found !== undefined) return found;
  }
  return undefined;
}
