import type { Row } from './rows.ts';

/** What is measured together. A new one is a file in areas/ and its line in areas/index.ts. */
export interface Area {
  readonly name: string;
  /** What it measures, for the usage text. */
  readonly brief: string;
  readonly rows: (setting: Setting) => readonly Row[] | Promise<readonly Row[]>;
}

export interface Setting {
  /** Absolute directory of the repository, with dist/ built. */
  readonly root: string;
  /** Rounds that count; one more is run first and discarded. */
  readonly runs: number;
  /** Part of the usual size of the input, above 0 and up to 1; only areas that take long heed it. */
  readonly share: number;
  /** Progress, one line each. */
  readonly note: (line: string) => void;
}
