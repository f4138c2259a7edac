import { execFile } from 'node:child_process';
import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { appendEvidence, LedgerError, LockError, nextEntry, readLedger, verifyChain } from '../../src/ledger/index.ts';
import { withLock } from '../../src/ledger/lock.ts';
import type { Evidence, LedgerEntry } from '../../src/model/index.ts';

let directory: string;
let file: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'countersign-ledger-'));
  file = join(directory, 'state', 'ledger.jsonl');
});
afterEach(() => rm(directory, { recursive: true, force: true }));

function evidence(number: number): Evidence {
  return {
    type: 'verification',
    at: '2026-11-21T10:00:00Z',
    consumer: 'consumer:ap-automation',
    provider: 'api:suppliers@2',
    pact: String(number).padStart(64, '0'),
    target: 'mock',
    success: number % 2 === 0,
    verified: ['api:suppliers@2#getSupplier'],
  };
}

function chainOf(count: number): LedgerEntry[] {
  const entries: LedgerEntry[] = [];
  for (let number = 0; number < count; number += 1) entries.push(nextEntry(entries.at(-1), evidence(number)));
  return entries;
}

describe('the chain', () => {
  const chains = fc.integer({ min: 1, max: 12 }).map(chainOf);
  const chainAndIndex = chains.chain(entries => fc.tuple(fc.constant(entries), fc.nat(entries.length - 1)));

  test('holds as it was written', () => {
    fc.assert(fc.property(chains, entries => verifyChain(entries).ok));
  });

  test('shows any altered field, at the entry', () => {
    const change = fc.constantFrom<(entry: LedgerEntry) => LedgerEntry>(
      entry => ({ ...entry, sequence: entry.sequence + 1 }),
      entry => ({ ...entry, previous: entry.previous.replace(/^./, first => (first === 'a' ? 'b' : 'a')) }),
      entry => ({ ...entry, hash: entry.hash.replace(/^./, first => (first === 'a' ? 'b' : 'a')) }),
      entry => ({ ...entry, evidence: { ...entry.evidence, success: !entry.evidence.success } }),
      entry => ({ ...entry, evidence: { ...entry.evidence, verified: [] } }),
      entry => ({ ...entry, evidence: { ...entry.evidence, target: `${entry.evidence.target} ` } }),
    );
    fc.assert(
      fc.property(chainAndIndex, change, ([entries, index], alter) => {
        const verdict = verifyChain(entries.with(index, alter(entries[index]!)));
        expect(verdict).toMatchObject({ ok: false, sequence: index + 1 });
      }),
    );
  });

  test('shows a removed entry; the last one against an anchor', () => {
    fc.assert(
      fc.property(chainAndIndex, ([entries, index]) => {
        const { sequence, hash } = entries.at(-1)!;
        const verdict = verifyChain(entries.toSpliced(index, 1), { sequence, hash });
        expect(verdict).toMatchObject({ ok: false, sequence: index + 1 });
      }),
    );
  });

  test('shows entries that changed places, were repeated or were forged in between', () => {
    fc.assert(
      fc.property(chainAndIndex, fc.nat(11), ([entries, index], other) => {
        const second = other % entries.length;
        fc.pre(second !== index);
        const swapped = entries.with(index, entries[second]!).with(second, entries[index]!);
        expect(verifyChain(swapped)).toMatchObject({ ok: false, sequence: Math.min(index, second) + 1 });
        expect(verifyChain(entries.toSpliced(index, 0, entries[second]!)).ok).toBe(false);
        expect(verifyChain(entries.toSpliced(index, 0, nextEntry(entries[index - 1], evidence(99)))).ok).toBe(false);
      }),
    );
  });

  test('shows a whole chain that was written anew against an anchor', () => {
    const known = chainOf(3).at(-1)!;
    const forged = [nextEntry(undefined, evidence(7))];
    for (let number = 0; number < 3; number += 1) forged.push(nextEntry(forged.at(-1), evidence(number)));
    expect(verifyChain(forged).ok).toBe(true);
    expect(verifyChain(forged, known)).toMatchObject({ ok: false, sequence: 3 });
  });
});

describe('the file', () => {
  test('is empty where there is none', async () => {
    expect(await readLedger(file)).toEqual({ entries: [], isTruncated: false });
  });

  test('keeps what was appended, in order', async () => {
    await appendEvidence(file, [evidence(0), evidence(1)]);
    await appendEvidence(file, []);
    const added = await appendEvidence(file, [evidence(2)]);
    expect(added.map(({ sequence }) => sequence)).toEqual([3]);
    const { entries, problem } = await readLedger(file);
    expect(problem).toBeUndefined();
    expect(entries.map(entry => entry.evidence)).toEqual([evidence(0), evidence(1), evidence(2)]);
  });

  test('leaves out a line that was cut off, says so, and goes on after it', async () => {
    await appendEvidence(file, [evidence(0), evidence(1)]);
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.slice(0, -20));
    const cut = await readLedger(file);
    expect(cut).toMatchObject({ isTruncated: true, problem: expect.stringContaining('line 2 is cut off') });
    expect(cut.entries).toHaveLength(1);
    await appendEvidence(file, [evidence(1)]);
    expect(await readFile(file, 'utf8')).toBe(text);
  });

  test.each([
    ['altered', (lines: string[]) => lines.with(1, lines[1]!.replace('"success":false', '"success":true'))],
    ['removed', (lines: string[]) => lines.toSpliced(1, 1)],
    ['not JSON', (lines: string[]) => lines.with(1, '<<<<<<< HEAD')],
  ])('is not added to when a line was %s', async (_, damage) => {
    await appendEvidence(file, [evidence(0), evidence(1), evidence(2)]);
    const lines = (await readFile(file, 'utf8')).trimEnd().split('\n');
    const damaged = `${damage(lines).join('\n')}\n`;
    await writeFile(file, damaged);
    const { entries, problem, isTruncated } = await readLedger(file);
    expect(problem).toMatch(/2/);
    expect(isTruncated).toBe(false);
    expect(entries).toHaveLength(1);
    await expect(appendEvidence(file, [evidence(3)])).rejects.toThrow(LedgerError);
    expect(await readFile(file, 'utf8')).toBe(damaged);
  });

  test('takes appends of two processes and of many calls at once without losing any', async () => {
    const program = `
      const { appendFile, open, rm } = await import('node:fs/promises');
      const [lock, data] = process.argv.slice(1);
      for (let round = 0; round < 15; round += 1) {
        for (;;) {
          try { const h = await open(lock, 'wx'); await h.writeFile(String(process.pid)); await h.close(); break; } catch {}
          await new Promise(resolve => setTimeout(resolve, 3));
        }
        // A second process that honours the lock: while it holds it, the file must not change.
        const { readFile } = await import('node:fs/promises');
        const before = await readFile(data, 'utf8').catch(() => '');
        await new Promise(resolve => setTimeout(resolve, 5));
        if (before !== await readFile(data, 'utf8').catch(() => '')) process.exitCode = 1;
        await rm(lock);
        await new Promise(resolve => setTimeout(resolve, 2));
      }`;
    await appendEvidence(file, [evidence(0)]);
    const other = promisify(execFile)(process.execPath, ['--input-type=module', '-e', program, `${file}.lock`, file]);
    await Promise.all(Array.from({ length: 20 }, (_, number) => appendEvidence(file, [evidence(number + 1)])));
    await other;
    const { entries, problem } = await readLedger(file);
    expect(problem).toBeUndefined();
    expect(new Set(entries.map(entry => entry.evidence.pact)).size).toBe(21);
  });

  test('takes over the lock of a process that died, and waits for one that lives', async () => {
    await appendEvidence(file, [evidence(0)]);
    const { stdout } = await promisify(execFile)(process.execPath, ['-e', 'console.log(process.pid)']);
    await appendFile(`${file}.lock`, stdout.trim());
    await appendEvidence(file, [evidence(1)]);
    expect((await readLedger(file)).entries).toHaveLength(2);

    await writeFile(`${file}.lock`, String(process.pid));
    await expect(withLock(`${file}.lock`, async () => 1, 60)).rejects.toThrow(LockError);
  });
});
