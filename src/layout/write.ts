/** Data to the text of a file: the inverse of reading. */
import { isObject, type Json, type JsonObject, type Layout } from '../model/index.ts';
import { delimitersOf, ValueError } from './codec.ts';
import { type Cell, expectedBy, type Passing } from './controls.ts';
import { isQuoted } from './csv.ts';
import { paddingOf, unpadded } from './padding.ts';
import { type ControlPlan, type FieldPlan, hasOwnData, type NodePlan, planOf, type RecordPlan } from './plan.ts';

/** The data does not fit the layout; the message names the place. */
export class WriteError extends Error {
  override readonly name = 'WriteError';
}

/** A record to be written. */
interface Entry {
  readonly record: RecordPlan;
  readonly at: string;
  readonly values: JsonObject;
  /** The occurrence of a group that it stands in, and those around that. */
  readonly groups: readonly Occurrence[];
}

interface Occurrence {
  readonly node: NodePlan;
  readonly depth: number;
}

/**
 * The text of a file from data in the form of `documentSchema(layout)`. Counts, sums and hashes, and fields that repeat
 * another one, are worked out where the data has none. Throws a {@link WriteError} where the data does not fit.
 */
export function write(layout: Layout, document: JsonObject): string {
  const plan = planOf(layout);
  const entries: Entry[] = [];
  const occurrences: Occurrence[] = [];
  collect(plan.root, document, [], '', entries, occurrences);
  // What an outer group sums up may itself be worked out in an inner one.
  for (const occurrence of occurrences.toSorted((a, b) => b.depth - a.depth)) {
    for (const control of occurrence.node.controls) fill(layout, control, entries, occurrence);
  }
  const newline = { lf: '\n', crlf: '\r\n', none: '' }[layout.newline];
  const header = plan.header && headerRow(layout, plan.header) + newline;
  return (header ?? '') + entries.map(entry => textOf(layout, entry) + newline).join('');
}

function collect(
  group: NodePlan,
  data: JsonObject,
  outer: readonly Occurrence[],
  at: string,
  entries: Entry[],
  occurrences: Occurrence[],
): void {
  const own: Occurrence = { node: group, depth: group.path.length };
  const groups = [...outer, own];
  occurrences.push(own);
  const names = new Set(group.content.map(({ name }) => name));
  const unknown = Object.keys(data).find(name => !names.has(name));
  if (unknown !== undefined) throw new WriteError(`${at === '' ? 'the file' : at} has no "${unknown}"`);
  for (const node of group.content) {
    const place = at === '' ? node.name : `${at}.${node.name}`;
    for (const [index, value] of instancesOf(node, data, place).entries()) {
      const here = node.max > 1 ? `${place}[${index}]` : place;
      if (!isObject(value)) throw new WriteError(`${here} must be an object`);
      if (node.record) entries.push({ record: node.record, at: here, values: { ...value }, groups });
      else collect(node, value, groups, here, entries, occurrences);
    }
  }
}

function instancesOf(node: NodePlan, data: JsonObject, place: string): Json[] {
  const given = Object.hasOwn(data, node.name) ? data[node.name]! : undefined;
  // A record without data of its own is still there.
  const isImplied = given === undefined && node.min > 0 && node.record !== undefined && !hasOwnData(node.record);
  const values = isImplied ? [{}] : given === undefined ? [] : Array.isArray(given) ? given : [given];
  if (given !== undefined && Array.isArray(given) !== node.max > 1) {
    throw new WriteError(`${place} must be ${node.max > 1 ? 'a list' : 'an object'}`);
  }
  if (values.length < node.min) throw new WriteError(`${place} is missing`);
  if (values.length > node.max) throw new WriteError(`${place} may occur ${node.max} times at most`);
  return values;
}

function fill(layout: Layout, control: ControlPlan, entries: readonly Entry[], occurrence: Occurrence): void {
  const inside = entries.filter(({ groups }) => groups.includes(occurrence));
  const holders = inside.filter(({ record }) => record === control.holder);
  const field = control.field;
  if (!field?.isComputed || holders.every(({ values }) => Object.hasOwn(values, field.field.name))) return;
  const passing = inside.map(
    (entry, index): Passing => ({
      record: entry.record,
      number: index + 1,
      cells: entry.record.fields.map(plan => cellOf(layout, entry, plan)),
      placeOf: () => ({ line: 1, column: 1, endColumn: 1 }),
    }),
  );
  const value = expectedBy(control, passing);
  if (value === undefined) return;
  for (const { values } of holders) {
    if (!Object.hasOwn(values, field.field.name)) values[field.field.name] = value;
  }
}

function cellOf(layout: Layout, entry: Entry, plan: FieldPlan): Cell {
  const text = plan.isData ? fieldText(layout, entry, plan) : (plan.constant ?? '');
  return { text: unpadded(layout, plan.field, text), value: entry.values[plan.field.name], isFaulty: false };
}

function textOf(layout: Layout, entry: Entry): string {
  const { record, values, at } = entry;
  const unknown = Object.keys(values).find(
    name => !record.fields.some(({ field, isData }) => isData && field.name === name),
  );
  if (unknown !== undefined) throw new WriteError(`${at} has no field "${unknown}"`);
  const missing = record.fields.find(
    ({ field, isData }) => isData && field.required && !Object.hasOwn(values, field.name),
  );
  if (missing) throw new WriteError(`${at}.${missing.field.name} is missing`);
  switch (layout.format) {
    case 'csv': {
      const { csv } = layout;
      const cells = record.fields.map(plan => quoted(fieldText(layout, entry, plan), csv!));
      return cells.join(csv!.delimiter);
    }
    case 'fixed-width':
      return fixedText(layout, entry);
    case 'x12':
      return segmentText(layout, entry);
  }
}

/** What stands in a field, padding included for fixed-width. */
function fieldText(layout: Layout, { values, at }: Entry, plan: FieldPlan): string {
  const { field, codec, constant } = plan;
  const value = constant ?? (plan.isData && Object.hasOwn(values, field.name) ? values[field.name] : undefined);
  if (value === undefined)
    return layout.format === 'fixed-width' ? ' '.repeat(field.length!) : padded(layout, field, '');
  try {
    const text = constant ?? codec.write(value);
    const shortfall = layout.format !== 'fixed-width' && text.length > codec.most && field.type === 'text';
    if (shortfall) throw new ValueError(`expected at most ${codec.most} characters`);
    if (layout.format === 'fixed-width') return fixedField(field, text);
    return padded(layout, field, text);
  } catch (error) {
    if (error instanceof ValueError) throw new WriteError(`${at}.${field.name}: ${error.message}`, { cause: error });
    throw error;
  }
}

function fixedField(field: FieldPlan['field'], text: string): string {
  const length = field.length!;
  if (text.length > length) throw new ValueError(`expected at most ${length} characters`);
  const { pad, isRight } = paddingOf(field);
  if (!isRight) return text.padEnd(length, pad);
  if (pad !== '0' || !text.startsWith('-')) return text.padStart(length, pad);
  return `-${text.slice(1).padStart(length - 1, pad)}`;
}

/** X12: elements of ISA are filled up with blanks, numbers that are too short with zeros. */
function padded(layout: Layout, field: FieldPlan['field'], text: string): string {
  if (layout.format !== 'x12' || field.minLength === undefined) return text;
  if (field.pad !== undefined) return text.padEnd(field.minLength, field.pad);
  const isShort = text !== '' && field.type === 'integer' && text.replace('-', '').length < field.minLength;
  if (!isShort) return text;
  return text.startsWith('-')
    ? `-${text.slice(1).padStart(field.minLength, '0')}`
    : text.padStart(field.minLength, '0');
}

function fixedText(layout: Layout, entry: Entry): string {
  const length = layout.fixedWidth!.recordLength;
  let text = '';
  for (const plan of entry.record.fields) {
    // A gap between fields is reported with the layout; the positions are kept all the same.
    text = text.padEnd(plan.at, ' ') + fieldText(layout, entry, plan);
  }
  return text.padEnd(length, ' ');
}

function segmentText(layout: Layout, entry: Entry): string {
  const { element, component, segment } = delimitersOf(layout);
  const elements: string[][] = [];
  for (const plan of entry.record.fields) {
    const parts = elements[plan.at] ?? [];
    parts[(plan.component ?? 1) - 1] = fieldText(layout, entry, plan);
    elements[plan.at] = parts;
  }
  const texts = Array.from(elements, parts => trimmed(Array.from(parts ?? [], part => part ?? '')).join(component));
  texts[0] = entry.record.layout.segment!;
  return trimmed(texts).join(element) + segment;
}

/** Without what is empty at the end. */
function trimmed(texts: readonly string[]): string[] {
  const last = texts.findLastIndex(text => text !== '');
  return texts.slice(0, last + 1);
}

function headerRow({ csv }: Layout, { fields }: RecordPlan): string {
  return fields.map(({ field }) => quoted(field.column ?? field.name, csv!)).join(csv!.delimiter);
}

function quoted(text: string, csv: NonNullable<Layout['csv']>): string {
  return isQuoted(text, csv) ? csv.quote + text.replaceAll(csv.quote, csv.quote + csv.quote) + csv.quote : text;
}
