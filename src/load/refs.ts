import { posix } from 'node:path';
import type { Cursor, SourceFile } from '../model/estate.ts';
import { asString, get, isObject, parsePointer } from '../model/json.ts';
import { down, nodeKey, rootOf } from './cursor.ts';

type Files = ReadonlyMap<string, SourceFile>;

/** What a `$ref` leads to. Nothing is ever fetched: a remote target is a failure like any other. */
export type Resolution =
  | { readonly target: Cursor }
  | {
      readonly failure: 'remote' | 'outside' | 'no-file' | 'no-value' | 'not-parsed' | 'cycle';
      readonly detail: string;
    };

/** Resolves one `$ref` as written in `from` (RFC 3986 relative reference, fragment a JSON Pointer). */
export function resolveRef(files: Files, from: SourceFile, ref: string): Resolution {
  const hash = ref.indexOf('#');
  const address = hash < 0 ? ref : ref.slice(0, hash);
  const fragment = hash < 0 ? '' : ref.slice(hash + 1);
  if (/^[a-z][a-z0-9+.-]*:/i.test(address) || address.startsWith('//')) return { failure: 'remote', detail: address };

  const path = pathOf(from, address);
  if (path.startsWith('../') || path.startsWith('/')) return { failure: 'outside', detail: path };
  const file = files.get(path);
  if (!file) return { failure: 'no-file', detail: path };
  const root = rootOf(file);
  if (!root) return { failure: 'not-parsed', detail: path };

  const pointer = parsePointer(decode(fragment));
  const target = pointer && down(root, ...pointer);
  return target ? { target } : { failure: 'no-value', detail: `${path}#${fragment}` };
}

/** The file that the part of a `$ref` before its fragment names. */
export function fileOf(files: Files, from: SourceFile, address: string): SourceFile | undefined {
  return files.get(pathOf(from, address));
}

function pathOf(from: SourceFile, address: string): string {
  return address === '' ? from.path : posix.normalize(posix.join(posix.dirname(from.path), decode(address)));
}

/** The `$ref` of an object that is a reference. */
export function refOf(cursor: Cursor | undefined): string | undefined {
  return cursor && isObject(cursor.value) ? asString(get(cursor.value, '$ref')) : undefined;
}

/**
 * Follows references until there is none. Where one cannot be resolved the cursor is undefined: loading has already
 * reported it.
 */
export function deref(files: Files, cursor: Cursor | undefined): Cursor | undefined {
  const seen = new Set<string>();
  let current = cursor;
  for (let ref = refOf(current); current && ref !== undefined; ref = refOf(current)) {
    if (seen.has(nodeKey(current))) return undefined;
    seen.add(nodeKey(current));
    const resolution = resolveRef(files, current.file, ref);
    current = 'target' in resolution ? resolution.target : undefined;
  }
  return current;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
