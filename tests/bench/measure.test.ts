import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { interleave, type Job, median } from '../../bench/measure.ts';
import { ROOT } from '../cli/cli.ts';

const bench = join(ROOT, 'bench');
const folder = mkdtempSync(join(tmpdir(), 'measure-'));
afterAll(() => rmSync(folder, { recursive: true }));

const script = (code: string): Job => [{ kind: 'node', args: ['-e', code] }];

test('every round runs every job, in turning order, and the first is discarded', () => {
  const log = join(folder, 'log');
  appendFileSync(log, '');
  const write = (letter: string) => script(`fs.appendFileSync(${JSON.stringify(log)}, '${letter}')`);
  const samples = interleave({ a: write('a'), b: write('b'), c: undefined }, { runs: 2, bench });
  expect(readFileSync(log, 'utf8')).toBe('abbaab');
  expect(samples.a).toHaveLength(2);
  expect(samples.b).toHaveLength(2);
  expect(samples.c).toEqual([]);
});

test('tells time and memory of a Node process with its threads', () => {
  const busy = 'const until = Date.now() + 200; while (Date.now() < until);';
  const threads = `new (require('node:worker_threads').Worker)(${JSON.stringify(busy)}, { eval: true })`;
  const hungry = 'globalThis.kept = Buffer.alloc(200e6, 1)';
  const samples = interleave(
    { idle: script('0'), threads: script(threads), hungry: script(hungry) },
    { runs: 1, bench },
  );
  const [idle, thread, large] = [samples.idle[0]!, samples.threads[0]!, samples.hungry[0]!];
  expect(thread.wallMs).toBeGreaterThan(idle.wallMs);
  expect(thread.cpuMs).toBeGreaterThan(idle.cpuMs!);
  expect(large.memoryMb! - idle.memoryMb!).toBeGreaterThan(150);
});

test('programs of one job add up', () => {
  const [idle] = script('0');
  const { once, thrice } = interleave(
    { once: [idle!], thrice: [idle!, idle!, idle!] },
    { runs: 1, bench, pinned: true },
  );
  expect(thrice[0]!.cpuMs).toBeGreaterThan(once[0]!.cpuMs!);
  expect(thrice[0]!.memoryMb).toBeLessThan(once[0]!.memoryMb! * 2);
});

test('a native program runs by its path', () => {
  const native: Job = [{ kind: 'native', args: [process.execPath, '-e', 'process.exitCode = 3'], ok: [3] }];
  const [sample] = interleave({ native }, { runs: 1, bench }).native;
  expect(sample!.wallMs).toBeGreaterThan(0);
});

test('a program that did not do its work stops the benchmark', () => {
  const broken = script('console.error("why it broke"); process.exitCode = 4');
  expect(() => interleave({ broken }, { runs: 1, bench })).toThrow(/exit code 4.*\nwhy it broke/);
});

test('the median is the middle, and unknown where a value is', () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 2, 3])).toBe(2.5);
  expect(median([1, undefined, 3])).toBeUndefined();
  expect(median([])).toBeUndefined();
});
