/** `--baseline` of the commands with findings: reading it, applying it, writing it anew. */
import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { FindingsReport } from '../format/index.ts';
import {
  applyBaseline,
  type BaselineFile,
  isTolerable,
  parseBaseline,
  type Ran,
  rewriteBaseline,
  type Waived,
} from '../lifecycle/index.ts';
import type { LoadedConfig } from '../load/index.ts';
import { compareFindings, type Finding } from '../model/index.ts';
import { type Context, type FlagValues, UsageError } from './command.ts';
import type { baselineFlags } from './finding-flags.ts';
import { display } from './workspace.ts';

export interface Found {
  /** With paths as they are printed. */
  readonly findings: readonly Finding[];
  readonly waived: readonly Waived[];
  /** Whether a rule's check was part of this run: what the baseline says about another one is left alone. */
  readonly ran: Ran;
  /** Whether the file that an id `source:…` names is not in the estate. */
  readonly isGone?: (source: string) => boolean;
}

export interface Gated {
  readonly findings: readonly Finding[];
  /** For the report; undefined where no baseline is in use. */
  readonly baseline: NonNullable<FindingsReport['baseline']> | undefined;
  /** Text of the baseline, for code frames, by its printed path. */
  readonly textOf: (file: string) => string | undefined;
}

/** The baseline in use, as it is now. */
export interface OpenBaseline {
  /** Absolute. */
  readonly path: string;
  /** As it is printed. */
  readonly name: string;
  /** Undefined where it is yet to be written. */
  readonly before: BaselineFile | undefined;
}

/**
 * That of the flag, or that of the configuration; undefined where neither names one. To be asked before the work that
 * leads to findings: throws a {@link UsageError} where there is none, and what reading it throws.
 */
export async function openBaseline(
  flags: FlagValues<typeof baselineFlags>,
  config: LoadedConfig,
  context: Context,
): Promise<OpenBaseline | undefined> {
  const path = pathOf(flags.baseline, config, context);
  const mayWrite = flags['write-baseline'];
  if (flags['allow-growth'] && !mayWrite) throw new UsageError('--allow-growth goes with --write-baseline');
  if (path === undefined) {
    if (mayWrite) throw new UsageError('--write-baseline needs --baseline FILE, or baseline in countersign.yaml');
    return undefined;
  }
  const name = display(path, context);
  const before = await read(path, name);
  if (before === undefined && !mayWrite) {
    throw new UsageError(`there is no baseline ${name}; --write-baseline writes one that tolerates what is found now`);
  }
  return { path, name, before };
}

/** What is left to answer for once the baseline has been applied. With `--write-baseline` it is written first. */
export async function gate(
  found: Found,
  baseline: OpenBaseline | undefined,
  flags: FlagValues<typeof baselineFlags>,
  context: Context,
): Promise<Gated> {
  const { findings, waived, ran, isGone = () => false } = found;
  if (!baseline) return { findings, baseline: undefined, textOf: () => undefined };
  const { name, before } = baseline;
  const file =
    before !== undefined && !flags['write-baseline']
      ? before
      : await write(baseline, { ...found, isGone }, flags, context);
  const outcome = applyBaseline(findings, waived, file, ran, isGone);
  return {
    findings: [...outcome.findings].sort(compareFindings),
    baseline: { file: name, tolerated: outcome.tolerated },
    textOf: wanted => (wanted === name ? file.text : undefined),
  };
}

function pathOf(flag: string | undefined, { config, root }: LoadedConfig, { cwd }: Context): string | undefined {
  if (flag === '') throw new UsageError('--baseline takes the path of a file');
  if (flag !== undefined) return resolve(cwd, flag);
  return config.baseline === undefined ? undefined : join(root, config.baseline);
}

async function read(path: string, file: string): Promise<BaselineFile | undefined> {
  try {
    return parseBaseline(file, await readFile(path, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

async function write(
  { path, name, before }: OpenBaseline,
  { findings, ran, isGone }: Found,
  flags: FlagValues<typeof baselineFlags>,
  { note }: Context,
): Promise<BaselineFile> {
  const { text, kept, tolerated, added, removed } = rewriteBaseline(
    findings,
    before,
    flags['allow-growth'],
    ran,
    isGone,
  );
  if (text !== before?.text) await writeFile(path, text);
  note(`${name}: ${counted(kept + added)} tolerated, ${added} of them new, ${removed} taken out`);
  const unlisted = findings.filter(({ rule }) => isTolerable(rule)).length - tolerated - added;
  if (unlisted > 0)
    note(`not added: ${counted(unlisted)} that the baseline lacked; mend them, or add them with --allow-growth`);
  const never = findings.filter(({ rule }) => !isTolerable(rule)).length;
  if (never > 0) note(`not added: ${counted(never)} about the change or about waivers, which no baseline can hold`);
  return parseBaseline(name, text);
}

function counted(findings: number): string {
  return `${findings} ${findings === 1 ? 'finding' : 'findings'}`;
}
