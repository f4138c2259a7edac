import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Context } from '../../src/commands/command.ts';
import type { CoverageDocument } from '../../src/commands/coverage.output.ts';
import { coverage } from '../../src/commands/coverage.ts';

const HOME = fileURLToPath(new URL('../..', import.meta.url));
const DOMAIN = `countersign: domain
id: domain:orders
name: Orders
description: d
owner: team:orders
areas:
  - id: D1
    title: Interfaces
    description: d
    rows:
      - {id: D1.1, title: Orders are listed, description: d, expects: ['api:orders@*#listOrders']}
      - {id: D1.2, title: Orders are made, description: d, expects: ['api:orders@*#listOrders', 'api:orders@*#createOrder']}
  - id: D2
    title: Habits
    description: d
    rows:
      - {id: D2.1, title: Orders are reviewed, description: d, unchecked: By people.}
`;
const api = (covers: string) => `openapi: 3.1.0
info: {title: Orders, version: 1.0.0}
x-governance: {id: "api:orders@1", covers: [${covers}]}
paths: {/orders: {get: {operationId: listOrders, responses: {'200': {description: ok}}}}}
`;

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'countersign-coverage-'));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

let count = 0;
const notes: string[] = [];

/** Runs the command over an estate of the given files. */
async function run(files: Readonly<Record<string, string>>, flags: Readonly<Record<string, unknown>> = {}) {
  count += 1;
  const directory = join(root, `case-${count}`, 'contracts');
  mkdirSync(directory, { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text);
  const context: Context = {
    cwd: join(root, `case-${count}`),
    now: new Date('2026-11-21T00:00:00Z'),
    color: false,
    width: 80,
    version: '0',
    home: HOME,
    cacheDirectory: undefined,
    note: line => notes.push(line),
    interrupted: () => new AbortController().signal,
  };
  const all = { area: undefined, uncovered: false, 'fail-on-gaps': false, format: 'text', ...flags };
  return coverage.run(['contracts'], all as never, context);
}
const documentOf = async (files: Readonly<Record<string, string>>, flags = {}) =>
  JSON.parse((await run(files, { format: 'json', ...flags })).text) as CoverageDocument;

describe('coverage', () => {
  const files = { 'domain.yaml': DOMAIN, 'api.yaml': api('D1.1, D1.2') };

  test('prints areas, rows and what is missing', async () => {
    const { text, exitCode } = await run(files);
    expect(exitCode).toBe(0);
    expect(text).toMatchInlineSnapshot(`
      "area              rows  confirmed  claimed  uncovered
      D1    Interfaces     2          1        1          0
      D2    Habits         1          0        0          1
      all                  3          1        1          1

      D1  Interfaces
        ✔ D1.1  Orders are listed    1 of 1
        ~ D1.2  Orders are made      1 of 2
                missing  api:orders@*#createOrder

      D2  Habits
        ✘ D2.1  Orders are reviewed  not checked

      ✔ everything it expects is there
      ~ claimed, but not all of it is there or can be checked
      ✘ nothing covers it
      "
    `);
  });

  test('prints the same as JSON', async () => {
    const { ids, summary, findings } = await documentOf(files);
    expect(ids).toEqual([
      {
        id: 'D1.1',
        area: 'D1',
        title: 'Orders are listed',
        covered: true,
        confirmed: true,
        by: ['api:orders@1#listOrders'],
        expects: [{ content: 'api:orders@*#listOrders', by: ['api:orders@1#listOrders'] }],
        missing: [],
      },
      expect.objectContaining({ id: 'D1.2', covered: true, confirmed: false, missing: ['api:orders@*#createOrder'] }),
      expect.objectContaining({ id: 'D2.1', covered: false, confirmed: false, by: [], unchecked: 'By people.' }),
    ]);
    expect(summary).toMatchObject({ rows: 3, covered: 2, confirmed: 1, uncovered: 1 });
    expect(findings.map(({ rule, level, subject, place }) => [rule, level, subject, place.file, place.line])).toEqual([
      ['coverage/unmet-expectation', 'warn', 'domain:orders#D1.2', 'contracts/domain.yaml', 12],
      ['coverage/uncovered', 'info', 'domain:orders#D2.1', 'contracts/domain.yaml', 17],
    ]);
  });

  test('one area, or only what nothing covers', async () => {
    const area = await documentOf(files, { area: 'D2' });
    expect([area.ids.map(({ id }) => id), area.summary.rows]).toEqual([['D2.1'], 1]);
    const uncovered = await documentOf(files, { uncovered: true });
    expect([uncovered.ids.map(({ id }) => id), uncovered.summary.rows]).toEqual([['D2.1'], 3]);
    expect((await run(files, { area: 'D2' })).text).toContain('proof    By people.');
  });

  test('gaps fail where that was asked', async () => {
    expect((await run(files, { 'fail-on-gaps': true })).exitCode).toBe(1);
    const closed = {
      'domain.yaml': DOMAIN.replace(", 'api:orders@*#createOrder'", ''),
      'api.yaml': api('D1.1, D1.2, D2.1'),
    };
    expect((await run(closed, { 'fail-on-gaps': true })).exitCode).toBe(0);
  });

  test('a wrong claim fails, with what was meant and where it stands', async () => {
    const { text, exitCode } = await run({ ...files, 'api.yaml': api('D1.1, D1.3') });
    expect(exitCode).toBe(1);
    expect(text).toContain('✖ error  coverage/unknown-id\n');
    expect(text).toMatch(/did\s+you mean D1\.1\?\n {4}contracts\/api\.yaml:3:\d+\n/);
  });

  test('a waiver excuses a wrong claim, and nothing once it does not fit', async () => {
    const { findings } = JSON.parse(
      (await run({ ...files, 'api.yaml': api('D9') }, { format: 'json' })).text,
    ) as CoverageDocument;
    expect(findings[0]).toMatchObject({ rule: 'coverage/unknown-id', subject: 'api:orders@1' });
    const { finding, startOf } = await import('../../src/model/index.ts');
    const input = { subject: 'api:orders@1', message: '', location: startOf('x'), facts: { row: 'D9' } };
    const { fingerprint } = finding({ id: 'coverage/unknown-id', severity: 'error' }, input);
    const waiver = `countersign: waiver\nid: waiver:w\nrule: coverage/unknown-id\nsubject: api:orders@1\nfingerprint: ${fingerprint}\nreason: The row is agreed and will be written next week.\nowner: team:orders\nauthor: a@a.example\napprover: b@a.example\ngranted: '2026-11-01'\nexpires: '2026-12-01'\n`;
    expect((await run({ ...files, 'api.yaml': api('D9'), 'waiver.yaml': waiver })).exitCode).toBe(0);
    expect((await run({ ...files, 'waiver.yaml': waiver })).text).toContain('lifecycle/waiver-unmatched');
  });

  test('what could not be read makes the answer inconclusive', async () => {
    const { exitCode, text } = await run({ ...files, 'broken.yaml': 'openapi: [\n' });
    expect(exitCode).toBe(3);
    expect(text).toContain('✔ D1.1');
    expect(notes.at(-1)).toMatch(/"countersign check" lists/);
  });

  test('without requirements it says how to write them', async () => {
    await expect(run({ 'api.yaml': api('') })).rejects.toThrow(
      /write contracts\/domain\.yaml with "countersign: domain"/,
    );
    const broken = { 'domain.yaml': DOMAIN.replace('unchecked: By people.', "expects: ['operation:x']") };
    await expect(run(broken)).rejects.toThrow(/contracts\/domain\.yaml cannot be read/);
    await expect(run(files, { area: 'D3' })).rejects.toThrow('there is no area "D3"; there are D1, D2');
  });

  test('titles cannot recolour a terminal or talk to a CI system', async () => {
    const hostile = DOMAIN.replace('title: Orders are listed', 'title: "\\u001b[31mred ##vso[task.complete]"');
    const { text } = await run({ ...files, 'domain.yaml': hostile });
    expect(text).not.toContain('\u001b');
    expect(text).not.toContain('##vso[');
  });
});
