import { get, isObject, items, members } from './shared.js';

/** @typedef {import('./shared.js').Path} Path */

/**
 * Every parameter and header that an OpenAPI document writes down, where it is written: those of components, paths and
 * operations, and the headers of responses. `place` is what `in` says, or `header`.
 * @param {unknown} document
 * @returns {Generator<{ name: string, place: string, schema: unknown, path: Path }>}
 */
export function* parametersIn(document) {
  const components = get(document, 'components');
  for (const [key, parameter] of members(get(components, 'parameters')))
    yield* parameterAt(parameter, ['components', 'parameters', key]);
  yield* headersAt(get(components, 'headers'), ['components', 'headers']);
  for (const [key, response] of members(get(components, 'responses'))) {
    yield* headersAt(get(response, 'headers'), ['components', 'responses', key, 'headers']);
  }
  for (const [template, item] of [...members(get(document, 'paths')), ...members(get(document, 'webhooks'))]) {
    const root = get(get(document, 'paths'), template) === item ? 'paths' : 'webhooks';
    yield* listed(item, [root, template]);
    for (const [method, operation] of members(item)) {
      if (!isObject(operation)) continue;
      const path = [root, template, method];
      yield* listed(operation, path);
      for (const [status, response] of members(operation['responses'])) {
        yield* headersAt(get(response, 'headers'), [...path, 'responses', status, 'headers']);
      }
    }
  }
}

/**
 * @param {unknown} holder
 * @param {Path} path
 */
function* listed(holder, path) {
  for (const [index, parameter] of items(get(holder, 'parameters')).entries()) {
    yield* parameterAt(parameter, [...path, 'parameters', index]);
  }
}

/**
 * @param {unknown} parameter
 * @param {Path} path
 */
function* parameterAt(parameter, path) {
  const [name, place] = [get(parameter, 'name'), get(parameter, 'in')];
  if (typeof name !== 'string' || typeof place !== 'string') return;
  // Swagger 2 has the keywords of the schema in the parameter itself.
  yield { name, place, schema: get(parameter, 'schema') ?? parameter, path };
}

/**
 * @param {unknown} headers
 * @param {Path} path
 */
function* headersAt(headers, path) {
  for (const [name, header] of members(headers)) {
    if (get(header, '$ref') !== undefined) continue;
    yield { name, place: 'header', schema: get(header, 'schema') ?? header, path: [...path, name] };
  }
}
