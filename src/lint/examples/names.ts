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

/** Keywords that json-schema-traverse follows, by which both Spectral and Ajv walk: those of one schema or a list of them. */
const SCHEMAS = new Set([
  ...['additionalItems', 'items', 'contains', 'additionalProperties', 'propertyNames', 'not', 'if', 'then', 'else'],
  ...['allOf', 'anyOf', 'oneOf'],
]);
/** Those of named schemas. */
const MAPS = new Set(['$defs', 'definitions', 'properties', 'patternProperties', 'dependencies']);
/** Those that it passes over. */
const VALUES = new Set(['default', 'enum', 'const']);

/**
 * It takes what stands beside any other keyword, such as an example, for a schema as well. Spectral takes the ids out of
 * these (`isCleaned`), but not out of what looks like a schema in them, such as a list that is called `items`.
 */
function hasOldName(value: unknown, isCleaned = false): boolean {
  if (Array.isArray(value)) return value.some(item => hasOldName(item, isCleaned));
  if (!isObject(value)) return false;
  if (!isCleaned && typeof value['id'] === 'string') return true;
  return Object.entries(value).some(([keyword, member]) => {
    if (MAPS.has(keyword) && isObject(member)) return Object.values(member).some(schema => hasOldName(schema));
    return !VALUES.has(keyword) && hasOldName(member, !SCHEMAS.has(keyword));
  });
}
