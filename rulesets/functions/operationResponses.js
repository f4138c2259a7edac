import { get, members, operationName } from './shared.js';

/**
 * Status codes that an operation must describe.
 * @param {unknown} operation
 * @param {{ codes: string[] }} options
 * @param {import('./shared.js').Context} context
 * @returns {import('./shared.js').Fault[]}
 */
export default function operationResponses(operation, { codes }, context) {
  const described = members(get(operation, 'responses')).map(([key]) => key);
  const missing = codes.filter(code => !described.includes(code));
  return missing.map(code => ({
    message: `${operationName(context.path)} does not describe the response ${code}`,
    path: [...context.path, 'responses', code],
    facts: { missing: code },
  }));
}
