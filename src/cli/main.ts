#!/usr/bin/env node
import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from '@stricli/core';
import manifest from '../../package.json' with { type: 'json' };
import { COMMANDS, GROUPS } from '../commands/index.ts';
import { applicationOf } from './application.ts';
import { progressOn } from './progress.ts';

/** Only who waits for an interruption takes the signals over; all others end at once, as programs do. */
function interruption(): AbortSignal {
  const interrupt = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interrupt.abort());
  return interrupt.signal;
}

/** By the XDG Base Directory Specification; COUNTERSIGN_IMAGES names another directory, or none where it is empty. */
function imageDirectory(): string | undefined {
  const { COUNTERSIGN_IMAGES: stated, XDG_CACHE_HOME: caches } = process.env;
  if (stated !== undefined) return stated === '' ? undefined : resolve(stated);
  return join(caches && isAbsolute(caches) ? caches : join(homedir(), '.cache'), 'countersign');
}

const terminal = process.stdout.isTTY === true;
// Stricli leaves its own exit code here instead of in the real process.
const stdio: { exitCode: number | string | null } & Pick<NodeJS.Process, 'stdout' | 'stderr' | 'env'> = {
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  exitCode: null,
};

const app = applicationOf(COMMANDS, GROUPS, manifest.version, {
  context: {
    cwd: process.cwd(),
    now: new Date(),
    color: !process.env['NO_COLOR'] && (terminal || Boolean(process.env['FORCE_COLOR'])),
    width: terminal ? process.stdout.columns : undefined,
    version: manifest.version,
    home: fileURLToPath(new URL('..', import.meta.url)),
    cacheDirectory: process.env['COUNTERSIGN_CACHE_DIR'] || undefined,
    imageDirectory: imageDirectory(),
    stdin: process.stdin.isTTY ? undefined : async () => (await import('node:stream/consumers')).text(process.stdin),
    note: line => process.stderr.write(`${line}\n`),
    progress: progressOn(process.stderr),
    interrupted: interruption,
  },
  print: text => new Promise<void>(resolve => process.stdout.write(text, () => resolve())),
  save: async (file, text) => (await import('node:fs/promises')).writeFile(file, text),
  complain: text => process.stderr.write(text),
});

process.stdout.on('error', error => {
  // The reader of a pipe, such as `head`, has seen enough.
  if ((error as NodeJS.ErrnoException).code === 'EPIPE') process.exit(0);
  throw error;
});

await run(app.application, process.argv.slice(2), { process: stdio });
// Stricli answers usage errors with negative codes of its own; for us they are all 2.
const usage = typeof stdio.exitCode === 'number' && stdio.exitCode !== 0 && app.outcome() === undefined;
process.exitCode = usage ? 2 : (app.outcome() ?? 0);
