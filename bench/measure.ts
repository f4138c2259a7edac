/** Running programs and measuring them, each as a process of its own. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Program {
  /** A script for this Node with its arguments, or the path of a native program with its own. */
  readonly kind: 'node' | 'native';
  readonly args: readonly string[];
  readonly cwd?: string;
  /** Exit codes of a run that did its work; only 0 unless given. */
  readonly ok?: readonly number[];
}

/** Programs that run one after the other and together do one piece of work. */
export type Job = readonly Program[];

export interface Sample {
  readonly wallMs: number;
  /** User and system time of all threads. Undefined where this machine cannot tell. */
  readonly cpuMs: number | undefined;
  /** Largest resident set. Undefined where this machine cannot tell. */
  readonly memoryMb: number | undefined;
}

export interface Options {
  readonly runs: number;
  /** Directory of usage.cjs. */
  readonly bench: string;
  /** Keep every process on one core, so that they differ in work and not in luck. */
  readonly pinned?: boolean;
  readonly note?: (line: string) => void;
}

/**
 * Samples by job, none for a job that is undefined. Every round runs each job once, in turning order, so that whatever else the machine does hits all of
 * them alike. The first round warms the caches of the disk and is discarded.
 */
export function interleave<K extends string>(
  jobs: Readonly<Record<K, Job | undefined>>,
  { runs, bench, pinned = false, note }: Options,
): Record<K, Sample[]> {
  const names = Object.keys(jobs) as K[];
  const samples = Object.fromEntries(names.map(name => [name, [] as Sample[]])) as Record<K, Sample[]>;
  const prefix = pinned ? onOneCore() : [];
  const scratch = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    for (let round = 0; round <= runs; round++) {
      note?.(round === 0 ? 'warm-up' : `round ${round} of ${runs}`);
      for (const name of round % 2 === 0 ? names : names.toReversed()) {
        const parts = jobs[name]?.map(program => measure(program, prefix, bench, join(scratch, 'usage')));
        if (parts && round > 0) samples[name].push(sum(parts));
      }
    }
  } finally {
    rmSync(scratch, { recursive: true });
  }
  return samples;
}

function measure(program: Program, prefix: readonly string[], bench: string, usageFile: string): Sample {
  const { kind, args, cwd, ok = [0] } = program;
  const own =
    kind === 'node' ? [process.execPath, '--require', join(bench, 'usage.cjs'), ...args] : timed(args, usageFile);
  const [command, ...rest] = [...prefix, ...own] as [string, ...string[]];
  rmSync(usageFile, { force: true });
  const begin = performance.now();
  const { status, error, stderr } = spawnSync(command, rest, {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, NO_COLOR: '1', ...(kind === 'node' ? { BENCH_USAGE: usageFile } : {}) },
    ...(cwd === undefined ? {} : { cwd }),
  });
  const wallMs = performance.now() - begin;
  if (error) throw error;
  if (status === null || !ok.includes(status)) {
    throw new Error(`exit code ${status} of ${args.join(' ')}\n${stderr.toString().slice(-2000)}`);
  }
  return { wallMs, ...usage(kind, usageFile) };
}

const GNU_TIME = '/usr/bin/time';

/** A native program reports through GNU time, to 10 ms, or not at all. */
function timed(args: readonly string[], usageFile: string): readonly string[] {
  const format = '{"user":%U,"system":%S,"kilobytes":%M}';
  return process.platform === 'linux' && existsSync(GNU_TIME)
    ? [GNU_TIME, '-q', '-f', format, '-o', usageFile, ...args]
    : args;
}

function usage(kind: Program['kind'], file: string): Pick<Sample, 'cpuMs' | 'memoryMb'> {
  if (!existsSync(file)) return { cpuMs: undefined, memoryMb: undefined };
  const used = JSON.parse(readFileSync(file, 'utf8'));
  if (kind === 'node') return used;
  return { cpuMs: (used.user + used.system) * 1000, memoryMb: used.kilobytes / 1024 };
}

function sum(parts: readonly Sample[]): Sample {
  return {
    wallMs: add(parts.map(({ wallMs }) => wallMs))!,
    cpuMs: add(parts.map(({ cpuMs }) => cpuMs)),
    memoryMb: known(
      parts.map(({ memoryMb }) => memoryMb),
      values => Math.max(...values),
    ),
  };
}

const add = (values: readonly (number | undefined)[]) =>
  known(values, all => all.reduce((total, value) => total + value, 0));

function known(values: readonly (number | undefined)[], fold: (values: readonly number[]) => number) {
  const all = values.filter(value => value !== undefined);
  return all.length > 0 && all.length === values.length ? fold(all) : undefined;
}

/** Any user may choose among the cores that the process has; where there is no taskset, nothing is pinned. */
function onOneCore(): readonly string[] {
  if (process.platform !== 'linux') return [];
  const core = /^Cpus_allowed_list:\s*(\d+)/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
  if (core === undefined) return [];
  const prefix = ['taskset', '-c', core];
  return spawnSync(prefix[0]!, [...prefix.slice(1), 'true']).status === 0 ? prefix : [];
}

/** Middle value; the mean of the two middle ones of an even number. Undefined where a value or every value is missing. */
export function median(values: readonly (number | undefined)[]): number | undefined {
  return known(values, all => {
    const sorted = [...all].sort((a, b) => a - b);
    const middle = sorted.length >> 1;
    return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
  });
}
