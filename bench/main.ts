import { parseArgs } from 'node:util';
import type { Area } from './area.ts';
import { AREAS } from './areas/index.ts';
import { type Row, table } from './rows.ts';

const DEFAULT_RUNS = 9;

/** Runs the areas and prints their rows. Exit code 0, 1 with --strict where a goal is missed, 2 for usage errors. */
export async function main(
  argv: readonly string[],
  root: string,
  areas = AREAS,
  { stdout, stderr }: Output = {
    stdout: text => process.stdout.write(text),
    stderr: text => process.stderr.write(text),
  },
): Promise<0 | 1 | 2> {
  const request = requestOf(argv, areas);
  if (typeof request === 'string') {
    stderr(`${request}\n${usage(areas)}`);
    return 2;
  }
  const { chosen, runs, share, format, strict } = request;
  const note = (area: Area, line: string) => process.stderr.isTTY && stderr(`${area.name}: ${line}\n`);
  const rows: Row[] = [];
  for (const area of chosen) rows.push(...(await area.rows({ root, runs, share, note: line => note(area, line) })));
  stdout(format === 'json' ? `${JSON.stringify(rows, null, 2)}\n` : table(rows));
  return strict && rows.some(({ holds }) => holds === false) ? 1 : 0;
}

interface Output {
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
}

interface Request {
  readonly chosen: readonly Area[];
  readonly runs: number;
  readonly share: number;
  readonly format: string;
  readonly strict: boolean;
}

/** What is asked for, or why that cannot be done. */
function requestOf(argv: readonly string[], areas: readonly Area[]): Request | string {
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        format: { type: 'string', default: 'text' },
        runs: { type: 'string', default: String(DEFAULT_RUNS) },
        share: { type: 'string', default: '1' },
        strict: { type: 'boolean', default: false },
      },
    });
    const unknown = positionals.find(name => !areas.some(area => area.name === name));
    if (unknown !== undefined) return `no area is called "${unknown}"`;
    if (!['text', 'json'].includes(values.format)) return `--format takes text or json, not "${values.format}"`;
    const runs = Number(values.runs);
    if (!Number.isInteger(runs) || runs < 1) return `--runs takes a number from 1 up, not "${values.runs}"`;
    const share = Number(values.share);
    if (!(share > 0 && share <= 1)) return `--share takes a number above 0, up to 1, not "${values.share}"`;
    const chosen = positionals.length === 0 ? areas : areas.filter(({ name }) => positionals.includes(name));
    return { chosen, runs, share, format: values.format, strict: values.strict };
  } catch (error) {
    return (error as Error).message;
  }
}

function usage(areas: readonly Area[]): string {
  const width = Math.max(...areas.map(({ name }) => name.length));
  return [
    `usage: npm run bench -- [AREA…] [--format text|json] [--runs N, default ${DEFAULT_RUNS}] [--share S, default 1] [--strict]`,
    ...areas.map(({ name, brief }) => `  ${name.padEnd(width)}  ${brief}`),
    '',
  ].join('\n');
}
