/** The fields of one record: read, and judged unless the record as a whole is faulty. */
import type { Rule } from '../model/index.ts';
import { lengthOf } from './codec.ts';
import { brokenBy } from './conditions.ts';
import type { Cell } from './controls.ts';
import { counted, type Place, shown } from './faults.ts';
import { unpadded } from './padding.ts';
import type { FieldPlan, Plan, RecordPlan } from './plan.ts';
import rule from './rules.ts';
import type { RawRecord } from './scan.ts';

/** How a fault is reported of a record whose kind is known. */
export type ReportField = (
  rule: Rule,
  place: Place,
  number: number,
  message: string,
  record: RecordPlan,
  field?: FieldPlan,
) => void;

const EMPTY: Cell = { text: '', value: undefined, isFaulty: false };
const ABSENT: Cell = { text: '', value: undefined, isFaulty: true };

/** Cells in the order of the record's fields. */
export function cellsOf(raw: RawRecord, record: RecordPlan, { layout, header }: Plan, report: ReportField): Cell[] {
  const isOfOtherWidth = layout.format === 'csv' && hasOtherWidth(raw, record, header, report);
  if (raw.isMisaligned || isOfOtherWidth) {
    return record.fields.map(plan => {
      // What stands in the wrong place is nobody's value.
      const text = unpadded(layout, plan.field, raw.textAt(plan) ?? '');
      return { text, value: undefined, isFaulty: true };
    });
  }
  const cells: Cell[] = [];
  for (const plan of record.fields) {
    const cell = judge(raw, plan, layout);
    if (!('rule' in cell)) cells.push(cell);
    else {
      report(cell.rule, raw.placeOf(plan), raw.number, cell.message, record, plan);
      cells.push({ text: cell.text, value: undefined, isFaulty: true });
    }
  }
  for (const condition of record.conditions) {
    const broken = brokenBy(condition, cells);
    if (broken) report(rule.condition, raw.placeOf(broken.field), raw.number, broken.message, record, broken.field);
  }
  if (layout.format === 'x12') {
    unexpectedElements(raw, record, report);
    trailingSeparators(raw, record, report);
  }
  return cells;
}

function hasOtherWidth(
  raw: RawRecord,
  record: RecordPlan,
  header: RecordPlan | undefined,
  report: ReportField,
): boolean {
  const width = raw.elements!.length;
  const expected = (header === record ? raw.headerWidth : undefined) ?? record.fields.length;
  if (width === expected) return false;
  if (!raw.isMisaligned && !raw.isTruncated) {
    const end = raw.column + raw.text.length;
    const place = { line: raw.line, column: end, endColumn: end };
    const message = `the row has ${counted(width, 'column')}, expected ${expected}`;
    report(rule.columnCount, place, raw.number, message, record);
  }
  return true;
}

interface Fault {
  readonly rule: Rule;
  readonly text: string;
  readonly message: string;
}

function judge(raw: RawRecord, plan: FieldPlan, layout: Plan['layout']): Cell | Fault {
  const { field, codec, isMasked } = plan;
  const found = raw.textAt(plan);
  // A column that the header row lacks was reported with it.
  if (found === undefined && layout.format === 'csv') return ABSENT;
  const text = unpadded(layout, field, found ?? '');
  if (text === '') {
    const isMissing = field.required && field.type !== 'filler';
    return isMissing ? { rule: rule.fieldMissing, text, message: 'is empty, but required' } : EMPTY;
  }
  const fault = (which: Rule, expected: string, of = ''): Fault => ({
    rule: which,
    text,
    message: `found ${shown(text, isMasked)}${of}, expected ${expected}`,
  });
  if (field.type === 'filler') return fault(rule.fieldUnexpected, 'nothing');
  if (raw.isComposite?.(found!) && plan.component === undefined) return fault(rule.fieldType, 'a single value');
  const length = layout.format === 'x12' && field.pad !== undefined ? found!.length : lengthOf(layout, field, text);
  const least = field.minLength ?? codec.least;
  if (length < least || length > codec.most) {
    const bounds = least === codec.most ? `${least}` : `${least} to ${codec.most}`;
    return fault(rule.fieldLength, bounds, ` of ${counted(length, 'character')}`);
  }
  const reading = codec.read(text);
  if ('value' in reading) return { text, value: reading.value, isFaulty: false };
  return fault(reading.rule, reading.expected);
}

function unexpectedElements(raw: RawRecord, record: RecordPlan, report: ReportField): void {
  for (const [index, value] of raw.elements!.entries()) {
    if (index === 0 || value === '' || record.fields.some(({ at }) => at === index)) continue;
    const element = `${raw.segment}${String(index).padStart(2, '0')}`;
    const start = raw.elements!.slice(0, index).reduce((sum, one) => sum + one.length + 1, raw.column);
    const place = { line: raw.line, column: start, endColumn: start + value.length };
    const message = `${element} found ${shown(value, record.hasMasked)}, but the layout has no such element`;
    report(rule.fieldUnexpected, place, raw.number, message, record);
  }
}

/** X12.6 leaves out what is empty at the end of a segment, and at the end of a composite element. */
function trailingSeparators(raw: RawRecord, record: RecordPlan, report: ReportField): void {
  const { elements, component } = raw;
  if (component === undefined || !elements) return;
  const fault = (what: string, from: number, length: number) => {
    const place = { line: raw.line, column: raw.column + from, endColumn: raw.column + from + length };
    const message = `${what} ends in ${counted(length, 'separator')} with nothing behind, expected none`;
    report(rule.trailingSeparator, place, raw.number, message, record);
  };
  const last = elements.findLastIndex(element => element !== '');
  const empty = elements.length - 1 - last;
  // A required element that is empty was reported, and is what should stand behind the separator.
  const isAwaited = record.fields.some(({ at, field }) => at > last && field.required);
  if (empty > 0 && !isAwaited) fault(`the segment ${raw.segment}`, raw.text.length - empty, empty);
  let from = 0;
  for (const [index, element] of elements.entries()) {
    const end = from + element.length;
    from = end + 1;
    // A value that is no composite element was found to be one.
    if (!element.endsWith(component) || !record.fields.some(plan => plan.at === index && plan.component)) continue;
    let length = 1;
    while (element[element.length - 1 - length] === component) length += 1;
    fault(`${raw.segment}${String(index).padStart(2, '0')}`, end - length, length);
  }
}
