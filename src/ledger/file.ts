/** The ledger as a file: one JSON entry a line, only ever appended to. */
import { mkdir, open, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Evidence, LedgerEntry } from '../model/evidence.ts';
import { isObject, type Json } from '../model/json.ts';
import { nextEntry, verifyChain } from './chain.ts';
import { withLock } from './lock.ts';

export interface Ledger {
  readonly entries: readonly LedgerEntry[];
  /** What is wrong with the file; the entries are those before it. */
  readonly problem?: string;
  /** Whether the only problem is a last line that was not finished: nothing acknowledged is lost. */
  readonly isTruncated: boolean;
}

/** The ledger is damaged, and adding to it would hide that. */
export class LedgerError extends Error {
  override readonly name = 'LedgerError';
}

/**
 * Reads a ledger; a file that is not there is an empty one. A last line without an end was never acknowledged to
 * anybody: it is left out, and said to be.
 */
export async function readLedger(file: string): Promise<Ledger> {
  const { entries, problem, isTruncated } = parse(await textOf(file));
  return { entries, isTruncated, ...(problem === undefined ? {} : { problem }) };
}

interface Parsed extends Ledger {
  /** Bytes of the complete lines. */
  readonly sound: number;
}

function parse(text: string): Parsed {
  const entries: LedgerEntry[] = [];
  const end = text.lastIndexOf('\n') + 1;
  const sound = Buffer.byteLength(text.slice(0, end));
  const lines = end === 0 ? [] : text.slice(0, end - 1).split('\n');
  for (const [index, line] of lines.entries()) {
    const entry = entryOf(line);
    if (!entry) return { entries, problem: `line ${index + 1} is not a ledger entry`, sound, isTruncated: false };
    entries.push(entry);
  }
  const verdict = verifyChain(entries);
  if (!verdict.ok) {
    const kept = entries.slice(0, verdict.sequence - 1);
    return { entries: kept, problem: verdict.reason, sound, isTruncated: false };
  }
  if (end === text.length) return { entries, sound, isTruncated: false };
  const problem = `line ${lines.length + 1} is cut off: it was being written when the program or machine stopped`;
  return { entries, problem, sound, isTruncated: true };
}

function entryOf(line: string): LedgerEntry | undefined {
  try {
    const value = JSON.parse(line) as Json;
    const isEntry =
      isObject(value) &&
      typeof value['sequence'] === 'number' &&
      typeof value['previous'] === 'string' &&
      typeof value['hash'] === 'string' &&
      isObject(value['evidence']);
    return isEntry ? (value as unknown as LedgerEntry) : undefined;
  } catch {
    return undefined;
  }
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

/**
 * Adds evidence and returns its entries once they are on the disk. Throws a {@link LedgerError} where the file is
 * damaged, and a LockError where another process holds it for too long.
 */
export async function appendEvidence(file: string, evidence: readonly Evidence[]): Promise<LedgerEntry[]> {
  await mkdir(dirname(file), { recursive: true });
  return withLock(`${file}.lock`, async () => {
    const { entries, problem, sound, isTruncated } = parse(await textOf(file));
    if (problem !== undefined && !isTruncated) throw new LedgerError(`${file}: ${problem}`);
    const added: LedgerEntry[] = [];
    for (const item of evidence) added.push(nextEntry(added.at(-1) ?? entries.at(-1), item));
    const handle = await open(file, 'a');
    try {
      if (isTruncated) await handle.truncate(sound);
      await handle.appendFile(added.map(entry => `${JSON.stringify(entry)}\n`).join(''));
      await handle.sync();
    } finally {
      await handle.close();
    }
    return added;
  });
}
