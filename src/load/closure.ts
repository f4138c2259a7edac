/** Which files a file depends on. What is found in a document is a function of these, and of nothing else. */
import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import type { Estate, SourceFile } from '../model/estate.ts';
import { contentHash } from '../model/hash.ts';
import { asString, get, isObject, type Json } from '../model/json.ts';

type Files = Estate['files'];

/**
 * Paths of the file itself and of all that its references lead to, nearest first; also of files that are not there, since
 * it matters when they come. It may name more than is ever read: a `$ref` inside an example counts, because some
 * libraries follow it.
 */
export function reachableFrom(files: Files, file: SourceFile): readonly string[] {
  const found = new Set([file.path]);
  // A Set can be added to while it is walked.
  for (const path of found) {
    const next = files.get(path);
    if (next) for (const target of targetsOf(next)) found.add(target);
  }
  return [...found];
}

const known = new WeakMap<SourceFile, readonly string[]>();

function targetsOf(file: SourceFile): readonly string[] {
  const targets = known.get(file) ?? [...new Set(addressesIn(file.value).map(address => targetOf(file, address)))];
  known.set(file, targets);
  return targets;
}

/** The part before the fragment of every reference to another file. */
function addressesIn(root: Json | undefined): string[] {
  const found = new Set<string>();
  const seen = new Set<object>();
  const walk = (value: Json): void => {
    // YAML aliases make one value stand in several places.
    if (typeof value !== 'object' || value === null || seen.has(value)) return;
    seen.add(value);
    const ref = isObject(value) ? asString(get(value, '$ref')) : undefined;
    if (ref !== undefined) found.add(ref.split('#', 1)[0]!);
    for (const child of Object.values(value)) walk(child);
  };
  if (root !== undefined) walk(root);
  return [...found].filter(address => address !== '');
}

/** From the root of the estate, out of which no step leads; an address with a scheme is no path, and kept as it is. */
function targetOf({ path }: SourceFile, address: string): string {
  if (/^[a-z][a-z0-9+.-]*:/i.test(address)) return address;
  return posix.resolve('/', posix.dirname(path), decode(address)).slice(1);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/**
 * Stands for all that may be found in a contract: the text of every file in its {@link reachableFrom}, where each lies
 * (locations name it), and which contract each holds (subjects name that). Equal in two estates where these are.
 */
export function contentOf(estate: Pick<Estate, 'files' | 'contracts'>, file: SourceFile): string {
  const { owners, contents } = memoOf(estate);
  const content = contents.get(file) ?? contentHash(reachableFrom(estate.files, file).map(describe));
  contents.set(file, content);
  return content;

  function describe(path: string): Json {
    const reached = estate.files.get(path);
    return [path, reached ? textHash(reached) : null, owners.get(path) ?? null];
  }
}

interface Memo {
  readonly contracts: Estate['contracts'];
  /** Id of the contract by path of its file. */
  readonly owners: ReadonlyMap<string, string>;
  readonly contents: Map<SourceFile, string>;
}

const memos = new WeakMap<Files, Memo>();

function memoOf({ files, contracts }: Pick<Estate, 'files' | 'contracts'>): Memo {
  const memo = memos.get(files);
  if (memo?.contracts === contracts) return memo;
  const owners = new Map(contracts.map(({ id, file }) => [file.path, id]));
  const fresh = { contracts, owners, contents: new Map<SourceFile, string>() };
  memos.set(files, fresh);
  return fresh;
}

const hashes = new WeakMap<SourceFile, string>();

/** SHA-256 of the text, in hex. */
export function textHash(file: SourceFile): string {
  const hash = hashes.get(file) ?? createHash('sha256').update(file.text).digest('hex');
  hashes.set(file, hash);
  return hash;
}
