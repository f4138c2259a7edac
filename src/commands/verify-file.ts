import type { FileHandle } from 'node:fs/promises';
import type { FileFault } from '../layout/index.ts';
import type { Entry, Estate, Layout } from '../model/index.ts';
import { type Context, defineCommand, UsageError } from './command.ts';
import { findingFlags } from './finding-flags.ts';

/** `countersign: layout` in YAML or JSON. */
const MAY_BE_LAYOUT = /\bcountersign\b[\s\S]{0,20}\blayout\b/;
const PIECE = 64 * 1024;

export const verifyFile = defineCommand({
  name: 'verify file',
  summary: 'Check a real file against its layout',
  description:
    'Reads a CSV, fixed-width or X12 file of any size and says what violates the layout: records out of order, fields of the wrong form, totals that do not agree. The layout is told from the name of the file unless it is given. Values of classified fields are never printed, and no excerpts of the file.',
  arguments: [{ name: 'file', brief: 'The file to check' }],
  flags: {
    layout: {
      kind: 'text',
      brief: 'Id of the layout, e.g. file:legacy-finance/invoices@1',
      placeholder: 'ID',
    },
    'max-faults': {
      kind: 'number',
      brief: 'How many faults to print; all are counted',
      placeholder: 'N',
      default: 100,
    },
    format: findingFlags.format,
    'fail-on': findingFlags['fail-on'],
  },
  examples: [
    { line: 'countersign verify file LFINV_PRC_20260513_0042.txt', does: 'finds the layout by the name of the file' },
    { line: 'countersign verify file inbound.x12 --layout file:x12/810@1', does: 'checks an invoice of a supplier' },
  ],
  output: 'findings',
  async run([path], flags, context) {
    const { basename, relative, resolve } = await import('node:path');
    const { openWorkspace } = await import('./workspace.ts');
    const { renderFindings, rulesOf, verdictOf } = await import('./findings.ts');
    const { fileFindings } = await import('../verify/layouts.ts');
    const { allRules } = await import('./rules.ts');
    const { compareFindings } = await import('../model/index.ts');
    const maxFaults = flags['max-faults'];
    if (!Number.isInteger(maxFaults) || maxFaults < 1) throw new UsageError('--max-faults takes a number from 1');
    const absolute = resolve(context.cwd, path!);
    const file = await openFile(absolute, path!);
    try {
      // A whole estate takes more memory and time than most files.
      const { estate } = await openWorkspace(undefined, context, undefined, text => MAY_BE_LAYOUT.test(text));
      const { isNamed } = await import('../layout/index.ts');
      const layout = chooseLayout(estate, absolute, flags.layout, isNamed);
      await refuseUnsound(estate, layout);
      const status = await file.stat();
      const faults: FileFault[] = [];
      const { records, total } = await readFile(
        layout,
        file,
        status.size,
        basename(absolute),
        maxFaults,
        faults,
        context,
      );
      const shown = relative(context.cwd, absolute).split('\\').join('/');
      const found = fileFindings(layout, shown.startsWith('..') ? absolute : shown, faults);
      // Totals are judged late, but belong to where they stand.
      const findings = found.sort(compareFindings);
      const omitted = total - faults.length;
      return renderFindings(
        {
          title: `countersign verify file ${path}`,
          toolVersion: context.version,
          verdict: verdictOf(findings, flags['fail-on'], false),
          failOn: flags['fail-on'],
          findings,
          waived: [],
          looked: [
            { label: 'bytes', value: status.size, detail: `held against ${layout.id} ${layout.value.version}` },
            { label: layout.value.format === 'x12' ? 'segments' : 'records', value: records },
            { label: 'faults', value: total, ...(omitted > 0 ? { detail: `${omitted} more than are printed` } : {}) },
          ],
          rules: rulesOf(findings, allRules),
          // Lines of the file may hold what must not be printed.
          textOf: () => undefined,
        },
        flags.format,
        context,
        // As many as --max-faults says.
        { all: true },
      );
    } finally {
      await file.close();
    }
  },
});

/** Refuses what cannot be read, before an estate is looked for. */
async function openFile(absolute: string, path: string): Promise<FileHandle> {
  const { open } = await import('node:fs/promises');
  const refused = (cause: NodeJS.ErrnoException): never => {
    if (cause.code === 'ENOENT') throw new UsageError(`there is no file "${path}": check its name and directory`);
    if (cause.code === 'EISDIR') throw new UsageError(directoryMessage(path));
    if (cause.code === 'EACCES' || cause.code === 'EPERM')
      throw new UsageError(`"${path}" may not be read by you: ask its owner for the permission`);
    throw cause;
  };
  const file = await open(absolute).catch(refused);
  const status = await file.stat();
  if (status.isFile()) return file;
  await file.close();
  throw new UsageError(
    status.isDirectory() ? directoryMessage(path) : `"${path}" is no regular file: write its content to one first`,
  );
}

function directoryMessage(path: string): string {
  return `"${path}" is a directory: name one file in it`;
}

/** Reads to the end and collects the faults that are printed. */
async function readFile(
  { value }: Entry<Layout>,
  file: FileHandle,
  size: number,
  fileName: string,
  maxFaults: number,
  faults: FileFault[],
  { progress }: Context,
): Promise<{ records: number; total: number }> {
  const { read } = await import('../layout/index.ts');
  async function* pieces(): AsyncIterable<Uint8Array> {
    // The reader is done with a piece before it asks for the next one.
    const buffer = Buffer.allocUnsafe(PIECE);
    for (let done = 0; ; ) {
      const { bytesRead } = await file.read(buffer, 0, PIECE);
      if (bytesRead === 0) return;
      done += bytesRead;
      progress?.(done, size);
      yield buffer.subarray(0, bytesRead);
    }
  }
  let result = { records: 0, total: 0 };
  for await (const item of read(value, pieces(), { maxFaults, faultsOnly: true, fileName })) {
    if (item.kind === 'fault') faults.push(item.fault);
    else if (item.kind === 'end') result = { records: item.records, total: item.faults };
  }
  return result;
}

/** The layout that is named, or the only one whose naming the file follows. */
function chooseLayout(
  estate: Estate,
  path: string,
  wanted: string | undefined,
  isNamed: typeof import('../layout/index.ts').isNamed,
): Entry<Layout> {
  const known = estate.layouts;
  const listed = known.map(({ id }) => id).join(', ') || 'none';
  if (wanted !== undefined) {
    const found = known.find(({ id }) => id === wanted || id.slice('file:'.length) === wanted);
    if (found) return found;
    const isBroken = estate.contracts.some(({ id, kind }) => kind === 'file' && id === wanted);
    throw new UsageError(
      isBroken
        ? `the layout ${wanted} is not valid: "countersign check" says why`
        : `there is no layout "${wanted}"; there are ${listed}`,
    );
  }
  const name = path.split(/[\\/]/).at(-1)!;
  const fitting = known.filter(({ value }) => {
    try {
      return isNamed(value.delivery.fileName, name);
    } catch {
      // A token whose pattern cannot be used is a finding of "check".
      return false;
    }
  });
  if (fitting.length === 1) return fitting[0]!;
  throw new UsageError(
    fitting.length === 0
      ? `no layout names its files like "${name}": say which it has with --layout; there are ${listed}`
      : `"${name}" could have the layouts ${fitting.map(({ id }) => id).join(' and ')}: say which with --layout`,
  );
}

async function refuseUnsound(estate: Estate, layout: Entry<Layout>): Promise<void> {
  const { contractById } = await import('../load/index.ts');
  const { integrityFindings } = await import('../verify/layouts.ts');
  const faults = integrityFindings(contractById(estate, layout.id)!, layout);
  const [first] = faults.filter(({ severity }) => severity === 'error');
  if (first)
    throw new UsageError(`the layout ${layout.id} has faults of its own: ${first.message}; see "countersign check"`);
}
