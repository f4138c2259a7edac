/** Results of earlier runs on disk, one file each. A cache that cannot be read or written is no cache, and no error. */
import { createHash, randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, rmdir, stat, utimes, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { type LoadedConfig, loadConfig } from '../load/config.ts';
import { contentHash, type Json, noCache, type ResultCache } from '../model/index.ts';
import type { Context } from './command.ts';

export interface KeptResults extends ResultCache {
  /** Whether this program has kept nothing there yet. */
  readonly isEmpty: boolean;
  /** Writes what is new, and makes room where there is too much. Never throws. */
  readonly save: () => Promise<void>;
}

/** Above these, what was not used for longest goes. An estate of 120 contracts has 500 results of a kilobyte each. */
const LIMITS = { entries: 10_000, bytes: 64 * 1024 * 1024 };
/** After making room, so that it is not made on every run. */
const KEPT_SHARE = 0.8;
/** How exactly it is known when an entry was used last. */
const USE_PRECISION_MS = 12 * 60 * 60 * 1000;
/** How many files are written at once. */
const WRITERS = 16;

/**
 * The cache of the project in which the user stands, outside of projects the one in `elsewhere`; one that keeps nothing
 * where there is none of these, or it is not wanted.
 */
export async function openCache(isUnwanted: boolean, context: Context, elsewhere?: string): Promise<KeptResults> {
  const directory = isUnwanted ? undefined : directoryOf(await loadConfig(context.cwd), context, elsewhere);
  const version = directory === undefined ? undefined : await programVersion(context.home);
  return directory === undefined || version === undefined
    ? { ...noCache, isEmpty: true, save: async () => {} }
    : cacheIn(directory, version, context.now);
}

function directoryOf(
  { config, root, file }: LoadedConfig,
  { cwd, cacheDirectory }: Context,
  elsewhere: string | undefined,
): string | undefined {
  if (config.cache?.enabled === false) return undefined;
  if (cacheDirectory !== undefined) return resolve(cwd, cacheDirectory);
  if (config.cache?.directory !== undefined) return resolve(root, config.cache.directory);
  return file === undefined ? elsewhere : join(root, '.countersign', 'cache');
}

/**
 * Stands for everything in the program that a result may depend on: its own code, the Node it runs on, the packages that
 * are installed. Undefined where the program runs from source.
 */
async function programVersion(home: string): Promise<string | undefined> {
  const dist = join(home, 'dist');
  const names = await readdir(dist).catch(() => []);
  const code = names.filter(name => name.endsWith('.js')).sort();
  if (code.length === 0) return undefined;
  const texts = await Promise.all(code.map(name => readFile(join(dist, name))));
  // The name of the process that lints holds a hash of what is in it.
  const engine = names.filter(name => name.endsWith('.cjs')).join();
  const packages = installedPackages(home) ?? (await directDependencies(home));
  const hash = createHash('sha256').update(process.version).update(engine).update(packages);
  for (const [index, name] of code.entries()) hash.update(name).update(texts[index]!);
  return hash.digest('hex').slice(0, 16);
}

/** What package managers write into node_modules about what they installed. */
const INSTALLED = ['.package-lock.json', '.pnpm/lock.yaml', '.yarn-state.yml', '.yarn-integrity'];

function installedPackages(directory: string): Buffer | undefined {
  for (const name of INSTALLED) {
    const file = join(directory, 'node_modules', name);
    if (existsSync(file)) return readFileSync(file);
  }
  const parent = dirname(directory);
  return parent === directory ? undefined : installedPackages(parent);
}

async function directDependencies(home: string): Promise<Buffer | string> {
  return readFile(join(home, 'package.json')).catch(() => '');
}

/** A cache in a directory, for one version of the program. `now` says when entries were used. */
export function cacheIn(directory: string, version: string, now: Date, limits = LIMITS): KeptResults {
  const own = join(directory, version);
  const fileOf = (key: string) => join(own, `${key}.json`);
  const fresh = new Map<string, Json>();
  const used = new Set<string>();
  return {
    isEmpty: !existsSync(own),
    get(key) {
      const known = fresh.get(key) ?? read(fileOf(key), key);
      if (known !== undefined) used.add(key);
      return known;
    },
    set(key, value) {
      fresh.set(key, value);
    },
    async save() {
      const written = [...fresh];
      try {
        if (written.length > 0) await prepareDirectory(directory, own);
        await inTurns(written, ([key, value]) => write(fileOf(key), textOf(key, value)));
        const old = [...used].filter(key => !fresh.has(key));
        await inTurns(old, key => touch(fileOf(key), now));
        if (written.length > 0) await makeRoom(directory, limits);
      } catch {
        // It may be read-only, or full, or another process may be clearing it: the next run works everything out again.
      }
    },
  };
}

/** Undefined where there is none, or where it is not whole or not ours. */
function read(file: string, key: string): Json | undefined {
  try {
    const text = readFileSync(file, 'utf8');
    const value = JSON.parse(text.slice(text.indexOf('\n') + 1)) as Json;
    return text === textOf(key, value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** A line that tells whether what follows was written by us under this key, and the result. */
function textOf(key: string, value: Json): string {
  const text = JSON.stringify(value);
  return `${contentHash([key, text])}\n${text}`;
}

/** Under another name first, so that nobody ever reads half of it. */
async function write(file: string, text: string): Promise<void> {
  const temporary = `${file}.${randomUUID()}.tmp`;
  await writeFile(temporary, text);
  await rename(temporary, file).catch(() => rm(temporary, { force: true }));
}

async function touch(file: string, now: Date): Promise<void> {
  const { mtimeMs } = await stat(file);
  if (now.getTime() - mtimeMs > USE_PRECISION_MS) await utimes(file, now, now);
}

/** It is no part of the project, whatever the project ignores. */
async function prepareDirectory(directory: string, own: string): Promise<void> {
  await mkdir(own, { recursive: true });
  const ignore = join(directory, '.gitignore');
  if (!existsSync(ignore)) await writeFile(ignore, '*\n');
}

const ENTRY = /^[0-9a-f]{64}\.json(?:\.[0-9a-f-]{36}\.tmp)?$/;
const VERSION = /^[0-9a-f]{16}$/;

/** Removes what was not used for longest, of all versions of the program. Touches nothing that is not named like ours. */
async function makeRoom(directory: string, limits: typeof LIMITS): Promise<void> {
  const versions = (await readdir(directory)).filter(name => VERSION.test(name));
  const files = (
    await Promise.all(
      versions.map(async version => {
        const names = (await readdir(join(directory, version))).filter(name => ENTRY.test(name));
        return names.map(name => join(directory, version, name));
      }),
    )
  ).flat();
  const entries: { file: string; size: number; mtimeMs: number }[] = [];
  await inTurns(files, async file => {
    const status = await stat(file).catch(() => undefined);
    if (status) entries.push({ file, size: status.size, mtimeMs: status.mtimeMs });
  });
  const bytes = entries.reduce((sum, { size }) => sum + size, 0);
  if (entries.length > limits.entries || bytes > limits.bytes) {
    let [count, room] = [limits.entries * KEPT_SHARE, limits.bytes * KEPT_SHARE];
    const surplus = entries
      .sort((a, b) => b.mtimeMs - a.mtimeMs)
      .filter(({ size }) => {
        count -= 1;
        room -= size;
        return count < 0 || room < 0;
      });
    await inTurns(surplus, ({ file }) => rm(file, { force: true }));
  }
  // A version whose entries are all gone; one that has some refuses.
  for (const version of versions) await rmdir(join(directory, version)).catch(() => undefined);
}

/** A few at a time, since a process may only open so many files. */
async function inTurns<T>(items: readonly T[], work: (item: T) => Promise<unknown>): Promise<void> {
  const waiting = items.values();
  const worker = async () => {
    for (const item of waiting) await work(item);
  };
  await Promise.all(Array.from({ length: WRITERS }, worker));
}
