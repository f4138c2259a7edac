import { parametersIn } from './parameters.js';
import { isMaskedName } from './sensitiveNames.js';
import { WORDS } from './sensitiveProperties.js';
import { sensitivityOf } from './sensitivity.js';
import { get, getIn, isObject, members } from './shared.js';

/**
 * No parameter of the given places holds tax, bank, card, personal or health data. For `address` those of the addresses of
 * AsyncAPI channels are meant.
 * @param {unknown} document
 * @param {{ places: string[] }} options `query`, `path`, `header`, `cookie`, `address`
 * @param {import('./shared.js').Context} context
 * @returns {import('./shared.js').Fault[]}
 */
export default function sensitiveParameters(document, { places }, context) {
  const written = [...parametersIn(document), ...(places.includes('address') ? addressParameters(document) : [])];
  return written.flatMap(({ name, place, schema, path }) => {
    if (!places.includes(place) || isMaskedName(name)) return [];
    const reference = get(schema, '$ref');
    const known = reference === undefined ? schema : getIn(context.documentInventory.resolved, [...path, 'schema']);
    const sensitive = sensitivityOf(name, [], isObject(known) ? known : { type: 'string' });
    if (!sensitive) return [];
    const message = `the ${place} parameter ${name} holds ${WORDS[sensitive.kind]} ${sensitive.because}`;
    return [{ message, path, facts: { parameter: name } }];
  });
}

/**
 * @param {unknown} document
 * @returns {{ name: string, place: string, schema: unknown, path: import('./shared.js').Path }[]}
 */
function addressParameters(document) {
  return members(get(document, 'channels')).flatMap(([channel, details]) =>
    members(get(details, 'parameters')).map(([name, parameter]) => ({
      name,
      place: 'address',
      schema: get(parameter, 'schema') ?? parameter,
      path: ['channels', channel, 'parameters', name],
    })),
  );
}
