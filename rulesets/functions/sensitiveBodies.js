import { messageSchemas, propertiesBelow, responseSchemas } from './reach.js';
import { wordsOf } from './sensitiveNames.js';
import { WORDS } from './sensitiveProperties.js';
import { isHidden, sensitivityOf } from './sensitivity.js';
import { get, isStatus } from './shared.js';

/** Numbers with which one can pay, or be taken for somebody else. Names of banks and routing numbers are public. */
const USABLE = /\b(iban|bban|clabe|bank account|account (number|no|num)|acct (number|no|num)|acct no)$/;

/**
 * What leaves a system in full. `unmasked`: tax identifiers, account and card numbers in answers and events; `errors`:
 * anything sensitive in the bodies of errors and the headers of messages, which are written to logs.
 * @param {unknown} _
 * @param {{ what: 'unmasked' | 'errors' }} options
 * @param {import('./shared.js').Context & { documentInventory: { unresolved?: unknown } }} context
 * @returns {import('./shared.js').Fault[]}
 */
export default function sensitiveBodies(_, { what }, context) {
  const { resolved, unresolved: written } = context.documentInventory;
  const isError = (/** @type {string} */ status) =>
    status === 'default' || isStatus(status, '4XX') || isStatus(status, '5XX');
  const starts =
    what === 'errors'
      ? [...responseSchemas(written, isError), ...messageSchemas(written, 'headers')]
      : [...responseSchemas(written, status => isStatus(status, '2XX')), ...messageSchemas(written, 'payload')];
  /** @type {import('./shared.js').Fault[]} */
  const faults = [];
  for (const { name, owners, siblings, schema, path } of propertiesBelow(written, resolved, starts)) {
    const sensitive = sensitivityOf(name, owners, schema, siblings);
    if (!sensitive || isHidden(name, schema)) continue;
    if (what === 'unmasked' && !isUsable(name, sensitive.kind, schema)) continue;
    const message =
      what === 'errors'
        ? `${name} shows ${WORDS[sensitive.kind]} ${sensitive.because} in an error or header, which is written to logs`
        : `${name} shows ${WORDS[sensitive.kind]} ${sensitive.because} in full: mask it`;
    faults.push({ message, path, facts: { property: name } });
  }
  return faults;
}

/**
 * @param {string} name
 * @param {import('./sensitiveNames.js').Kind} kind
 * @param {unknown} schema
 */
function isUsable(name, kind, schema) {
  // What an object or a list shows is told by what lies in it.
  if (get(schema, 'properties') !== undefined || get(schema, 'items') !== undefined) return false;
  return kind === 'tax' || kind === 'card' || (kind === 'bank' && USABLE.test(wordsOf(name)));
}
