import { always, get, isStatus, isUnknown, items, members, operationName } from './shared.js';

const MEMBERS = ['code', 'retryable'];

/**
 * Each problem document of an operation requires the members by which a caller decides: a stable `code`, and `retryable`.
 * @param {unknown} operation
 * @param {unknown} _
 * @param {import('./shared.js').Context} context
 * @returns {import('./shared.js').Fault[]}
 */
export default function problemCodes(operation, _, context) {
  return members(get(operation, 'responses')).flatMap(([status, response]) => {
    if (status !== 'default' && !isStatus(status, '4XX') && !isStatus(status, '5XX')) return [];
    const problems = members(get(response, 'content')).filter(([type]) => type.startsWith('application/problem+json'));
    return problems.flatMap(([type, media]) => {
      const schema = get(media, 'schema');
      if (isUnknown(schema)) return [];
      const missing = MEMBERS.filter(name => !always(schema, part => items(part['required']).includes(name)));
      return missing.map(name => ({
        message: `the problem document of response ${status} of ${operationName(context.path)} does not require ${name}`,
        path: [...context.path, 'responses', status, 'content', type],
        facts: { missing: name },
      }));
    });
  });
}
