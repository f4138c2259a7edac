import { get, items } from './shared.js';

/**
 * A mapping shows by a test in each direction what it makes of a document, and refers to a schema on both sides.
 * @param {unknown} document
 * @returns {import('./shared.js').Fault[]}
 */
export default function mappingTested(document) {
  if (get(document, 'countersign') !== 'mapping') return [];
  const tested = new Set(items(get(document, 'tests')).map(test => get(test, 'direction')));
  return ['toVendor', 'toCanonical']
    .filter(direction => !tested.has(direction))
    .map(direction => ({
      message: `no test shows what ${direction} makes of a document`,
      path: ['tests'],
      facts: { missing: direction },
    }));
}
