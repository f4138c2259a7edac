/**
 * The process that lints, as an image of itself in which Spectral is loaded and compiled: a third of the time of starting
 * it from its program. An image holds for one version of the program and of Node, so it is made where it is first missed,
 * in the background, and used from the next run on. Without it everything works the same.
 */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { mkdir, open, readdir, rm, stat, utimes } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Programs } from './processes.ts';

const PROGRAM = /^lint-engine-[0-9a-f]{16}\.cjs$/;

/** Undefined where the program is not built. */
export function engineProgram(): string | undefined {
  const directory = fileURLToPath(new URL('.', import.meta.url));
  const name = readdirSync(directory).find(entry => PROGRAM.test(entry));
  return name && join(directory, name);
}

/**
 * How to start the process: from the image, if there is one that Node accepts. `directory` is where images are kept, if
 * anywhere.
 */
export function enginePrograms(program: string, directory: string | undefined): Programs {
  const image = directory && imageOf(program, directory);
  return image && existsSync(image) ? [['--snapshot-blob', image], [program]] : [[program]];
}

function imageOf(program: string, directory: string): string {
  const { arch, platform, version } = process;
  return join(directory, `${basename(program, '.cjs')}-${platform}-${arch}-${version}.blob`);
}

/** After so long whoever was making an image has given up. */
const STALE_MS = 10 * 60 * 1000;
/** How exactly it is known when an image was used last. */
const USE_PRECISION_MS = 12 * 60 * 60 * 1000;
/** Images that are kept beside a new one, those that were used last: other versions of the program, or of Node. */
const KEPT = 3;
const IMAGE = /^lint-engine-[0-9a-f]{16}-.+\.blob(?:\.begun)?$/;

/**
 * Begins to make the image that is missing, and does not wait for it; removes images that nobody has used for longest.
 * Never throws: a directory that cannot be written means that there is no image.
 */
export async function makeImage(program: string, directory: string, now: Date): Promise<void> {
  const image = imageOf(program, directory);
  try {
    if (existsSync(image)) return await touch(image, now);
    await mkdir(directory, { recursive: true, mode: 0o700 });
    const begun = `${image}.begun`;
    const status = await stat(begun).catch(() => undefined);
    if (status && now.getTime() - status.mtimeMs > STALE_MS) await rm(begun, { force: true });
    // Whoever makes this file makes the image.
    await (await open(begun, 'wx')).close();
    await prune(directory, begun, now);
    const maker = spawn(process.execPath, ['-e', MAKER, program, image, begun], { detached: true, stdio: 'ignore' });
    maker.unref();
  } catch {
    // Another process makes it, or nobody can.
  }
}

async function touch(image: string, now: Date): Promise<void> {
  const { mtimeMs } = await stat(image);
  if (now.getTime() - mtimeMs > USE_PRECISION_MS) await utimes(image, now, now);
}

/** A process that was about to start from one of them starts from its program; one that has started does not need it. */
async function prune(directory: string, begun: string, now: Date): Promise<void> {
  const names = (await readdir(directory)).filter(name => IMAGE.test(name) && name !== basename(begun));
  const found = await Promise.all(
    names.map(async name => {
      const file = join(directory, name);
      const mtimeMs = (await stat(file).catch(() => undefined))?.mtimeMs ?? 0;
      return { file, mtimeMs, isAtWork: name.endsWith('.begun') && now.getTime() - mtimeMs <= STALE_MS };
    }),
  );
  const surplus = found
    .filter(({ isAtWork }) => !isAtWork)
    .sort((a, b) => b.mtimeMs - a.mtimeMs)
    .slice(KEPT);
  // Elsewhere than on Unix one that is in use cannot be removed, and stays until the next time.
  await Promise.all(surplus.map(({ file }) => rm(file, { force: true }).catch(() => undefined)));
}

/** Under another name until it is whole, so that nobody ever starts half of one. */
const MAKER = `
const { spawnSync } = require('node:child_process');
const { renameSync, rmSync } = require('node:fs');
const [program, image, begun] = process.argv.slice(1);
const os = require('node:os');
os.setPriority(10);
const env = { NODE_ENV: 'production', TMPDIR: os.tmpdir(), TEMP: os.tmpdir() };
const made = spawnSync(process.execPath, ['--snapshot-blob', begun, '--build-snapshot', program], { stdio: 'ignore', env });
if (made.status === 0) renameSync(begun, image);
else rmSync(begun, { force: true });
`;
