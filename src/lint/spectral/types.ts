/** What goes in and out when documents are linted apart from any estate: plain data, which may go to another process. */
import { createHash } from 'node:crypto';

export interface Submission {
  readonly text: string;
  /** Absolute path, or another name for what has none. */
  readonly source: string;
}

export interface LintSetting {
  readonly ruleset: {
    readonly root: string;
    /** Path from the root. */
    readonly name: string;
    readonly code: 'none' | 'any';
  };
  /** Files outside of this directory are not read, whatever refers to them. Its real path. */
  readonly root: string;
  /** Not to say so where no rule is about documents of a format. */
  readonly ignoreUnknownFormat: boolean;
}

/** As spectral-cli prints it with `--format json`: severity 0 is an error, 3 a hint; lines and characters from 0. */
export interface Diagnostic {
  readonly code: string | number;
  readonly path: readonly (string | number)[];
  readonly message: string;
  readonly severity: 0 | 1 | 2 | 3;
  readonly range: { readonly start: Position; readonly end: Position };
  readonly source?: string;
}

export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface DocumentResult {
  readonly diagnostics: readonly Diagnostic[];
  /** Other files that the document refers to, by path, with the hash of their text; null for what could not be read. */
  readonly reads: readonly (readonly [path: string, hash: string | null])[];
  /** False where the rules did not come to an end. */
  readonly isWhole: boolean;
}

/** Of a document that the rules have not come to the end of. */
export function failed({ source }: Submission, reason: string): DocumentResult {
  const start = { line: 0, character: 0 };
  const message = `A rule failed to run on this document: ${reason}`;
  const failure = {
    code: 'rule-failed',
    path: [],
    message,
    severity: 0,
    range: { start, end: start },
    source,
  } as const;
  return { diagnostics: [failure], reads: [], isWhole: false };
}

export function textHash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
