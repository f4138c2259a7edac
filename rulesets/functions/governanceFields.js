import { get, getIn, items } from './shared.js';

/**
 * Fields that the governance metadata of a contract must state. What lacks as a whole is reported as a whole.
 * @param {unknown} document
 * @param {{ fields: string[], when?: { [field: string]: string[] } }} options dotted paths below `x-governance`; `when`
 * names fields of it and the values of which each must have one for the rule to apply
 * @returns {import('./shared.js').Fault[]}
 */
export default function governanceFields(document, { fields, when = {} }) {
  const metadata = get(document, 'x-governance');
  const applies = Object.entries(when).every(([field, values]) => items(values).includes(get(metadata, field)));
  if (!applies) return [];
  const missing = fields.flatMap(field => firstMissing(document, ['x-governance', ...field.split('.')]));
  return [...new Set(missing)].map(field => ({
    message: `the contract does not state ${field}`,
    path: field.split('.'),
    facts: { missing: field },
  }));
}

/**
 * @param {unknown} document
 * @param {string[]} path
 */
function firstMissing(document, path) {
  const lengths = path.map((_, index) => index + 1);
  const length = lengths.find(end => !isStated(getIn(document, path.slice(0, end))));
  return length === undefined ? [] : [path.slice(0, length).join('.')];
}

function isStated(/** @type {unknown} */ value) {
  return Array.isArray(value) ? value.length > 0 : value !== undefined && value !== null && value !== '';
}
