import { get, isObject, isUnknown, items } from './shared.js';

/**
 * A message says where its correlation id is (AsyncAPI, Correlation ID Object).
 * @param {unknown} message
 * @param {unknown} _
 * @param {import('./shared.js').Context} context
 * @returns {import('./shared.js').Fault[]}
 */
export default function messageCorrelated(message, _, context) {
  const choice = items(get(message, 'oneOf'));
  if (choice.length > 0) {
    return choice.flatMap((one, index) =>
      messageCorrelated(one, _, { ...context, path: [...context.path, 'oneOf', index] }),
    );
  }
  if (!isObject(message) || isUnknown(message) || isUnknown(message['correlationId'])) return [];
  if (typeof get(message['correlationId'], 'location') === 'string') return [];
  const name = typeof message['name'] === 'string' ? message['name'] : String(context.path.at(-1));
  return [
    {
      message: `message ${name} does not say where its correlation id is`,
      path: context.path,
      facts: { missing: 'correlationId' },
    },
  ];
}
