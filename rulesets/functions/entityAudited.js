import { always, get, getIn, hasType, isObject, items, members } from './shared.js';

/**
 * A canonical record, an object that is known by an id and has a status or changes otherwise, says who made and changed it.
 * @param {unknown} schema
 * @returns {import('./shared.js').Fault[]}
 */
export default function entityAudited(schema) {
  if (!isObject(schema) || getIn(schema, ['x-governance', 'layer']) !== 'canonical' || !hasType(schema, 'object'))
    return [];
  const properties = get(schema, 'properties');
  const isRecord =
    items(schema['required']).some(name => /Id$/.test(String(name))) && items(schema['required']).includes('status');
  // Records that keep who decided what, step by step, are an audit trail themselves.
  const isTrail = members(properties).some(([, part]) =>
    always(get(part, 'items') ?? part, inner =>
      ['decidedBy', 'decision'].some(name => name in Object(inner['properties'])),
    ),
  );
  if (!isRecord || isTrail || get(properties, 'audit') !== undefined) return [];
  const title = String(schema['title'] ?? 'the record');
  return [
    { message: `${title} does not say who created and changed it: add audit`, path: [], facts: { missing: 'audit' } },
  ];
}
