/** A document that someone names by its file, with the files that its references lead to. */
import { readFile, realpath, stat } from 'node:fs/promises';
import { dirname, join, posix, relative, sep } from 'node:path';
import { parseSource } from './parse.ts';
import { referencesOf } from './references.ts';
import { MAX_BYTES, type Snapshot, SnapshotError } from './snapshot.ts';

/** A document of more parts than this is meant to be loaded as a directory. */
const MAX_FILES = 2_000;

/**
 * Reads `file` and, transitively, what it refers to by relative paths, as far as that lies below `root`; by default the
 * directory of the file. Nothing is fetched, and no symbolic link that leads out of `root` is followed: what is not read
 * becomes an unresolved reference when the snapshot is loaded.
 */
export async function snapshotOfFile(file: string, root = dirname(file), label = file): Promise<Snapshot> {
  const base = await realpath(root).catch(() => undefined);
  const main = await realpath(file).catch(() => undefined);
  if (base === undefined || main === undefined) throw new SnapshotError(`no file "${label}"`);
  const name = relative(base, main).split(sep).join('/');
  if (name.startsWith('../')) throw new SnapshotError(`"${label}" is a link that leads out of ${root}`);
  const files = new Map<string, string>();
  const skipped: { path: string; reason: string }[] = [];
  const wanted = new Set([name]);
  for (const path of wanted) {
    const text = await read(base, path);
    if (typeof text !== 'string') {
      if (text.reason !== undefined || path === name)
        skipped.push({ path, reason: text.reason ?? 'not a regular file' });
      continue;
    }
    files.set(path, text);
    for (const next of referredTo(path, text)) if (wanted.size < MAX_FILES) wanted.add(next);
  }
  return { label, files, skipped, main: name };
}

async function read(base: string, path: string): Promise<string | { readonly reason?: string }> {
  const target = await realpath(join(base, path)).catch(() => undefined);
  if (target === undefined) return {};
  if (!target.startsWith(base + sep)) return { reason: 'a symbolic link that leads out of the directory' };
  const status = await stat(target);
  if (!status.isFile()) return {};
  if (status.size > MAX_BYTES) return { reason: `larger than ${MAX_BYTES / 1024 / 1024} MB` };
  return readFile(target, 'utf8');
}

/** Paths from the root, of relative references only. */
function referredTo(path: string, text: string): string[] {
  const { file, problem } = parseSource(path, text);
  if (problem) return [];
  const addresses = referencesOf(file).map(({ ref }) => ref.split('#')[0]!);
  return [...new Set(addresses)].flatMap(address => {
    if (address === '' || /^[a-z][a-z0-9+.-]*:/i.test(address) || address.startsWith('/')) return [];
    const next = posix.normalize(posix.join(posix.dirname(path), decoded(address)));
    return next.startsWith('../') ? [] : [next];
  });
}

function decoded(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}
