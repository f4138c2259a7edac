import { get, getIn, missingHeaders, operationName, operationsOf } from './shared.js';

const STATED = ['deprecationDate', 'sunsetDate', 'successors', 'migrationGuide'];
const HEADERS = ['Deprecation', 'Sunset'];

/**
 * A contract whose lifecycle says deprecated says so everywhere: dates, successors and guide in its metadata; a flag on
 * each operation; the headers of RFC 9745 and RFC 8594 on each successful response.
 * @param {unknown} document
 * @returns {import('./shared.js').Fault[]}
 */
export default function deprecationAnnounced(document) {
  const lifecycle = getIn(document, ['x-governance', 'lifecycle']);
  if (get(lifecycle, 'status') !== 'deprecated') return [];
  const metadata = STATED.filter(name => get(lifecycle, name) === undefined).map(name => ({
    message: `the contract is deprecated but x-governance.lifecycle does not state ${name}`,
    path: ['x-governance', 'lifecycle', name],
    facts: { missing: name },
  }));
  const operations = operationsOf(document).flatMap(({ operation, path }) => {
    const message = `${operationName(path)} belongs to a deprecated contract: set deprecated to true`;
    const flag = operation['deprecated'] === true ? [] : [{ message, path, facts: { missing: 'deprecated' } }];
    return [...flag, ...missingHeaders(operation, path, '2XX', HEADERS)];
  });
  return [...metadata, ...operations];
}
