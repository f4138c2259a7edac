import { always, isUnknown, items, messagesAt } from './shared.js';

/**
 * Properties that the payload of a message must have, and with `required` must require.
 * @param {unknown} message
 * @param {{ properties: string[], required?: boolean }} options
 * @param {import('./shared.js').Context} context
 * @returns {import('./shared.js').Fault[]}
 */
export default function payloadProperties(message, { properties, required = false }, context) {
  return messagesAt(message, context.path).flatMap(({ name, payload, path }) => {
    if (payload === undefined) {
      const text = `message ${name} has no payload schema: describe it with ${properties.join(', ')}`;
      return [{ message: text, path: path.slice(0, -1), facts: { missing: 'payload' } }];
    }
    if (isUnknown(payload)) return [];
    const missing = properties.filter(property => {
      const isDeclared = always(payload, part => Object.hasOwn(part['properties'] ?? {}, property));
      return !(required ? always(payload, part => items(part['required']).includes(property)) : isDeclared);
    });
    return missing.map(property => ({
      message: `the payload of message ${name} does not ${required ? 'require' : 'have'} the property ${property}`,
      path,
      facts: { missing: property },
    }));
  });
}
