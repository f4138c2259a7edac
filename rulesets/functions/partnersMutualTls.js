import { get, getIn, items, members, operationName, operationsOf } from './shared.js';

/**
 * What partners call, they call with a certificate: each alternative of the security of each operation names a scheme of
 * type mutualTLS.
 * @param {unknown} document
 * @returns {import('./shared.js').Fault[]}
 */
export default function partnersMutualTls(document) {
  if (getIn(document, ['x-governance', 'exposure']) !== 'partner') return [];
  const schemes = getIn(document, ['components', 'securitySchemes']);
  const isProven = (/** @type {unknown} */ alternative) =>
    members(alternative).some(([name]) => get(get(schemes, name), 'type') === 'mutualTLS');
  return operationsOf(document).flatMap(({ operation, path }) => {
    const alternatives = items(operation['security'] ?? get(document, 'security'));
    if (alternatives.length > 0 && alternatives.every(isProven)) return [];
    const message = `${operationName(path)} can be called by partners without a client certificate`;
    return [{ message, path, facts: { missing: 'mutualTLS' } }];
  });
}
