import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Area } from '../area.ts';
import { interleave, type Job, median, type Program, type Sample } from '../measure.ts';
import { oasdiff, spectral } from '../peers.ts';
import { type Row, row } from '../rows.ts';

const GOAL_S = 5;
/** With the results of the run before. */
const KEPT_GOAL_S = 2;

/** The main job on the shipped estate, beside the peers that do parts of it. */
export const check: Area = {
  name: 'check',
  brief: 'check of the shipped estate, alone, against a base, and again when nothing has changed',
  rows({ root, runs, note }) {
    const bench = join(root, 'bench');
    const base = mkdtempSync(join(tmpdir(), 'bench-base-'));
    try {
      cpSync(join(root, 'contracts'), base, { recursive: true });
      const documents = documentsIn(join(root, 'contracts'));
      const [linter, differ] = [spectral(bench), oasdiff(bench)];
      const lint = linter.program === undefined ? undefined : lintJob(linter.program, root, documents);
      const diff = differ.program === undefined ? undefined : diffJob(differ.program, base, root, documents);
      const jobs = {
        check: ours(root, '--no-cache'),
        checkBase: ours(root, '--no-cache', '--base', base),
        // The first round, which is discarded, leaves results for the others.
        checkAgain: ours(root),
        lint,
        lintAndDiff: lint && diff && [...lint, ...diff],
      };
      const samples = interleave(jobs, { runs, bench, note });
      const linted = `${linter.label}: lint of the same OpenAPI and AsyncAPI documents, a part of check`;
      const compared = `${linter.label} and ${differ.label}: lint and breaking changes of the same documents, a part of check --base`;
      return [
        ...rows('check', GOAL_S, samples.check, linted, samples.lint),
        ...rows('check --base', GOAL_S, samples.checkBase, compared, samples.lintAndDiff),
        ...rows('check, nothing changed', KEPT_GOAL_S, samples.checkAgain, linted, samples.lint),
      ];
    } finally {
      rmSync(base, { recursive: true });
    }
  },
};

interface Document {
  readonly kind: 'openapi' | 'asyncapi';
  /** Relative to contracts/. */
  readonly path: string;
}

function documentsIn(contracts: string): Document[] {
  return readdirSync(contracts, { recursive: true, encoding: 'utf8' })
    .filter(path => /\.(yaml|json)$/.test(path))
    .sort()
    .flatMap(path => {
      const kind = /^(?:\{?\s*")?(openapi|asyncapi)"?:/m.exec(readFileSync(join(contracts, path), 'utf8'))?.[1];
      return kind === 'openapi' || kind === 'asyncapi' ? [{ kind, path }] : [];
    });
}

/** 1: there were findings, and the work was done. */
const DONE = [0, 1];

function ours(root: string, ...flags: string[]): Job {
  return [{ kind: 'node', args: [join(root, 'dist/cli.js'), 'check', ...flags], cwd: root, ok: DONE }];
}

function lintJob(program: string, root: string, documents: readonly Document[]): Job {
  const files = documents.map(({ path }) => join('contracts', path));
  return [{ kind: 'node', args: [program, 'lint', '--ruleset', 'bench/spectral.yaml', ...files], cwd: root, ok: DONE }];
}

function diffJob(program: string, base: string, root: string, documents: readonly Document[]): Job {
  return documents
    .filter(({ kind }) => kind === 'openapi')
    .map(({ path }): Program => {
      const args = [program, 'breaking', join(base, path), join('contracts', path)];
      return { kind: 'native', args, cwd: root, ok: DONE };
    });
}

function rows(name: string, goal: number, ours: readonly Sample[], peer: string, theirs: readonly Sample[]): Row[] {
  const values = (of: (sample: Sample) => number | undefined) => ({
    ours: median(ours.map(of)),
    peer,
    peerValue: median(theirs.map(of)),
  });
  const wall = values(({ wallMs }) => wallMs / 1000);
  return [
    row(`${name}, wall`, 's', { ...wall, atMost: goal, goal: `≤ ${goal} s` }),
    row(
      `${name}, CPU`,
      's',
      values(({ cpuMs }) => (cpuMs === undefined ? undefined : cpuMs / 1000)),
    ),
    row(
      `${name}, memory`,
      'MB',
      values(({ memoryMb }) => memoryMb),
    ),
  ];
}
