import { join } from 'node:path';
import type { Area } from '../area.ts';
import { interleave, type Job, median, type Sample } from '../measure.ts';
import { spectral } from '../peers.ts';
import { type Row, row } from '../rows.ts';

const GOAL_MS = 40;

/** A tenth of a second drowns in what else the machine does, and costs little to repeat: so many rounds for one. */
const SHORT = 5;

/** How long a user waits before anything happens at all. */
export const start: Area = {
  name: 'start',
  brief: 'what it takes to print help, over an empty Node process',
  rows({ root, runs, note }) {
    const bench = join(root, 'bench');
    const cli = join(root, 'dist/cli.js');
    const peer = spectral(bench);
    const help = node(cli, '--help');
    const short = { empty: node('-e', '0'), help, checkHelp: node(cli, 'check', '--help') };
    const samples = interleave(short, { runs: runs * SHORT, bench, note, pinned: true });
    const long = { help, peer: peer.program === undefined ? undefined : node(peer.program, '--help') };
    const beside = interleave(long, { runs, bench, note, pinned: true });
    return [
      ...over('--help over an empty node process', samples.help, samples.empty),
      ...over('check --help over an empty node process', samples.checkHelp, samples.empty),
      row('--help beside spectral --help', 'ms', {
        ours: median(beside.help.map(wall)),
        peer: peer.label,
        peerValue: median(beside.peer.map(wall)),
      }),
    ];
  },
};

const node = (...args: string[]): Job => [{ kind: 'node', args }];
const wall = ({ wallMs }: Sample) => wallMs;
const cpu = ({ cpuMs }: Sample) => cpuMs;

/** The median of the differences within the rounds, since a round's two processes see the same machine. */
function over(name: string, ours: readonly Sample[], empty: readonly Sample[]): Row[] {
  const values = (of: (sample: Sample) => number | undefined) => ({
    ours: median(ours.map((sample, round) => difference(of(sample), of(empty[round]!)))),
    whole: median(ours.map(of)),
    peer: 'empty node process',
    peerValue: median(empty.map(of)),
  });
  return [
    row(name, 'ms', { ...values(wall), atMost: GOAL_MS, goal: `≤ ${GOAL_MS} ms over` }),
    row(`${name}, CPU`, 'ms', values(cpu)),
  ];
}

function difference(whole: number | undefined, part: number | undefined): number | undefined {
  return whole === undefined || part === undefined ? undefined : whole - part;
}
