import { get, operationName, parametersOf, sameHeader } from './shared.js';

/**
 * A parameter that an operation, or its path item, must declare.
 * @param {unknown} _
 * @param {{ in: 'header' | 'query', name: string, required?: boolean }} wanted
 * @param {import('./shared.js').Context} context
 * @returns {import('./shared.js').Fault[]}
 */
export default function operationParameter(_, wanted, context) {
  const operation = operationName(context.path);
  const found = parametersOf(context.documentInventory.resolved, context.path).find(
    ({ parameter }) => get(parameter, 'in') === wanted.in && isNamed(get(parameter, 'name'), wanted),
  );
  if (!found) {
    const kind = `${wanted.required ? 'required ' : ''}${wanted.in} parameter`;
    const message = `${operation} lacks the ${kind} ${wanted.name}`;
    return [{ message, path: context.path, facts: { missing: wanted.name } }];
  }
  if (!wanted.required || get(found.parameter, 'required') === true) return [];
  const message = `${operation} declares the ${wanted.in} parameter ${wanted.name} as optional: set required to true`;
  return [{ message, path: found.path, facts: { optional: wanted.name } }];
}

/**
 * @param {unknown} name
 * @param {{ in: 'header' | 'query', name: string }} wanted
 */
function isNamed(name, wanted) {
  return wanted.in === 'header' ? sameHeader(name, wanted.name) : name === wanted.name;
}
