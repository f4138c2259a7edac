import { isObject } from '../model/json.ts';
import type { Reading } from './reading.ts';

/** Names of members that a schema requires of its value, itself or by any schema that it applies to the same value. */
export function demandedNames(reading: Reading): ReadonlySet<string> {
  const names = new Set<string>();
  const seen = new Set<unknown>();
  const visit = (at: Reading): void => {
    if (!isObject(at.schema) || seen.has(at.schema)) return;
    seen.add(at.schema);
    const required = at.schema['required'];
    for (const name of Array.isArray(required) ? required : []) if (typeof name === 'string') names.add(name);
    for (const { keyword, value } of at.keywords()) {
      if (keyword.name === '$ref') visit(at.follow(String(value)));
      if (keyword.reach !== 'here' || keyword.name === 'not') continue;
      if (keyword.holds === 'schema') visit(at.inside([keyword.name], 'here'));
      else if (isObject(value)) for (const key of Object.keys(value)) visit(at.inside([keyword.name, key], 'here'));
      else if (Array.isArray(value)) for (const index of value.keys()) visit(at.inside([keyword.name, index], 'here'));
    }
  };
  visit(reading);
  return names;
}
