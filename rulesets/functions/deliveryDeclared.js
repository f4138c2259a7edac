import { get, isObject, isUnknown } from './shared.js';

const MEMBERS = ['ordering', 'key', 'retentionDays', 'replay', 'deadLetter'];

/**
 * A channel says what its consumers must reckon with when something fails.
 * @param {unknown} channel
 * @param {unknown} _
 * @param {import('./shared.js').Context} context
 * @returns {import('./shared.js').Fault[]}
 */
export default function deliveryDeclared(channel, _, context) {
  if (isUnknown(channel)) return [];
  const name = context.path.at(-1);
  const delivery = get(channel, 'x-delivery');
  if (!isObject(delivery)) {
    const message = `channel ${name} has no x-delivery: state ${MEMBERS.join(', ')}`;
    return [{ message, path: context.path, facts: { missing: 'x-delivery' } }];
  }
  const missing = MEMBERS.filter(member => delivery[member] === undefined || delivery[member] === '');
  return missing.map(member => ({
    message: `x-delivery of channel ${name} does not state ${member}`,
    path: [...context.path, 'x-delivery', member],
    facts: { missing: member },
  }));
}
