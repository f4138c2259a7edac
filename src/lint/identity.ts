/** What a ruleset is made of, read without building it. */
import { readFile, realpath } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { parseSource } from '../load/parse.ts';
import { asString, contentHash, get, items, type Json } from '../model/index.ts';

/**
 * Hash of the name and content of every file that a ruleset is made of: those it extends, its functions, what these
 * import. Undefined where that is not all that it may find something by, or where something is wrong with it: then it has
 * to be run, or to be loaded for the error.
 */
export async function rulesetIdentity(root: string, name: string): Promise<string | undefined> {
  try {
    const top = await realpath(resolve(root));
    const files = new Map<string, string>();
    await readRuleset({ top, files }, resolve(top, name));
    return contentHash([name, ...[...files].sort(([a], [b]) => (a < b ? -1 : 1))]);
  } catch {
    return undefined;
  }
}

interface Reading {
  readonly top: string;
  /** Text by path from the root of the rulesets. */
  readonly files: Map<string, string>;
}

/** The text of a file that was not read yet. */
async function readOnce({ top, files }: Reading, path: string): Promise<string | undefined> {
  const file = await realpath(path);
  if (!file.startsWith(top + sep)) throw new Error('it leads out of the root');
  const name = relative(top, path).split(sep).join('/');
  if (files.has(name)) return undefined;
  const text = await readFile(file, 'utf8');
  files.set(name, text);
  return text;
}

async function readRuleset(reading: Reading, path: string): Promise<void> {
  const text = await readOnce(reading, path);
  if (text === undefined) return;
  const { value } = parseSource(path, text).file;
  if (value === undefined) throw new Error('it cannot be parsed');
  const directory = dirname(await realpath(path));
  for (const name of extended(value)) {
    // What is shipped with Spectral belongs to the version of the program.
    if (!name.startsWith('spectral:')) await readRuleset(reading, resolve(directory, name));
  }
  const functions = resolve(directory, asString(get(value, 'functionsDir')) ?? 'functions');
  for (const name of items(get(value, 'functions'))) await readModule(reading, join(functions, `${String(name)}.js`));
}

function extended(ruleset: Json): string[] {
  const stated = get(ruleset, 'extends');
  const list = typeof stated === 'string' ? [stated] : items(stated);
  const own = list.map(entry => String(Array.isArray(entry) ? entry[0] : entry));
  return [...own, ...items(get(ruleset, 'overrides')).flatMap(extended)];
}

/** Every string that is imported, also in comments, which name types that way: too many files do no harm. */
const IMPORTED = /\b(?:from|import)\s*\(?\s*(['"])((?:(?!\1).)*)\1/g;

/** What a result may depend on besides the document, and imports whose target is computed. */
const IMPURE =
  /\bDate\b|\bMath\s*\.\s*random\b|\b(?:process|performance|globalThis)\b|\bfetch\s*\(|\brequire\s*\(|\beval\s*\(|\bimport\s*\((?!\s*['"])/;

async function readModule(reading: Reading, path: string): Promise<void> {
  const text = await readOnce(reading, path);
  if (text === undefined) return;
  if (IMPURE.test(text)) throw new Error('it may look at the world');
  const directory = dirname(await realpath(path));
  for (const [, , specifier] of text.matchAll(IMPORTED)) {
    if (specifier!.startsWith('@stoplight/')) continue;
    if (!/^\.\.?\//.test(specifier!)) throw new Error('it imports a package');
    await readModule(reading, resolve(directory, specifier!));
  }
}
