/** Something that happened and that nobody can read off the contracts. Kept in the ledger, never in the estate. */
export type Evidence = VerificationEvidence;

/** A provider (or a mock of it) was run against the interactions of a pact. */
export interface VerificationEvidence {
  readonly type: 'verification';
  /** Instant in RFC 3339, UTC. */
  readonly at: string;
  readonly consumer: string;
  readonly provider: string;
  /** SHA-256 of the pact's canonical JSON: a verification holds for that content only. */
  readonly pact: string;
  /** What was run: `mock` or the base URL. */
  readonly target: string;
  readonly success: boolean;
  /** Ids of operations whose interactions passed. */
  readonly verified: readonly string[];
}

/** A ledger entry: evidence, its place in the chain, and the hash that ties it to the one before. */
export interface LedgerEntry {
  readonly sequence: number;
  readonly previous: string;
  readonly hash: string;
  readonly evidence: Evidence;
}
