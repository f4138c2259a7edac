/** Where the bytes of an estate come from: a directory as it is now, or a commit. */
import { execFile } from 'node:child_process';
import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface Snapshot {
  readonly label: string;
  /** Text by path from the snapshot's root, with `/`; only files that may hold a contract. */
  readonly files: ReadonlyMap<string, string>;
  /** Data files in directories called `examples`, as bytes: what file layouts are held against. */
  readonly data?: ReadonlyMap<string, Uint8Array>;
  /** Files that were there but were not read, with the reason. */
  readonly skipped: readonly { readonly path: string; readonly reason: string }[];
  /** The file that was asked for by name, where it was one: it is a document even where it does not say of which kind. */
  readonly main?: string;
}

/** The caller named something that cannot be read. The message is for the user. */
export class SnapshotError extends Error {
  override readonly name = 'SnapshotError';
}

const CONTRACT_FILE = /\.(ya?ml|json)$/;
const SKIPPED_DIRECTORIES = new Set(['node_modules', '.git', '.countersign', 'dist']);
/** Public API descriptions reach 15 MB; this leaves room and still bounds memory. */
export const MAX_BYTES = 64 * 1024 * 1024;
/** An example is for reading, not for load tests. */
const MAX_DATA_BYTES = 1024 * 1024;

function isContract(path: string): boolean {
  return CONTRACT_FILE.test(path);
}

function isData(path: string): boolean {
  return !isContract(path) && path.split('/').at(-2) === 'examples';
}

/** Reads the contract files below a directory. Symbolic links that leave it are not followed. */
export async function snapshotOfDirectory(directory: string, label = directory): Promise<Snapshot> {
  const root = await realpath(resolve(directory)).catch(() => undefined);
  if (root === undefined || !(await stat(root)).isDirectory()) {
    throw new SnapshotError(`no directory "${directory}"`);
  }
  const files = new Map<string, string>();
  const data = new Map<string, Uint8Array>();
  const skipped: { path: string; reason: string }[] = [];

  const read = async (path: string): Promise<void> => {
    const name = relative(root, path).split(sep).join('/');
    const target = await realpath(path).catch(() => undefined);
    if (target === undefined || (target !== path && !target.startsWith(root + sep))) {
      skipped.push({ path: name, reason: 'a symbolic link that leads out of the directory or nowhere' });
      return;
    }
    const status = await stat(target);
    if (!status.isFile()) {
      skipped.push({ path: name, reason: 'not a regular file' });
      return;
    }
    const excess = excessOf(name, status.size);
    if (excess !== undefined) skipped.push({ path: name, reason: excess });
    else if (isContract(name)) files.set(name, await readFile(target, 'utf8'));
    else data.set(name, await readFile(target));
  };
  const walk = async (directory: string): Promise<void> => {
    const found = await readdir(directory, { withFileTypes: true });
    for (const entry of found.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = join(directory, entry.name);
      if (entry.isDirectory()) {
        if (!SKIPPED_DIRECTORIES.has(entry.name)) await walk(path);
      } else if (entry.isFile() || entry.isSymbolicLink()) {
        const name = relative(root, path).split(sep).join('/');
        if (isContract(name) || isData(name)) await read(path);
      }
    }
  };
  await walk(root);
  return { label, files, data, skipped };
}

function excessOf(path: string, size: number): string | undefined {
  const limit = isContract(path) ? MAX_BYTES : MAX_DATA_BYTES;
  return size > limit ? `larger than ${limit / 1024 / 1024} MB` : undefined;
}

/** Pipelines clone no more than they are told to. */
const SHALLOW =
  'the clone is shallow: let it reach further (fetch-depth, GIT_DEPTH, fetchDepth), or fetch the branch with "git fetch --depth=1 origin BRANCH"';

/** Reads the contract files below `directory` as they were in a commit, by the `git` program. */
export async function snapshotOfCommit(directory: string, ref: string): Promise<Snapshot> {
  const git = async (...args: string[]) => {
    const { stdout } = await run('git', ['-C', directory, ...args], {
      maxBuffer: 1024 * 1024 * 1024,
      encoding: 'utf8',
    });
    return stdout;
  };
  const commit = await git('rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`).catch(
    async (cause: NodeJS.ErrnoException) => {
      if (cause.code === 'ENOENT') {
        const message = `"${ref}" is not a directory, and to read it as a git revision the program "git" is needed`;
        throw new SnapshotError(message, { cause });
      }
      const isShallow = await git('rev-parse', '--is-shallow-repository').catch(() => '');
      const hint = isShallow.trim() === 'true' ? `; ${SHALLOW}` : '';
      const message = `"${ref}" is neither a directory nor a revision that git knows in "${directory}"${hint}`;
      throw new SnapshotError(message, { cause });
    },
  );
  const id = commit.trim();
  const listing = await git('ls-tree', '-r', '-l', '-z', id, '.');
  const files = new Map<string, string>();
  const data = new Map<string, Uint8Array>();
  const skipped: { path: string; reason: string }[] = [];
  const wanted: { path: string; object: string }[] = [];
  for (const line of listing.split('\0')) {
    const match = /^(\d+) blob ([0-9a-f]+) +(\d+)\t(.+)$/s.exec(line);
    if (!match) continue;
    const [mode, object, size, path] = match.slice(1) as [string, string, string, string];
    const inside = path.split('/').some(part => SKIPPED_DIRECTORIES.has(part));
    if (mode === '120000' || inside || !(isContract(path) || isData(path))) continue;
    const excess = excessOf(path, Number(size));
    if (excess !== undefined) skipped.push({ path, reason: excess });
    else wanted.push({ path, object });
  }
  const contents = await readObjects(
    directory,
    wanted.map(file => file.object),
  );
  for (const [index, { path }] of wanted.entries()) {
    if (isContract(path)) files.set(path, contents[index]!.toString('utf8'));
    else data.set(path, contents[index]!);
  }
  return { label: `${directory}@${id.slice(0, 12)}`, files, data, skipped };
}

/** One `git cat-file --batch` for all objects: a process per file would cost seconds. */
function readObjects(directory: string, objects: readonly string[]): Promise<Buffer[]> {
  return new Promise((resolvePromise, reject) => {
    const child = execFile(
      'git',
      ['-C', directory, 'cat-file', '--batch'],
      { maxBuffer: 1024 * 1024 * 1024, encoding: 'buffer' },
      (error, stdout) => (error ? reject(error) : resolvePromise(splitBatch(stdout, objects.length))),
    );
    child.stdin?.end(objects.map(object => `${object}\n`).join(''));
  });
}

/** `<name> blob <size>\n<bytes>\n`, repeated. */
function splitBatch(output: Buffer, count: number): Buffer[] {
  const contents: Buffer[] = [];
  for (let at = 0; contents.length < count; ) {
    const headerEnd = output.indexOf(10, at);
    const size = Number(output.toString('utf8', at, headerEnd).split(' ')[2]);
    const start = headerEnd + 1;
    contents.push(output.subarray(start, start + size));
    at = start + size + 1;
  }
  return contents;
}
