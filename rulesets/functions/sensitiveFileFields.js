import { isSensitive } from './sensitiveNames.js';
import { get } from './shared.js';

const CLASSES = ['confidential', 'restricted'];

/**
 * A field of a file layout that by its name holds tax, bank or personal data is classified as at least confidential.
 * @param {unknown} field
 * @param {unknown} _
 * @param {import('./shared.js').Context} context
 * @returns {import('./shared.js').Fault[]}
 */
export default function sensitiveFileFields(field, _, context) {
  const name = get(field, 'name');
  const type = get(field, 'type');
  // A code says what kind of thing something is, and a filler nothing.
  if (typeof name !== 'string' || type === 'code' || type === 'filler' || !isSensitive(name)) return [];
  const found = get(field, 'classification');
  if (typeof found === 'string' && CLASSES.includes(found)) return [];
  const message =
    found === undefined
      ? `field ${name} holds sensitive data by its name: add classification: confidential or restricted`
      : `field ${name} is classified as ${found}: sensitive data is confidential or restricted`;
  return [{ message, path: context.path, facts: { field: name } }];
}
