/** What a benchmark says: one row a quantity, ours beside a peer's. rows.schema.json describes the JSON form. */
export interface Row {
  readonly name: string;
  /** Empty for what is counted. */
  readonly unit: 'ms' | 's' | 'MB' | '';
  /** Median of ours; null where this machine cannot tell. */
  readonly ours: number | null;
  /** Whom it is held against, and how to install it where it is missing. */
  readonly peer: string;
  /** Median of the peer's in the same rounds; null where it is not installed. */
  readonly peerValue: number | null;
  /** Our whole process over the peer's: below 1 we need less. */
  readonly ratio: number | null;
  /** What we have promised, null where nothing. */
  readonly goal: string | null;
  /** Whether the goal is met, null where there is none or it cannot be told. */
  readonly holds: boolean | null;
}

const HEAD = ['', 'unit', 'ours', 'peer', 'ratio', 'goal', ''] as const;
const RIGHT = new Set([2, 3, 4]);

/** An aligned table for people. */
export function table(rows: readonly Row[]): string {
  const peers = [...new Set(rows.map(({ peer }) => peer))];
  const cells = rows.map(row => [
    row.name,
    row.unit,
    figure(row.ours),
    `${figure(row.peerValue)} [${peers.indexOf(row.peer) + 1}]`,
    row.ratio === null ? '-' : row.ratio.toFixed(2),
    row.goal ?? '',
    row.holds === null ? '' : row.holds ? 'holds' : 'MISSED',
  ]);
  const widths = HEAD.map((head, column) => Math.max(head.length, ...cells.map(row => row[column]!.length)));
  const lines = [HEAD, ...cells].map(row =>
    row
      .map((cell, column) => (RIGHT.has(column) ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!)))
      .join('  ')
      .trimEnd(),
  );
  return `${[...lines, '', ...peers.map((peer, index) => `[${index + 1}] ${peer}`)].join('\n')}\n`;
}

function figure(value: number | null): string {
  if (value === null) return '-';
  return value.toFixed(value >= 100 ? 0 : value >= 10 ? 1 : 2);
}

export interface Values {
  readonly ours: number | undefined;
  readonly peer: string;
  readonly peerValue: number | undefined;
  /** Where `ours` is a difference: the whole that the ratio is made of. */
  readonly whole?: number | undefined;
  readonly atMost?: number;
  readonly atLeast?: number;
  /** How the bound reads. */
  readonly goal?: string;
}

export function row(name: string, unit: Row['unit'], values: Values): Row {
  const { ours, peer, peerValue, whole = ours, atMost, atLeast, goal } = values;
  return {
    name,
    unit,
    ours: rounded(ours),
    peer,
    peerValue: rounded(peerValue),
    ratio: rounded(whole === undefined || peerValue === undefined ? undefined : whole / peerValue),
    goal: goal ?? null,
    holds: goal === undefined || ours === undefined ? null : ours <= (atMost ?? ours) && ours >= (atLeast ?? ours),
  };
}

/** To a thousandth: what lies below is noise. */
function rounded(value: number | undefined): number | null {
  return value === undefined ? null : Math.round(value * 1000) / 1000;
}
