import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { expect, test } from 'vitest';
import { layoutNamed } from './layouts.ts';

/** Reads a million rows that are made while they are read, and prints the largest memory that it took. */
const PROGRAM = `
import { readFileSync } from 'node:fs';
import { read } from '../../src/layout/index.ts';

const ROWS = 1_000_000;
const layout = JSON.parse(readFileSync(process.argv[2], 'utf8'));
async function* file() {
  yield Buffer.from('type,id,item_name,quantity,unit,received,receiver,dock\\n');
  const piece = Buffer.alloc(64 * 1024);
  let size = 0;
  for (let row = 0; row < ROWS; row += 1) {
    if (size > piece.length - 100) {
      yield piece.subarray(0, size);
      size = 0;
    }
    const id = String(row).padStart(6, '0');
    size += piece.write(\`R,GR-\${id},"Gloves, size M",1.5,XBX,2026-05-12T14:05:00Z,receiver.0031,1\\n\`, size, 'latin1');
  }
  yield piece.subarray(0, size);
  yield Buffer.from(\`T,\${ROWS},\${ROWS * 1.5}\\n\`);
}
let end;
const faults = [];
for await (const item of read(layout, file(), { faultsOnly: true })) {
  if (item.kind === 'end') end = item;
  if (item.kind === 'fault') faults.push(item.fault.message);
}
console.log(JSON.stringify({ ...end, faults, megabytes: process.resourceUsage().maxRSS / 1024 }));
`;

test('a million rows, each of them unique, take less than 200 MB', () => {
  const directory = mkdtempSync(join(tmpdir(), 'layout-'));
  try {
    const layout = join(directory, 'layout.json');
    writeFileSync(layout, JSON.stringify(layoutNamed('csv').value));
    const program = join(directory, 'program.mjs');
    buildSync({
      stdin: { contents: PROGRAM, resolveDir: import.meta.dirname, loader: 'ts' },
      outfile: program,
      bundle: true,
      format: 'esm',
      platform: 'node',
    });
    const { stdout, stderr } = spawnSync(process.execPath, [program, layout], { encoding: 'utf8' });
    const result = JSON.parse(stdout || `"${stderr}"`);
    expect(result).toMatchObject({ records: 1_000_001, faults: [] });
    expect(result.megabytes).toBeLessThan(200);
  } finally {
    rmSync(directory, { recursive: true });
  }
}, 120_000);
