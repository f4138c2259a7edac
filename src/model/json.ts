/** JSON values as they come out of a parsed document, and the few pure helpers every room needs on them. */
export type Json = null | boolean | number | string | Json[] | JsonObject;
export interface JsonObject {
  [key: string]: Json;
}

/** Where a value sits in its document, from the root: property names and array indices. */
export type Path = readonly (string | number)[];

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `value[key]` for own properties only: documents are untrusted, and `__proto__` is a legal key. */
export function get(value: Json | undefined, key: string | number): Json | undefined {
  if (Array.isArray(value)) return value[Number(key)];
  if (isObject(value)) return Object.hasOwn(value, key) ? value[key] : undefined;
  return undefined;
}

export function getIn(value: Json | undefined, path: Path): Json | undefined {
  return path.reduce<Json | undefined>(get, value);
}

export function asString(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** Own entries of an object, nothing for anything else. */
export function entries(value: Json | undefined): [string, Json][] {
  return isObject(value) ? Object.entries(value) : [];
}

/** The items of an array, nothing for anything else. */
export function items(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value : [];
}

/** JSON with sorted keys, so that equal values have equal text (in the spirit of RFC 8785). */
export function canonicalJson(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const members = Object.keys(value)
    .sort()
    .map(key => `${JSON.stringify(key)}:${canonicalJson(value[key]!)}`);
  return `{${members.join(',')}}`;
}

/** JSON Pointer (RFC 6901) as a string, the empty string for the root. */
export function formatPointer(path: Path): string {
  return path.map(segment => `/${escapePointer(String(segment))}`).join('');
}

/** The path a JSON Pointer or a URI fragment that holds one names; undefined where it is neither. */
export function parsePointer(pointer: string): string[] | undefined {
  if (pointer === '') return [];
  if (!pointer.startsWith('/')) return undefined;
  return pointer.slice(1).split('/').map(unescapePointer);
}

export function escapePointer(segment: string): string {
  return segment.replaceAll('~', '~0').replaceAll('/', '~1');
}

export function unescapePointer(segment: string): string {
  return segment.replaceAll('~1', '/').replaceAll('~0', '~');
}
