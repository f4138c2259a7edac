import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { ROOT } from '../cli/cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'summary-'));
afterAll(() => rmSync(folder, { recursive: true }));

function summary(...reports: readonly (object | undefined)[]) {
  const files = reports.map((report, index) => {
    const file = join(folder, `run-${index}.json`);
    rmSync(file, { force: true });
    if (report) writeFileSync(file, JSON.stringify(report));
    return file;
  });
  const { status, stdout } = spawnSync(process.execPath, [join(ROOT, 'scripts/test-summary.mjs'), ...files], {
    encoding: 'utf8',
  });
  return { status, lines: stdout.trimEnd().split('\n') };
}

const file = (status: string, ...tests: string[]) => ({
  status,
  name: 'a.test.ts',
  assertionResults: tests.map((result, index) => ({
    status: result,
    fullName: `test ${index}`,
    failureMessages: result === 'failed' ? ['AssertionError: expected 1 to be 2\n    at a.test.ts:3:1'] : [],
  })),
});
const good = { success: true, testResults: [file('passed', 'passed', 'passed'), file('passed', 'passed', 'pending')] };

test('adds up the runs', () => {
  expect(summary(good, good)).toEqual({ status: 0, lines: ['2 skipped', '6 passed, 0 failed'] });
});

test('names what failed, and why', () => {
  const bad = { success: false, testResults: [file('failed', 'passed', 'failed')] };
  expect(summary(good, bad)).toEqual({
    status: 1,
    lines: [
      '✖ run-1: test 1',
      '    AssertionError: expected 1 to be 2',
      '        at a.test.ts:3:1',
      '1 skipped',
      '4 passed, 1 failed',
    ],
  });
});

test.each([
  ['a file that could not be loaded', { success: false, testResults: [file('failed')] }],
  ['an error outside of the tests', { success: false, testResults: [file('passed')] }],
  ['a missing report', undefined],
])('%s is a failure', (_, report) => {
  const { status, lines } = summary(good, report);
  expect(status).toBe(1);
  expect(lines.at(-1)).toBe('3 passed, 1 failed');
});
