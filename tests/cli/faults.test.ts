import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FindingsDocument } from '../../src/format/index.ts';
import { load, snapshotOfDirectory } from '../../src/load/index.ts';
import { countersign, ROOT } from './cli.ts';
import { FAULTS, type Fault } from './faults.ts';
import { countersignHere } from './here.ts';

const shipped = join(ROOT, 'contracts');
let directory: string;
// How many contracts there are without a fault.
let contracts: number;
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'countersign-faults-'));
  // What the copies have in common is worked out once. That a cache changes no finding is shown in tests/commands.
  await countersign(['check']);
  contracts = load(await snapshotOfDirectory(shipped)).contracts.length;
}, 120_000);
afterAll(() => rmSync(directory, { recursive: true, force: true }));

function copyWith({ name, file, edit: [from, to] }: Fault): string {
  const copy = join(directory, name.replaceAll(/[^a-z]+/gi, '-'));
  cpSync(shipped, copy, { recursive: true });
  const text = readFileSync(join(copy, file), 'utf8');
  expect(text.split(from).length - 1, `"${from}" in ${file}`).toBe(1);
  writeFileSync(
    join(copy, file),
    text.replace(from, () => to),
  );
  return copy;
}

describe('a fault in a copy of the shipped contracts', () => {
  test.each(FAULTS)(
    '$name',
    async fault => {
      const copy = copyWith(fault);
      const args = ['check', copy, '--as-of', '2026-11-21', ...(fault.base ? ['--base', shipped] : [])];
      const { code, stdout, stderr } = await countersignHere([...args, '--format', 'json']);
      expect(stderr).toBe('');
      expect(code).toBe(1);
      const { findings, looked, verdict } = JSON.parse(stdout) as FindingsDocument;
      expect(verdict).toBe('fail');
      const found = findings.find(({ rule, subject }) => rule === fault.rule && subject === fault.subject);
      expect(
        found,
        JSON.stringify(
          findings.map(({ rule, subject, message }) => [rule, subject, message]),
          null,
          1,
        ),
      ).toBeDefined();
      // A breaking change is shown where it was made, which may be a schema that the contract refers to.
      expect(resolve(ROOT, found!.location.file)).toBe(`${copy}/${fault.file}`);
      expect(found!.location.line).toBeGreaterThan(0);
      // All the others are still looked at: one less where one cannot be parsed.
      const expected = fault.rule === 'load/syntax' ? contracts - 1 : contracts;
      expect(looked.find(({ label }) => label === 'contracts')?.value).toBe(expected);
    },
    120_000,
  );

  test('is shown to people with rule, subject and place, and without a stack trace', async () => {
    const fault = FAULTS.find(({ rule }) => rule === 'load/syntax')!;
    const copy = copyWith({ ...fault, name: 'for-people' });
    const { code, stdout, stderr } = await countersign(['check', copy, '--as-of', '2026-11-21']);
    expect(code).toBe(1);
    expect(stdout).toContain('load/syntax');
    expect(stdout).toContain('api:suppliers@2');
    expect(stdout).toMatch(/system\/suppliers\/v2\/openapi\.yaml:\d+:\d+/);
    expect(stdout + stderr).not.toMatch(/\n\s+at .*\(?.*:\d+:\d+\)?/);
  }, 120_000);
});
