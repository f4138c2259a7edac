import { get, isStatus, isUnknown, members, operationName } from './shared.js';

const PROBLEM = 'application/problem+json';

/**
 * Each error response of an operation has a body, and it is a problem document (RFC 9457) and nothing else.
 * @param {unknown} operation
 * @param {unknown} _
 * @param {import('./shared.js').Context} context
 * @returns {import('./shared.js').Fault[]}
 */
export default function problemDetails(operation, _, context) {
  const errors = members(get(operation, 'responses')).filter(
    ([key]) => key === 'default' || isStatus(key, '4XX') || isStatus(key, '5XX'),
  );
  return errors.flatMap(
    /** @returns {import('./shared.js').Fault[]} */ ([key, response]) => {
      if (isUnknown(response)) return [];
      const path = [...context.path, 'responses', key];
      const where = `response ${key} of ${operationName(context.path)}`;
      const types = members(get(response, 'content')).map(([type]) => type);
      if (types.length === 0) {
        return [{ message: `${where} has no body: describe it as ${PROBLEM}`, path, facts: { missing: PROBLEM } }];
      }
      const wrong = types.filter(type => type.split(';')[0]?.trim().toLowerCase() !== PROBLEM);
      return wrong.map(type => ({
        message: `${where} is described as ${type}: use ${PROBLEM} only`,
        path: [...path, 'content', type],
        facts: { mediaType: type },
      }));
    },
  );
}
