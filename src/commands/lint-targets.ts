/** The documents that `countersign lint` is asked about. */
import { readFileSync, type Stats, statSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join, normalize, resolve } from 'node:path';
import type { Submission } from '../lint/spectral/types.ts';
import { type Context, UsageError } from './command.ts';

const MAX_BYTES = 64 * 1024 * 1024;
/** What a document of a format that Spectral knows has at its top. */
const DESCRIPTION = /^\s*\{?\s*["']?(?:openapi|swagger|asyncapi|arazzo)["']?\s*:/m;

/** Files, directories and globs → absolute paths in the order of spectral-cli. Of a directory, its API descriptions. */
export async function targetsOf(
  patterns: readonly string[],
  { cwd, note }: Context,
  isStrict: boolean,
): Promise<string[]> {
  const url = patterns.find(pattern => /^https?:\/\//.test(pattern));
  if (url !== undefined) throw new UsageError(`nothing is fetched: save ${url} to a file`);
  const found = new Set<string>();
  for (const pattern of patterns) {
    const paths = await pathsOf(pattern, cwd);
    if (paths.length === 0 && isStrict) throw new UsageError(`no document matches "${pattern}"`);
    if (paths.length === 0) note(`no document matches "${pattern}"`);
    for (const path of paths) found.add(path);
  }
  if (found.size === 0) throw new UsageError('there is nothing to lint: name files, directories or globs');
  return [...found].sort((a, b) => a.localeCompare(b));
}

async function pathsOf(pattern: string, cwd: string): Promise<string[]> {
  const path = resolve(cwd, pattern);
  const status = statusOf(path);
  if (status?.isFile()) return [path];
  if (status?.isDirectory()) return descriptionsIn(path);
  const { glob } = await import('tinyglobby');
  const found = await glob(pattern.replaceAll('\\', '/'), { cwd, absolute: true, dot: true, expandDirectories: false });
  return found.map(normalize);
}

/** Undefined for what is no path, as most globs. */
function statusOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

async function descriptionsIn(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { withFileTypes: true });
  const found = await Promise.all(
    entries.map(async entry => {
      const path = join(directory, entry.name);
      if (entry.isDirectory()) return /^(?:node_modules|\.git)$/.test(entry.name) ? [] : descriptionsIn(path);
      if (!entry.isFile() || !/\.(?:ya?ml|json)$/.test(entry.name)) return [];
      return DESCRIPTION.test(await readFile(path, 'utf8')) ? [path] : [];
    }),
  );
  return found.flat();
}

/** One after the other: a hundred files that are read at once take three times as long as that. */
export function readDocument(path: string): Submission {
  const { size } = statSync(path);
  if (size > MAX_BYTES) throw new UsageError(`${path} has over ${MAX_BYTES / 2 ** 20} MB`);
  return { text: readFileSync(path, 'utf8'), source: path };
}

const DEFAULT_RULESET = /^\.?spectral\.(?:ya?ml|json|m?js)$/;

/** The ruleset that spectral-cli would take, as an absolute path. */
export async function rulesetFile(stated: string | undefined, cwd: string): Promise<string> {
  const name = stated ?? (await readdir(cwd)).find(entry => DEFAULT_RULESET.test(entry));
  if (name === undefined) {
    throw new UsageError('there is no ruleset here (.spectral.yaml, .yml, .json or .js): name one with --ruleset');
  }
  if (/^https?:\/\//.test(name)) throw new UsageError(`nothing is fetched: save ${name} to a file`);
  const path = resolve(cwd, name);
  const status = await stat(path).catch(() => undefined);
  if (!status?.isFile()) throw new UsageError(`there is no ruleset ${path}`);
  return path;
}
