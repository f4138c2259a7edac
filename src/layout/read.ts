/** A file against its layout: records and faults as they come, in the same memory however long the file is. */
import type { Json, JsonObject, Layout, Rule } from '../model/index.ts';
import { lengthOf } from './codec.ts';
import type { Cell, ControlFault } from './controls.ts';
import { csvScanner } from './csv.ts';
import { counted, type FileFault, type Place, shown } from './faults.ts';
import { fixedWidthScanner } from './fixed-width.ts';
import { unpadded } from './padding.ts';
import { type FieldPlan, type NodePlan, type Plan, planOf, type RecordPlan } from './plan.ts';
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
  /** How many faults are reported; the others are counted. */
  readonly maxFaults?: number;
}

const MAX_FAULTS = 1000;

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
  for (const item of [...reader.push(bytes), ...reader.end()]) {
    if (item.kind === 'record') put(document, root, item);
    else if (item.kind === 'fault') faults.push(item.fault);
    else end = item;
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

interface FileReader {
  readonly push: (bytes: Uint8Array) => FileItem[];
  readonly end: () => FileItem[];
}

function readerOf(layout: Layout, { maxFaults = MAX_FAULTS }: ReadOptions): FileReader {
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
  const report: Report = (which, place, number, message) => add(which, place, number, message);
  const addControl = ({ rule: which, place, number, record, field, message }: ControlFault) =>
    add(which, place, number, message, record, field);
  const scanner = scannerOf(plan, report);
  const recognise = recogniserOf(plan);

  const take = (raw: RawRecord): void => {
    records += 1;
    const lineEnd = raw.column + raw.text.length;
    lastPlace = { line: raw.line, column: lineEnd, endColumn: lineEnd };
    lastNumber = raw.number;
    checkCharacters(raw);
    const whole: Place = { line: raw.line, column: raw.column, endColumn: Math.max(lineEnd, raw.column + 1) };
    const candidates = recognise(raw);
    if (candidates.length === 0) {
      const isMasked = [...plan.records.values()].some(({ hasMasked }) => hasMasked);
      add(rule.unknownRecord, whole, raw.number, unknownMessage(plan, raw, isMasked));
      course.passUnknown();
      return;
    }
    const placement = course.place(candidates);
    if (!placement) {
      const record = candidates[0]!;
      add(rule.recordOrder, whole, raw.number, 'the record may not stand here', record);
      course.passUnknown();
      cellsOf(raw, record);
      return;
    }
    for (const fault of placement.faults) addControl(fault);
    placementFaults(placement, whole, raw);
    const cells = cellsOf(raw, placement.record);
    const passing = { record: placement.record, number: raw.number, cells, placeOf: raw.placeOf };
    for (const fault of course.pass(passing)) addControl(fault);
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

  const checkCharacters = (raw: RawRecord): void => {
    const at = firstBad(raw.text, layout.encoding, layout.csv?.multiline);
    if (at < 0) return;
    const place = { line: raw.line, column: raw.column + at, endColumn: raw.column + at + 1 };
    add(
      rule.encoding,
      place,
      raw.number,
      `there is ${describeBad(raw.text[at]!, layout.encoding)}, expected ${layout.encoding}`,
    );
  };

  const placementFaults = ({ missing, excess }: Placement, whole: Place, raw: RawRecord): void => {
    for (const node of missing) {
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

  /** The fields of a record; in a misaligned one they are read without being judged. */
  const cellsOf = (raw: RawRecord, record: RecordPlan): Cell[] => {
    const isMisaligned = raw.isMisaligned || (layout.format === 'csv' && hasOtherWidth(raw, record));
    const fault = (field: FieldPlan, which: Rule, message: string) => {
      if (!isMisaligned) add(which, raw.placeOf(field), raw.number, message, record, field);
    };
    const cells = record.fields.map((field): Cell => {
      const cell = cellOf(raw, field, fault);
      // What stands in the wrong place is nobody's value.
      return isMisaligned ? { text: cell.text, value: undefined, isFaulty: true } : cell;
    });
    if (!isMisaligned) {
      conditionFaults(record, cells, (field, message) => fault(field, rule.condition, message));
      if (layout.format === 'x12') unexpectedElements(raw, record);
    }
    return cells;
  };

  const hasOtherWidth = (raw: RawRecord, record: RecordPlan): boolean => {
    const width = raw.elements!.length;
    const expected = (plan.header === record ? raw.headerWidth : undefined) ?? record.fields.length;
    if (width === expected) return false;
    if (!raw.isMisaligned) {
      const end = raw.column + raw.text.length;
      add(
        rule.columnCount,
        { line: raw.line, column: end, endColumn: end },
        raw.number,
        `the row has ${counted(width, 'column')}, expected ${expected}`,
        record,
      );
    }
    return true;
  };

  const cellOf = (
    raw: RawRecord,
    plan: FieldPlan,
    fault: (field: FieldPlan, which: Rule, message: string) => void,
  ): Cell => {
    const { field, codec, isMasked } = plan;
    const found = raw.textAt(plan) ?? '';
    // A column that the header row lacks was reported with it.
    if (layout.format === 'csv' && raw.textAt(plan) === undefined)
      return { text: '', value: undefined, isFaulty: true };
    const text = unpadded(layout, field, found);
    const faulty = (which: Rule, message: string): Cell => {
      fault(plan, which, message);
      return { text, value: undefined, isFaulty: true };
    };
    if (text === '') {
      if (field.required && field.type !== 'filler') return faulty(rule.fieldMissing, 'is empty, but required');
      return { text, value: undefined, isFaulty: false };
    }
    if (field.type === 'filler')
      return faulty(rule.fieldUnexpected, `found ${shown(text, isMasked)}, expected nothing`);
    if (raw.isComposite?.(found) && plan.component === undefined) {
      return faulty(rule.fieldType, `found ${shown(text, isMasked)}, expected a single value`);
    }
    const length = layout.format === 'x12' && field.pad !== undefined ? found.length : lengthOf(layout, field, text);
    const least = field.minLength ?? codec.least;
    if (length < least || length > codec.most) {
      const bounds = least === codec.most ? `${least}` : `${least} to ${codec.most}`;
      return faulty(
        rule.fieldLength,
        `found ${shown(text, isMasked)} of ${counted(length, 'character')}, expected ${bounds}`,
      );
    }
    const reading = codec.read(text);
    if ('value' in reading) return { text, value: reading.value, isFaulty: false };
    return faulty(reading.rule, `found ${shown(text, isMasked)}, expected ${reading.expected}`);
  };

  const unexpectedElements = (raw: RawRecord, record: RecordPlan): void => {
    for (const [index, value] of raw.elements!.entries()) {
      if (index === 0 || value === '' || record.fields.some(({ at }) => at === index)) continue;
      const element = `${raw.segment}${String(index).padStart(2, '0')}`;
      const start = raw.elements!.slice(0, index).reduce((sum, one) => sum + one.length + 1, raw.column);
      const place = { line: raw.line, column: start, endColumn: start + value.length };
      add(
        rule.fieldUnexpected,
        place,
        raw.number,
        `${element} found ${shown(value, record.hasMasked)}, but the layout has no such element`,
        record,
      );
    }
  };

  const drain = (): FileItem[] => {
    const drained = items;
    items = [];
    return drained;
  };
  const takeText = (text: string): void => {
    if (isHopeless || scanner.isHopeless()) return;
    for (const raw of scanner.push(isFirst ? withoutMark(text) : text)) take(raw);
    if (text !== '') isFirst = false;
  };
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
    push(bytes) {
      if (isFirst && isUtf16(bytes)) {
        isHopeless = true;
        add(rule.encoding, lastPlace, 0, `the file is written in UTF-16, expected ${layout.encoding}; it was not read`);
      }
      takeText(decoder.push(bytes));
      return drain();
    },
    end() {
      takeText(decoder.end());
      isHopeless ||= scanner.isHopeless();
      if (!isHopeless) for (const raw of scanner.end()) take(raw);
      // A short file is found to be hopeless only at its end.
      isHopeless ||= scanner.isHopeless();
      if (!isHopeless) {
        const { missing, faults: left } = course.end();
        for (const fault of left) addControl(fault);
        for (const node of missing) {
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
      return drain();
    },
  };
}

function isUtf16(bytes: Uint8Array): boolean {
  return (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
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

/** The kinds of record that a raw one may be, the most particular first. */
function recogniserOf({ layout, records }: Plan): (raw: RawRecord) => readonly RecordPlan[] {
  const all = [...records.values()].sort((a, b) => b.match.length - a.match.length);
  const matches = (raw: RawRecord, record: RecordPlan) =>
    record.match.every(({ field, values }) => values.has(unpadded(layout, field.field, raw.textAt(field) ?? '')));
  if (layout.format !== 'x12') {
    const [only] = all;
    if (all.length === 1 && only!.match.length === 0) return () => all;
    return raw => all.filter(record => matches(raw, record));
  }
  const bySegment = new Map<string, RecordPlan[]>();
  for (const record of all) {
    const segment = record.layout.segment ?? '';
    bySegment.set(segment, [...(bySegment.get(segment) ?? []), record]);
  }
  return raw => (bySegment.get(raw.segment ?? '') ?? []).filter(record => matches(raw, record));
}

function unknownMessage({ records }: Plan, raw: RawRecord, isMasked: boolean): string {
  const of = [...records.values()].filter(
    ({ layout }) => layout.segment !== undefined && layout.segment === raw.segment,
  );
  const label = raw.label(isMasked);
  if (of.length === 0) return `${label} is of no kind that the layout has`;
  const wanted = of.map(({ match }) =>
    match
      .map(({ field, values }) => `${field.field.element ?? field.field.name} ${[...values].join(' or ')}`)
      .join(' and '),
  );
  return `${label} is in the layout only with ${wanted.join(', or with ')}`;
}

/** Conditions between fields (X12.6 relational conditions). */
function conditionFaults(
  record: RecordPlan,
  cells: readonly Cell[],
  report: (field: FieldPlan, message: string) => void,
): void {
  for (const { kind, fields } of record.layout.conditions ?? []) {
    const plans = fields.flatMap(name => record.fields.find(({ field }) => field.name === name) ?? []);
    const present = plans.filter(({ index }) => cells[index]!.text !== '');
    const absent = plans.filter(plan => !present.includes(plan));
    const hasFirst = plans[0] !== undefined && present.includes(plans[0]);
    const named = (some: readonly FieldPlan[]) => some.map(({ field }) => field.element ?? field.name).join(', ');
    const [first] = plans;
    if (!first || plans.some(({ index }) => cells[index]!.isFaulty)) continue;
    if (kind === 'paired' && present.length > 0 && absent.length > 0)
      report(absent[0]!, `${named(present)} is given, so ${named(absent)} must be, too`);
    if (kind === 'any' && present.length === 0) report(first, `one of ${named(plans)} must be given`);
    if (kind === 'exclusive' && present.length > 1) report(present[1]!, `only one of ${named(plans)} may be given`);
    if (kind === 'conditional' && hasFirst && absent.length > 0)
      report(absent[0]!, `${named([first])} is given, so ${named(absent)} must be, too`);
    if (kind === 'list' && hasFirst && present.length === 1)
      report(first, `is given, so one of ${named(absent)} must be, too`);
  }
}
