/** The program in this process: no start, and what is loaded once serves every run. True runs are those of cli.ts. */
import { writeFile } from 'node:fs/promises';
import { run } from '@stricli/core';
import manifest from '../../package.json' with { type: 'json' };
import { applicationOf } from '../../src/cli/application.ts';
import { COMMANDS, GROUPS } from '../../src/commands/index.ts';
import { ROOT, type Run } from './cli.ts';

/** As {@link countersign} of cli.ts, for commands that end by themselves. */
export async function countersignHere(args: readonly string[], { cwd = ROOT } = {}): Promise<Run> {
  let [stdout, stderr] = ['', ''];
  const print = (text: string) => {
    stdout += text;
  };
  const complain = (text: string) => {
    stderr += text;
  };
  const app = applicationOf(COMMANDS, GROUPS, manifest.version, {
    context: {
      cwd,
      now: new Date(),
      color: false,
      width: undefined,
      version: manifest.version,
      home: ROOT,
      cacheDirectory: undefined,
      note: line => complain(`${line}\n`),
      interrupted: () => AbortSignal.abort(),
    },
    print: async text => print(text),
    save: writeFile,
    complain,
  });
  const surroundings = { stdout: { write: print }, stderr: { write: complain }, env: process.env, exitCode: null };
  await run(app.application, args, { process: surroundings });
  // src/cli/main.ts: usage errors of Stricli's have codes of their own.
  const isUsage = Boolean(surroundings.exitCode) && app.outcome() === undefined;
  return { code: isUsage ? 2 : (app.outcome() ?? 0), stdout, stderr };
}
