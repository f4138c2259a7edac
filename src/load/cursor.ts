/** Walking documents without losing the place: each step keeps the file and the path. */
import type { Cursor, SourceFile } from '../model/estate.ts';
import type { Location } from '../model/finding.ts';
import { get, isObject, type Json, type JsonObject } from '../model/json.ts';

export function rootOf(file: SourceFile): Cursor | undefined {
  return file.value === undefined ? undefined : { file, path: [], value: file.value };
}

/** One or more steps down; undefined where there is nothing. */
export function down(from: Cursor | undefined, ...keys: (string | number)[]): Cursor | undefined {
  let cursor = from;
  for (const key of keys) {
    const value = get(cursor?.value, key);
    if (!cursor || value === undefined) return undefined;
    cursor = { file: cursor.file, path: [...cursor.path, key], value };
  }
  return cursor;
}

/** The members of an object, each with its name; nothing for anything else. */
export function members(from: Cursor | undefined): [string, Cursor][] {
  if (!from || !isObject(from.value)) return [];
  return Object.entries(from.value).map(([key, value]) => [key, { file: from.file, path: [...from.path, key], value }]);
}

/** The items of an array; nothing for anything else. */
export function elements(from: Cursor | undefined): Cursor[] {
  if (!from || !Array.isArray(from.value)) return [];
  return from.value.map((value: Json, index) => ({ file: from.file, path: [...from.path, index], value }));
}

export function isObjectCursor(cursor: Cursor | undefined): cursor is Cursor<JsonObject> {
  return cursor !== undefined && isObject(cursor.value);
}

/** Where the value, or the property name that leads to it, stands. */
export function place(cursor: Cursor, part: 'key' | 'value' = 'key'): Location {
  return cursor.file.locate(cursor.path, part);
}

/** Same file and same path: the same node. */
export function nodeKey(cursor: Cursor): string {
  return `${cursor.file.path}#${cursor.path.join('/')}`;
}
