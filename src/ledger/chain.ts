/** The chain that makes a ledger tamper-evident: each entry's hash covers the one before. */
import type { Evidence, LedgerEntry } from '../model/evidence.ts';
import { contentHash } from '../model/hash.ts';
import type { Json } from '../model/json.ts';

/** What stands for the hash before the first entry. */
export const GENESIS = '0'.repeat(64);

/** The last known entry: kept elsewhere, it also shows whether the end of a ledger was cut off. */
export interface Anchor {
  readonly sequence: number;
  readonly hash: string;
}

export type ChainVerdict =
  | { readonly ok: true }
  | {
      readonly ok: false;
      /** Of the first entry that does not fit; one past the end where entries are missing there. */
      readonly sequence: number;
      readonly reason: string;
    };

export function nextEntry(previous: LedgerEntry | undefined, evidence: Evidence): LedgerEntry {
  const sequence = (previous?.sequence ?? 0) + 1;
  const before = previous?.hash ?? GENESIS;
  return { sequence, previous: before, hash: hashOf(sequence, before, evidence), evidence };
}

/** SHA-256 over canonical JSON, in hex. */
function hashOf(sequence: number, previous: string, evidence: Evidence): string {
  const content = [sequence, previous, evidence as unknown as Json];
  return contentHash(content);
}

/**
 * Finds any entry that was altered, removed, inserted or moved. That the newest entries were cut off shows only
 * against an anchor.
 */
export function verifyChain(entries: readonly LedgerEntry[], anchor?: Anchor): ChainVerdict {
  let previous = GENESIS;
  for (const [index, entry] of entries.entries()) {
    const sequence = index + 1;
    const fault = (reason: string): ChainVerdict => ({ ok: false, sequence, reason });
    if (entry.sequence !== sequence) return fault(`entry ${sequence} is numbered ${entry.sequence}`);
    if (entry.previous !== previous) return fault(`entry ${sequence} does not follow the entry before it`);
    if (entry.hash !== hashOf(sequence, previous, entry.evidence)) return fault(`entry ${sequence} was altered`);
    if (anchor?.sequence === sequence && anchor.hash !== entry.hash)
      return fault(`entry ${sequence} is not the one known`);
    previous = entry.hash;
  }
  if (anchor && anchor.sequence > entries.length) {
    const sequence = entries.length + 1;
    return { ok: false, sequence, reason: `entries ${sequence} to ${anchor.sequence} are missing` };
  }
  return { ok: true };
}
