/** A file against its layout: records and faults as they come, in the same memory however long the file is. */
import type { Json, JsonObject, Layout, Rule } from '../model/index.ts';
import { cellsOf } from './cells.ts';
import type { ControlFault } from './controls.ts';
import { csvScanner } from './csv.ts';
import type { FileFault, Place } from './faults.ts';
import { fixedWidthScanner } from './fixed-width.ts';
import { nameCheck } from './name-check.ts';
import { type FieldPlan, type NodePlan, type Plan, planOf, type RecordPlan } from './plan.ts';
import { recogniserOf, unknownMessage } from './recognise.ts';
import rule from './rules.ts';
import type { RawRecord, Report, Scanner } from './scan.ts';
import { courseOf, type Placement } from './structure.ts';
import { decoderOf, describeBad, firstBad } from './text.ts';
import { x12Scanner } from './x12.ts';

/** A record of the file in the place that the structure has for it. */
export interface FileRecord {
  readonly kind: 'record';
  /** Name of the record in the layout. */
  readonly record: string;
  readonly number: number;
  readonly line: number;
  /** Names of the nodes that lead to it, and which occurrence of each it is, from 0. */
  readonly path: readonly string[];
  readonly at: readonly number[];
  /** Fields that could be read, by name: no fillers, nothing that is empty, nothing that is the same in every record. */
  readonly values: JsonObject;
}

export interface FileEnd {
  readonly kind: 'end';
  readonly records: number;
  /** All that were found; only the first `maxFaults` of them were reported. */
  readonly faults: number;
}

export type FileItem = FileRecord | { readonly kind: 'fault'; readonly fault: FileFault } | FileEnd;

export interface ReadOptions {
  /** Its name without directories: what it says is held against the content where it is of the layout's pattern. */
  readonly fileName?: string | undefined;
  /** How many faults are reported; the others are counted. */
  readonly maxFaults?: number;
  /** Whether only faults and the end are wanted: then records are not made, which reads faster and in less memory. */
  readonly faultsOnly?: boolean;
}

const MAX_FAULTS = 1000;
/** Bytes that are made text at once: what is alive at a collection makes V8 enlarge the young generation. */
const PIECE = 8 * 1024;

/**
 * Reads a file in pieces of any size. Whatever is in it, this neither throws nor ends early; the last item is the end.
 * The layout must have the shape of its schema.
 */
export async function* read(
  layout: Layout,
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  options: ReadOptions = {},
): AsyncGenerator<FileItem> {
  const reader = readerOf(layout, options);
  for await (const chunk of chunks) yield* reader.push(chunk);
  yield* reader.end();
}

export interface ReadResult {
  /** The data of the file in the form of `documentSchema(layout)`, as far as it could be read. */
  readonly document: JsonObject;
  readonly faults: readonly FileFault[];
  readonly end: FileEnd;
}

/** Reads a whole file at once. For examples and small files: it keeps all of it. */
export function readAll(layout: Layout, bytes: Uint8Array, options: ReadOptions = {}): ReadResult {
  const reader = readerOf(layout, options);
  const document: JsonObject = {};
  const { root } = planOf(layout);
  const faults: FileFault[] = [];
  let end: FileEnd = { kind: 'end', records: 0, faults: 0 };
  for (const items of [reader.push(bytes), reader.end()]) {
    for (const item of items) {
      if (item.kind === 'record') put(document, root, item);
      else if (item.kind === 'fault') faults.push(item.fault);
      else end = item;
    }
  }
  return { document, faults, end };
}

/** Puts a record where it belongs: into an array where its node may occur more than once. */
function put(document: JsonObject, root: NodePlan, { path, at, values }: FileRecord): void {
  let node = root;
  let parent = document;
  for (const [depth, name] of path.entries()) {
    node = node.content.find(child => child.name === name)!;
    const isLast = depth === path.length - 1;
    if (node.max <= 1) {
      parent[name] = isLast ? values : (parent[name] ?? {});
      parent = parent[name] as JsonObject;
      continue;
    }
    const list = (parent[name] ?? []) as Json[];
    parent[name] = list;
    const index = at[depth]!;
    // An occurrence that could not be read leaves nothing behind, and no hole.
    while (list.length <= index) list.push({});
    if (isLast) list[index] = values;
    parent = list[index] as JsonObject;
  }
}

/** What it returns is read while it is being asked for, and has to be asked for to its end. */
interface FileReader {
  readonly push: (bytes: Uint8Array) => Iterable<FileItem>;
  readonly end: () => Iterable<FileItem>;
}

function readerOf(layout: Layout, { maxFaults = MAX_FAULTS, faultsOnly = false, fileName }: ReadOptions): FileReader {
  const plan = planOf(layout);
  const decoder = decoderOf(layout.encoding);
  const course = courseOf(plan.root);
  let items: FileItem[] = [];
  let records = 0;
  let faults = 0;
  let isFirst = true;
  let isHopeless = false;
  let lastPlace: Place = { line: 1, column: 1, endColumn: 1 };
  let lastNumber = 0;
  /** Records of no known kind since the last one that was placed: each may be one that is missing, misspelt. */
  let strangers = 0;
  /** Whether the last record had no place: what follows it has none either, and needs no fault of its own. */
  let isLost = false;
  let isTruncated = false;

  const add = (which: Rule, place: Place, number: number, message: string, record?: RecordPlan, field?: FieldPlan) => {
    faults += 1;
    if (faults > maxFaults) return;
    const fault: FileFault = {
      rule: which,
      line: place.line,
      column: place.column,
      endColumn: place.endColumn,
      number,
      ...(record ? { record: record.name } : {}),
      ...(field ? { field: field.field.name } : {}),
      ...(field?.field.element === undefined ? {} : { element: field.field.element }),
      message: `${subjectOf(record, field)}${message}`,
    };
    items.push({ kind: 'fault', fault });
  };
  const report: Report = (which, place, number, message) => {
    isTruncated ||= which === rule.truncated;
    add(which, place, number, message);
  };
  const addControl = ({ rule: which, place, number, record, field, message }: ControlFault) =>
    add(which, place, number, message, record, field);
  const scanner = scannerOf(plan, report);
  const recognise = recogniserOf(plan);
  const checkName = nameCheck(plan, fileName);

  const take = (raw: RawRecord): void => {
    records += 1;
    const lineEnd = raw.column + raw.text.length;
    lastPlace = { line: raw.line, column: lineEnd, endColumn: lineEnd };
    lastNumber = raw.number;
    if (raw.isUnread) {
      strangers += 1;
      course.passUnknown();
      return;
    }
    const isLegible = checkCharacters(raw);
    const candidates = recognise(raw);
    if (candidates.length === 0) {
      const isMasked = [...plan.records.values()].some(({ hasMasked }) => hasMasked);
      if (isLegible) add(rule.unknownRecord, wholeOf(raw), raw.number, unknownMessage(plan, raw, isMasked));
      strangers += 1;
      course.passUnknown();
      return;
    }
    const placement = course.place(candidates);
    if (!placement) {
      const record = candidates[0]!;
      const message = 'the record may not stand here; others that follow it out of place are not reported';
      if (!isLost) add(rule.recordOrder, wholeOf(raw), raw.number, message, record);
      isLost = true;
      course.passUnknown();
      cellsOf(raw, record, plan, add);
      return;
    }
    isLost = false;
    for (const fault of placement.faults) addControl(fault);
    placementFaults(placement, raw);
    const cells = cellsOf(raw, placement.record, plan, add);
    for (const { field, message } of checkName(placement.record, cells)) {
      add(rule.fileName, raw.placeOf(field), raw.number, message, placement.record, field);
    }
    const passing = { record: placement.record, number: raw.number, cells, placeOf: raw.placeOf };
    for (const fault of course.pass(passing)) addControl(fault);
    if (faultsOnly) return;
    const values: JsonObject = {};
    for (const { field, index, isData } of placement.record.fields) {
      const value = cells[index]!.value;
      if (isData && value !== undefined) values[field.name] = value;
    }
    items.push({
      kind: 'record',
      record: placement.record.name,
      number: raw.number,
      line: raw.line,
      path: placement.path,
      at: placement.at,
      values,
    });
  };

  const checkCharacters = (raw: RawRecord): boolean => {
    const at = firstBad(raw.text, layout.encoding, layout.csv?.multiline);
    if (at < 0) return true;
    const place = { line: raw.line, column: raw.column + at, endColumn: raw.column + at + 1 };
    add(
      rule.encoding,
      place,
      raw.number,
      `there is ${describeBad(raw.text[at]!, layout.encoding)}, expected ${layout.encoding}`,
    );
    return false;
  };

  const placementFaults = ({ missing, excess }: Placement, raw: RawRecord): void => {
    const known = strangers;
    strangers = 0;
    if (missing.length === 0 && !excess) return;
    const whole = wholeOf(raw);
    for (const node of missing.slice(known)) {
      add(rule.recordMissing, whole, raw.number, `${describeNode(node)} is missing before this record`, node.record);
    }
    if (excess) {
      add(
        rule.recordRepeated,
        whole,
        raw.number,
        `${describeNode(excess)} may occur ${excess.max === 1 ? 'once' : `${excess.max} times`} here, but there is one more`,
        excess.record,
      );
    }
  };

  const drain = (): FileItem[] => {
    const drained = items;
    items = [];
    return drained;
  };
  function* takeText(text: string): Iterable<FileItem> {
    if (isHopeless || scanner.isHopeless()) return;
    const own = isFirst ? withoutMark(text) : text;
    if (text !== '') isFirst = false;
    for (const raw of scanner.push(own)) {
      take(raw);
      yield* drain();
    }
  }
  const withoutMark = (text: string): string => {
    const mark = ['\uFEFF', '\u00EF\u00BB\u00BF'].find(one => text.startsWith(one));
    if (mark === undefined) return text;
    add(
      rule.encoding,
      { line: 1, column: 1, endColumn: 2 },
      0,
      'the file begins with a byte order mark, expected its first record',
    );
    return text.slice(mark.length);
  };

  return {
    *push(bytes) {
      if (isFirst && isUtf16(bytes)) {
        isHopeless = true;
        add(rule.encoding, lastPlace, 0, `the file is written in UTF-16, expected ${layout.encoding}; it was not read`);
      }
      for (let at = 0; at < bytes.length; at += PIECE) {
        yield* takeText(decoder.push(bytes.subarray(at, at + PIECE)));
      }
      yield* drain();
    },
    *end() {
      yield* takeText(decoder.end());
      isHopeless ||= scanner.isHopeless();
      if (!isHopeless) {
        for (const raw of scanner.end()) {
          take(raw);
          yield* drain();
        }
      }
      // A short file is found to be hopeless only at its end.
      isHopeless ||= scanner.isHopeless();
      if (!isHopeless) {
        const { missing, faults: left } = course.end();
        // What a broken transfer lost was not left out by the sender.
        const isCutOff = isTruncated && missing.length > 0;
        for (const fault of isCutOff ? [] : left) addControl(fault);
        for (const node of isCutOff ? [] : missing.slice(strangers)) {
          add(
            rule.trailerMissing,
            lastPlace,
            lastNumber,
            `the file ends, but ${describeNode(node)} is missing`,
            node.record,
          );
        }
      }
      items.push({ kind: 'end', records, faults });
      yield* drain();
    },
  };
}

function wholeOf({ line, column, text }: RawRecord): Place {
  return { line, column, endColumn: column + Math.max(text.length, 1) };
}

function isUtf16(bytes: Uint8Array): boolean {
  const [a, b, c, d] = bytes;
  const hasMark = (a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff);
  // Without a mark, every other byte of a text in Latin letters is zero.
  return hasMark || (a !== 0 && b === 0 && c !== 0 && d === 0) || (a === 0 && b !== 0 && c === 0 && d !== 0);
}

function subjectOf(record: RecordPlan | undefined, field: FieldPlan | undefined): string {
  if (!record) return '';
  if (!field) return `${record.name}: `;
  const element = field.field.element;
  return `${element === undefined ? '' : `${element} `}${record.name}.${field.field.name}: `;
}

function describeNode({ record, path }: NodePlan): string {
  if (record) {
    const { segment } = record.layout;
    return `the record ${record.name}${segment === undefined ? '' : ` (segment ${segment})`}`;
  }
  return `the group ${path.join('.')}`;
}

function scannerOf(plan: Plan, report: Report): Scanner {
  switch (plan.layout.format) {
    case 'csv':
      return csvScanner(plan, report);
    case 'fixed-width':
      return fixedWidthScanner(plan.layout, report);
    case 'x12':
      return x12Scanner(plan.layout, report);
  }
}
