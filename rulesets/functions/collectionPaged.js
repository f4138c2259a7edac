import operationParameter from './operationParameter.js';
import { always, get, hasType, isObject, isStatus, members } from './shared.js';

/**
 * A GET that answers with a list, bare or as the property `items`, takes the query parameters `limit` and `cursor`.
 * @param {unknown} operation
 * @param {unknown} _
 * @param {import('./shared.js').Context} context
 * @returns {import('./shared.js').Fault[]}
 */
export default function collectionPaged(operation, _, context) {
  const schemas = members(get(operation, 'responses'))
    .filter(([key]) => isStatus(key, '2XX'))
    .flatMap(([, response]) => members(get(response, 'content')))
    .filter(([type]) => /[/+]json\b/i.test(type))
    .map(([, media]) => get(media, 'schema'));
  if (!schemas.some(isCollection)) return [];
  return ['limit', 'cursor'].flatMap(name => operationParameter(operation, { in: 'query', name }, context));
}

function isCollection(/** @type {unknown} */ schema) {
  return always(schema, part => {
    const list = get(part['properties'], 'items');
    return hasType(part, 'array') || (isObject(list) && always(list, inner => hasType(inner, 'array')));
  });
}
