import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dump } from 'js-yaml';
import type { Area } from '../area.ts';
import { apiOf, type Size } from '../documents.ts';
import { interleave, type Job, median, type Program, type Sample } from '../measure.ts';
import { type Peer, redocly, spectral } from '../peers.ts';
import { type Row, row } from '../rows.ts';

/** At full size. The goals are about these. */
const FLEET = 100;
const LARGE = { resources: 1450 };
const CYCLIC = { resources: 600, cyclic: true };

/** countersign lint beside spectral-cli, which it takes the place of, and Redocly, which is the quickest on large files. */
export const lint: Area = {
  name: 'lint',
  brief:
    'lint of a fleet of 100 documents, of one, of a very large and of a cyclic one, beside spectral-cli and redocly',
  rows({ root, runs, share, note }) {
    const bench = join(root, 'bench');
    const peers = { spectral: spectral(bench), redocly: redocly(bench) };
    const scratch = mkdtempSync(join(tmpdir(), 'bench-lint-'));
    try {
      const files = writeDocuments(scratch, share);
      const work = jobsOf(root, scratch, peers);
      const samples = interleave(
        {
          fleet: work.ours(['--no-cache'], files.fleet),
          fleetSpectral: work.spectral(files.fleet),
          fleetRedocly: work.redocly(files.fleet),
          // The first round, which is discarded, leaves results for the others.
          fleetAgain: work.ours([], files.fleet),
          fleetChanged: work.change(files.fleet[0]!, work.ours([], files.fleet)),
          one: work.ours(['--no-cache'], files.fleet.slice(0, 1)),
          oneSpectral: work.spectral(files.fleet.slice(0, 1)),
          large: work.ours(['--no-cache'], [files.large]),
          largeRedocly: work.redocly([files.large]),
          cyclic: work.ours(['--no-cache'], [files.cyclic]),
          cyclicSpectral: work.spectral([files.cyclic]),
        },
        { runs, bench, note },
      );
      const { spectral: first, redocly: second } = peers;
      const fleet = `fleet of ${files.fleet.length}`;
      const large = `one of ${megabytes(files.large)}`;
      const cyclic = `a cyclic one of ${megabytes(files.cyclic)}`;
      return [
        ...compared(fleet, samples.fleet, first, samples.fleetSpectral, 0.2),
        ...compared(fleet, samples.fleet, second, samples.fleetRedocly, 0.5),
        ...compared(`${fleet}, one changed`, samples.fleetChanged, first, samples.fleetSpectral, 0.04),
        ...compared(`${fleet}, nothing changed`, samples.fleetAgain, first, samples.fleetSpectral, 0.02),
        ...compared('one document of 85 kB', samples.one, first, samples.oneSpectral, 0.25),
        ...compared(large, samples.large, second, samples.largeRedocly, 1.5),
        memory(large, samples.large, second, samples.largeRedocly, 700),
        ...compared(cyclic, samples.cyclic, first, samples.cyclicSpectral, 0.6),
      ];
    } finally {
      rmSync(scratch, { recursive: true });
    }
  },
};

function writeDocuments(scratch: string, share: number) {
  mkdirSync(join(scratch, 'fleet'));
  writeFileSync(join(scratch, 'ruleset.yaml'), 'extends: spectral:oas\n');
  // Makes the directory a project, with a cache of its own.
  writeFileSync(join(scratch, 'countersign.yaml'), 'contracts: .\n');
  const scaled = (size: Size) => ({ ...size, resources: Math.ceil(size.resources * share) });
  const write = (name: string, size: Size) => {
    const file = join(scratch, name);
    const document = apiOf(size);
    writeFileSync(file, name.endsWith('.json') ? JSON.stringify(document, null, 2) : dump(document, { noRefs: true }));
    return file;
  };
  return {
    fleet: Array.from({ length: Math.max(2, Math.round(FLEET * share)) }, (_, index) =>
      write(join('fleet', `${String(index).padStart(3, '0')}.yaml`), { resources: 13, seed: index + 1 }),
    ),
    large: write('large.json', scaled(LARGE)),
    cyclic: write('cyclic.yaml', scaled(CYCLIC)),
  };
}

function megabytes(file: string): string {
  return `${(statSync(file).size / 1e6).toFixed(1)} MB`;
}

type Peers = Readonly<Record<'spectral' | 'redocly', Peer>>;

/** 1: there were findings, and the work was done. */
const DONE = [0, 1];

/** As native programs, so that processes which they start are counted with them. */
function jobsOf(root: string, cwd: string, peers: Peers) {
  const node = (...args: string[]): Program => ({ kind: 'native', args: [process.execPath, ...args], cwd, ok: DONE });
  return {
    ours: (flags: readonly string[], files: readonly string[]): Job => [
      node(join(root, 'dist/cli.js'), 'lint', '--ruleset', 'ruleset.yaml', '--format', 'json', ...flags, ...files),
    ],
    change: (file: string, job: Job): Job => {
      const code = 'fs.appendFileSync(process.argv[1], "# " + process.hrtime.bigint() + "\\n")';
      return [node('-e', code, file), ...job];
    },
    spectral: (files: readonly string[]): Job | undefined =>
      peers.spectral.program === undefined
        ? undefined
        : [node(peers.spectral.program, 'lint', '--quiet', '--format', 'json', '--ruleset', 'ruleset.yaml', ...files)],
    redocly: (files: readonly string[]): Job | undefined =>
      peers.redocly.program === undefined
        ? undefined
        : [node(peers.redocly.program, 'lint', '--format', 'json', '--extends', 'recommended', ...files)],
  };
}

/** Wall and CPU time; `share` is the part of the peer's wall time that we may take. */
function compared(name: string, ours: readonly Sample[], peer: Peer, theirs: readonly Sample[], share: number): Row[] {
  const values = (of: (sample: Sample) => number | undefined) => ({
    ours: median(ours.map(of)),
    peer: peer.label,
    peerValue: median(theirs.map(of)),
  });
  const wall = values(({ wallMs }) => wallMs / 1000);
  const goal = wall.peerValue === undefined ? {} : { atMost: share * wall.peerValue, goal: `≤ ${share} × peer` };
  return [
    row(`${name}, wall`, 's', { ...wall, ...goal }),
    row(
      `${name}, CPU`,
      's',
      values(({ cpuMs }) => (cpuMs === undefined ? undefined : cpuMs / 1000)),
    ),
  ];
}

function memory(name: string, ours: readonly Sample[], peer: Peer, theirs: readonly Sample[], most: number): Row {
  return row(`${name}, memory`, 'MB', {
    ours: median(ours.map(({ memoryMb }) => memoryMb)),
    peer: peer.label,
    peerValue: median(theirs.map(({ memoryMb }) => memoryMb)),
    atMost: most,
    goal: `≤ ${most} MB`,
  });
}
