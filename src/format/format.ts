import type { FindingsReport } from './report.ts';

export interface FormatOptions {
  /** Whether the output goes to a terminal that shows ANSI colours. Only `text` looks at it. */
  readonly color: boolean;
  /** Columns to fold prose and code at; 100 unless told. Only `text` looks at it. */
  readonly width?: number;
  /** Whether to show each finding in full, however many of a kind there are. Only `text` looks at it. */
  readonly all?: boolean;
}

/** One way to write a report down. Pure: it reads no file, no environment and no clock. */
export interface Format<Name extends string = string> {
  readonly name: Name;
  readonly mediaType: string;
  /** The whole output, ending in a newline. */
  readonly render: (report: FindingsReport, options: FormatOptions) => string;
}
