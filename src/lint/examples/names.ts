/** Whether a schema has names of its own, by which Ajv would remember it beside others. In doubt it has. */
import { type Draft, isObject } from './draft.ts';

const NAMES = /"\$(?:id|(?:dynamic|recursive)?anchor)":"/i;
/** Of draft 4; later it is a member like any other. */
const OLD_NAME = /"id":"/;

/** A draft that is undefined may be any. */
export function hasNames(schema: unknown, draft: Draft | undefined): boolean {
  const text = JSON.stringify(schema) ?? '';
  if (NAMES.test(text)) return true;
  return draft !== 'draft2020-12' && OLD_NAME.test(text) && hasOldName(schema);
}

/** Keywords whose members are named by the author: what is called `example` there is a schema. */
const MAPS = new Set(['properties', 'patternProperties', 'definitions', '$defs', 'dependencies', 'dependentSchemas']);
/** Data, in which an id is that of a thing: Spectral takes it out of examples, and Ajv looks into none of the others. */
const DATA = new Set(['example', 'x-example', 'default', 'enum', 'const']);

function hasOldName(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(hasOldName);
  if (!isObject(value)) return false;
  if (typeof value['id'] === 'string') return true;
  return Object.entries(value).some(([keyword, member]) => {
    if (MAPS.has(keyword) && isObject(member)) return Object.values(member).some(hasOldName);
    return !DATA.has(keyword) && hasOldName(member);
  });
}
