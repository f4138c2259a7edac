/** A few of the cases of bench/fuzz-lint.mjs, which runs ten thousand. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { fuzzLint, SECRET } from '../../bench/fuzz/lint.ts';
import { ROOT } from '../cli/cli.ts';

it('damaged and hostile documents and rulesets end in findings that name them', async () => {
  const parent = realpathSync(mkdtempSync(join(tmpdir(), 'fuzz-')));
  const folder = join(parent, 'folder');
  mkdirSync(folder);
  writeFileSync(join(parent, 'secret.yaml'), `${SECRET}: {type: ${SECRET}}\n`);
  const fetched = vi.spyOn(globalThis, 'fetch').mockRejectedValue(new Error('fetched'));
  try {
    const { faults, ...tally } = await fuzzLint({ root: ROOT, folder, documents: 40, rulesets: 30, seed: 7 });
    expect(faults).toEqual([]);
    expect(tally).toMatchObject({ documents: 40, rulesets: 30 });
    expect(tally.refused).toBeGreaterThan(5);
    expect(tally.refused).toBeLessThan(30);
    expect(fetched).not.toHaveBeenCalled();
  } finally {
    fetched.mockRestore();
    rmSync(parent, { recursive: true });
  }
}, 60_000);
