import { isObject, missingHeaders } from './shared.js';

/**
 * Headers that the responses of an operation must declare.
 * @param {unknown} operation
 * @param {{ of: string, headers: string[] }} options `of` is a status such as `429`, or a range such as `2XX`
 * @param {import('./shared.js').Context} context
 * @returns {import('./shared.js').Fault[]}
 */
export default function responseHeaders(operation, options, context) {
  return isObject(operation) ? missingHeaders(operation, context.path, options.of, options.headers) : [];
}
