import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import type { Area } from '../../bench/area.ts';
import { AREAS } from '../../bench/areas/index.ts';
import { main } from '../../bench/main.ts';
import { type Row, row, table } from '../../bench/rows.ts';
import { ROOT } from '../cli/cli.ts';

const conforms = new Ajv2020({ strict: true, allowUnionTypes: true, strictRequired: false }).compile(
  JSON.parse(readFileSync(join(ROOT, 'bench/rows.schema.json'), 'utf8')),
);

const ROWS = [
  row('fast, wall', 's', { ours: 1.2345, peer: 'a peer 1.0', peerValue: 2.469, atMost: 5, goal: '≤ 5 s' }),
  row('slow, wall', 's', { ours: 123.4, peer: 'a peer 1.0', peerValue: 12.34, atMost: 5, goal: '≤ 5 s' }),
  row('over', 'ms', { ours: 20, whole: 120, peer: 'nothing', peerValue: 100 }),
  row('alone', 'MB', { ours: 80, peer: 'b (not installed: how)', peerValue: undefined }),
  row('unknown', 'MB', { ours: undefined, peer: 'nothing', peerValue: 90, atMost: 5, goal: '≤ 5 MB' }),
];
const fake: Area = { name: 'fake', brief: 'made up', rows: () => ROWS };

async function bench(argv: readonly string[], areas: readonly Area[] = [fake]) {
  let stdout = '';
  let stderr = '';
  const code = await main(argv, ROOT, areas, { stdout: text => (stdout += text), stderr: text => (stderr += text) });
  return { code, stdout, stderr };
}

test('rows conform to their schema', () => {
  expect(conforms(ROWS), JSON.stringify(conforms.errors)).toBe(true);
  expect(ROWS.map(({ ours, ratio, holds }) => [ours, ratio, holds])).toEqual([
    [1.235, 0.5, true],
    [123.4, 10, false],
    [20, 1.2, null],
    [80, null, null],
    [null, null, null],
  ]);
});

test.each([
  ['a ratio to nothing', { ...ROWS[3], ratio: 1 }],
  ['a verdict without a goal', { ...ROWS[2], holds: true }],
  ['a missing value', { ...ROWS[0], peer: undefined }],
  ['a value too many', { ...ROWS[0], note: '' }],
])('the schema refuses %s', (_, faulty) => {
  expect(conforms([JSON.parse(JSON.stringify(faulty))])).toBe(false);
});

test('the table is aligned and names the peers once', () => {
  expect(table(ROWS)).toMatchInlineSnapshot(`
    "            unit  ours      peer  ratio  goal
    fast, wall  s     1.24  2.47 [1]   0.50  ≤ 5 s   holds
    slow, wall  s      123  12.3 [1]  10.00  ≤ 5 s   MISSED
    over        ms    20.0   100 [2]   1.20
    alone       MB    80.0     - [3]      -
    unknown     MB       -  90.0 [2]      -  ≤ 5 MB

    [1] a peer 1.0
    [2] nothing
    [3] b (not installed: how)
    "
  `);
});

test('prints a table or JSON', async () => {
  expect(await bench(['fake'])).toEqual({ code: 0, stdout: table(ROWS), stderr: '' });
  expect(JSON.parse((await bench(['--format', 'json'])).stdout)).toEqual(ROWS);
});

test('a missed goal fails only when asked to', async () => {
  expect((await bench(['fake', '--strict'])).code).toBe(1);
});

test.each([['nowhere'], ['--runs', '0'], ['--runs', 'many'], ['--format', 'xml'], ['--unknown']])(
  '%s %s is a usage error',
  async (...argv) => {
    const { code, stdout, stderr } = await bench(argv.filter(arg => arg !== undefined));
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain('usage: npm run bench');
  },
);

test('the start area measures, whether or not its peer is installed', async () => {
  const rows: Row[] = JSON.parse((await bench(['start', '--runs', '1', '--format', 'json'], AREAS)).stdout);
  expect(conforms(rows), JSON.stringify(conforms.errors)).toBe(true);
  expect(rows.map(({ name }) => name)).toContain('--help over an empty node process');
  for (const { name, ours } of rows) expect(ours, name).not.toBeNull();
});
