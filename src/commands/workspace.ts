/** What the commands that look at an estate have in common: finding it, and printing paths as the user would type them. */

import { existsSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { isCalendarDate } from '../lifecycle/index.ts';
import {
  type LoadedConfig,
  load,
  loadConfig,
  snapshotOfCommit,
  snapshotOfDirectory,
  snapshotOfFile,
} from '../load/index.ts';
import type { Edge, Estate, Evidence, Finding, FindingEvidence, Location } from '../model/index.ts';
import { type Context, UsageError } from './command.ts';

export interface Workspace {
  readonly config: LoadedConfig;
  /** Absolute directory of the estate. */
  readonly directory: string;
  readonly estate: Estate;
  /** What stands before a path of the estate to make it one from where the user stands, e.g. `contracts/`. */
  readonly prefix: string;
}

/**
 * The estate in `directory`, or the one that the configuration names: the nearest one, or that in `configFile`. Only files
 * whose text may matter are parsed, for commands that need but a few of them.
 */
export async function openWorkspace(
  directory: string | undefined,
  context: Context,
  configFile?: string,
  mayMatter: (text: string) => boolean = () => true,
): Promise<Workspace> {
  return openConfigured(await loadConfig(context.cwd, configFile), directory, context, mayMatter);
}

/** As {@link openWorkspace}, where the configuration was read before. */
export async function openConfigured(
  config: LoadedConfig,
  directory: string | undefined,
  context: Context,
  mayMatter: (text: string) => boolean = () => true,
): Promise<Workspace> {
  const absolute = resolveEstate(directory, config, context);
  const snapshot = await snapshotOfDirectory(absolute, display(absolute, context));
  const files = new Map([...snapshot.files].filter(([, text]) => mayMatter(text)));
  const estate = load({ ...snapshot, files });
  return { config, directory: absolute, estate, prefix: prefixOf(absolute, context) };
}

function resolveEstate(directory: string | undefined, config: LoadedConfig, context: Context): string {
  if (directory !== undefined) return estateIn(resolve(context.cwd, directory));
  if (config.file === undefined) {
    throw new UsageError(
      'no countersign.yaml here or above, and no directory given: say which directory holds the contracts',
    );
  }
  return join(config.root, config.config.contracts ?? 'contracts');
}

/** A copy of a whole project is meant by its contracts. */
function estateIn(directory: string): string {
  return existsSync(join(directory, 'countersign.yaml')) ? join(directory, 'contracts') : directory;
}

/** A state to compare with or to look at: a directory, or a revision of the directory that is being looked at. */
export async function openState(
  name: string,
  { directory, prefix, estate }: Pick<Workspace, 'directory' | 'prefix' | 'estate'>,
  context: Context,
): Promise<State> {
  if (name === '') throw new UsageError('the state to compare with is empty: name a git revision or a directory');
  const path = resolve(context.cwd, name);
  if (!existsSync(path)) return { estate: load(await snapshotOfCommit(directory, name), estate), prefix };
  return openPath(path, name, context, estate);
}

export interface State {
  readonly estate: Estate;
  /** Whether it is one document that was named by its file; no policy of an estate is meant for it. */
  readonly isDocument?: boolean;
  /** What stands before a path of the estate to make it one from where the user stands. */
  readonly prefix: string;
}

/**
 * A state that is there by itself, without a configuration: a directory, or one document with what it refers to.
 * Undefined where there is nothing of that name.
 */
export async function openFreeState(name: string, context: Context): Promise<State | undefined> {
  const path = resolve(context.cwd, name);
  return name !== '' && existsSync(path) ? openPath(path, name, context) : undefined;
}

async function openPath(path: string, name: string, context: Context, known?: Estate): Promise<State> {
  if (statSync(path).isDirectory()) {
    const inside = estateIn(path);
    return { estate: load(await snapshotOfDirectory(inside, name), known), prefix: prefixOf(inside, context) };
  }
  // A document refers to its neighbours; where the user stands above it, to anything below there.
  const isBelow = path.startsWith(context.cwd + sep);
  const root = isBelow ? context.cwd : dirname(path);
  const estate = load(await snapshotOfFile(path, root, name), known);
  return { estate, prefix: prefixOf(root, context), isDocument: true };
}

function prefixOf(directory: string, context: Context): string {
  const shown = display(directory, context);
  return shown === '.' ? '' : `${shown}/`;
}

/** Relative where that is shorter to read, absolute elsewhere; always with `/`. */
export function display(path: string, context: Context): string {
  const fromHere = relative(context.cwd, path).split(sep).join('/');
  if (fromHere === '') return '.';
  return fromHere.startsWith('../..') ? path : fromHere;
}

/** Least number of days between deprecation and sunset. */
export function noticeDaysOf({ config }: LoadedConfig): number {
  return config.lifecycle?.noticeDays ?? 180;
}

/** Today in UTC, or the day that the user wants to look from. */
export function dayOf(asOf: string | undefined, context: Context): string {
  if (asOf === undefined) return context.now.toISOString().slice(0, 10);
  if (!isCalendarDate(asOf)) {
    throw new UsageError(`--as-of takes a day as YYYY-MM-DD, not "${asOf}"`);
  }
  return asOf;
}

/** Findings with paths as the user would type them. */
export function relocated(findings: readonly Finding[], prefix: string): Finding[] {
  const move = (location: Location) => ({ ...location, file: prefix + location.file });
  return findings.map(found => ({
    ...found,
    location: move(found.location),
    ...(found.evidence ? { evidence: relocateEvidence(found.evidence, move) } : {}),
  }));
}

function relocateEvidence(evidence: FindingEvidence, move: (location: Location) => Location): FindingEvidence {
  const { affected, related } = evidence;
  return {
    ...evidence,
    ...(affected ? { affected: affected.map(hit => ({ ...hit, location: move(hit.location) })) } : {}),
    ...(related ? { related: related.map(other => ({ ...other, location: move(other.location) })) } : {}),
  };
}

export function relocatedEdge(edge: Edge, prefix: string): Edge {
  return { ...edge, source: { ...edge.source, file: prefix + edge.source.file } };
}

/** Text of a file of the estate by its printed path, for code frames. */
export function textOf({ estate, prefix }: Pick<Workspace, 'estate' | 'prefix'>): (file: string) => string | undefined {
  return file => (file.startsWith(prefix) ? estate.files.get(file.slice(prefix.length))?.text : undefined);
}

/** Evidence recorded beside the configuration; none where nothing was recorded. */
export async function evidenceOf({ config }: Workspace, context: Context): Promise<readonly Evidence[]> {
  const file = ledgerFile(config);
  if (!existsSync(file)) return [];
  const { readLedger } = await import('../ledger/index.ts');
  const { entries, problem, isTruncated } = await readLedger(file);
  // A last line that was cut off was never acknowledged: nothing that counts is lost.
  if (problem && isTruncated) context.note(`${file}: ${problem}`);
  else if (problem) throw new UsageError(`the ledger ${file} is damaged: ${problem}`);
  return entries.map(({ evidence }) => evidence);
}

export function ledgerFile(config: LoadedConfig): string {
  return join(config.root, '.countersign', 'ledger.jsonl');
}
