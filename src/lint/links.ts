/** Where the references of an estate lead. */
import { deref, referencesOf, resolveRef } from '../load/index.ts';
import { type Cursor, type Estate, formatPointer, type Json, type SourceFile } from '../model/index.ts';

export interface Links {
  /** Object with a `$ref` → what it leads to. */
  readonly targets: ReadonlyMap<Json, Json>;
  /** File → pointers to what is referred to in it, and to what contains that. */
  readonly used: ReadonlyMap<SourceFile, ReadonlySet<string>>;
}

export function linksOf({ files }: Estate): Links {
  const targets = new Map<Json, Json>();
  const used = new Map<SourceFile, Set<string>>();
  for (const file of files.values()) {
    for (const { ref, from } of referencesOf(file)) {
      const resolution = resolveRef(files, file, ref);
      // A circle of nothing but references has no value.
      if (!('target' in resolution) || !deref(files, resolution.target)) continue;
      targets.set(from.value, resolution.target.value);
      markUsed(used, resolution.target);
    }
  }
  return { targets, used };
}

function markUsed(used: Map<SourceFile, Set<string>>, { file, path }: Cursor): void {
  const pointers = used.get(file) ?? new Set<string>();
  used.set(file, pointers);
  for (let length = 1; length <= path.length; length += 1) pointers.add(`#${formatPointer(path.slice(0, length))}`);
}
