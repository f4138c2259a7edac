/** The process that is watched: no fetch, no connection, no file from outside; says on which case it is. */
import dns from 'node:dns';
import fs, { mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';
import { join } from 'node:path';
import { fuzzLint, SECRET } from './lint.ts';

/** `scratch` is an empty directory. Prints the tally, and writes the case at work to `current.json` in it, the slowest to `slowest.json`. */
export async function main(root: string, scratch: string, count: number, seed: number): Promise<0 | 1> {
  const folder = join(realpathSync(scratch), 'folder');
  mkdirSync(folder);
  writeFileSync(join(folder, '..', 'secret.yaml'), `${SECRET}: {type: ${SECRET}}\n`);
  process.env['COUNTERSIGN_FUZZ'] = SECRET;
  const reached = forbid([folder, root]);
  const current = join(scratch, 'current.json');
  const slowest = { name: '', ms: 0 };
  let text = '';
  let begun = 0;
  const tally = await fuzzLint({
    root,
    folder,
    documents: Math.ceil(count * 0.7),
    rulesets: Math.floor(count * 0.3),
    seed,
    begin(name, written) {
      text = written;
      writeFileSync(current, JSON.stringify({ name, text }));
      begun = performance.now();
    },
    end(name) {
      const ms = Math.round(performance.now() - begun);
      if (ms <= slowest.ms) return;
      Object.assign(slowest, { name, ms });
      writeFileSync(join(scratch, 'slowest.json'), JSON.stringify({ name, ms, text }));
    },
  });
  const faults = [...tally.faults, ...reached.map(what => `reached out: ${what}`)];
  console.log({ ...tally, faults: faults.length, slowest });
  for (const fault of faults.slice(0, 20)) console.log(fault.slice(0, 2000));
  return faults.length > 0 ? 1 : 0;
}

/** Replaces what reaches out of the process. Gives the list of what was tried. */
function forbid(readable: readonly string[]): string[] {
  const reached: string[] = [];
  const refuse = (what: string) => {
    reached.push(what);
    throw new Error(`forbidden: ${what}`);
  };
  globalThis.fetch = async input => refuse(`fetch ${String(input)}`);
  net.Socket.prototype.connect = () => refuse('connect');
  dns.lookup = (() => refuse('dns.lookup')) as unknown as typeof dns.lookup;
  const { readFile } = fs.promises;
  fs.promises.readFile = (async (...input: Parameters<typeof readFile>) => {
    const path = String(input[0]);
    if (!readable.some(directory => path.startsWith(`${directory}/`))) refuse(`readFile ${path}`);
    return readFile(...input);
  }) as typeof readFile;
  syncBuiltinESMExports();
  return reached;
}
