/** Where the references of an estate lead. */
import { deref, referencesOf, resolveRef } from '../load/index.ts';
import { type Cursor, type Estate, formatPointer, type Json, type SourceFile } from '../model/index.ts';

export interface Links {
  /** File → each object with a `$ref` in it → what that leads to. */
  readonly targets: ReadonlyMap<SourceFile, ReadonlyMap<Json, Json>>;
  /** File → pointers to what is referred to in it, and to what contains that. */
  readonly used: ReadonlyMap<SourceFile, ReadonlySet<string>>;
}

export function linksOf({ files }: Estate): Links {
  const targets = new Map<SourceFile, Map<Json, Json>>();
  const used = new Map<SourceFile, Set<string>>();
  for (const file of files.values()) {
    const own = new Map<Json, Json>();
    for (const { ref, from } of referencesOf(file)) {
      const resolution = resolveRef(files, file, ref);
      // A circle of nothing but references has no value.
      if (!('target' in resolution) || !deref(files, resolution.target)) continue;
      own.set(from.value, resolution.target.value);
      markUsed(used, resolution.target);
    }
    targets.set(file, own);
  }
  return { targets, used };
}

function markUsed(used: Map<SourceFile, Set<string>>, { file, path }: Cursor): void {
  const pointers = used.get(file) ?? new Set<string>();
  used.set(file, pointers);
  for (let length = 1; length <= path.length; length += 1) pointers.add(`#${formatPointer(path.slice(0, length))}`);
}
