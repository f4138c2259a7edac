/** Comma-separated values (RFC 4180), read so that every fault has its place and a faulty row does not spoil the next. */
import type { Layout } from '../model/index.ts';
import { counted, shown } from './faults.ts';
import type { FieldPlan, Plan, RecordPlan } from './plan.ts';
import rule from './rules.ts';
import {
  endsInReturns,
  type Line,
  linesOf,
  MAX_RECORD,
  newlineCheck,
  type RawRecord,
  type Report,
  returnsAlone,
  type Scanner,
  unreadRecord,
} from './scan.ts';

interface Cells {
  readonly texts: readonly string[];
  /** Offsets in the row at which the cells start; undefined where nothing is quoted and they follow from the texts. */
  readonly starts: readonly number[] | undefined;
  readonly isFaulty: boolean;
}

export function csvScanner({ layout, header, records }: Plan, report: Report): Scanner {
  const { delimiter, multiline = false } = layout.csv!;
  const quote = layout.csv!.quote;
  const lines = linesOf();
  const checkNewline = newlineCheck(layout.newline, report, rule.newline);
  let line = 0;
  let number = 0;
  let isFirst = true;
  let isHopeless = false;
  /** Columns of the header's record, where the header has them in another order. */
  let columns: ReadonlyMap<FieldPlan, number | undefined> | undefined;
  let headerWidth: number | undefined;
  let headerText: string | undefined;
  let open: { text: string; line: number } | undefined;

  const isMasked = [...records.values()].some(({ hasMasked }) => hasMasked);
  const widths = new Set([...records.values()].map(({ fields }) => fields.length));

  const columnOf = (field: FieldPlan) => (columns?.has(field) ? columns.get(field) : field.at);

  const rowOf = (text: string, start: number, isLast: boolean): RawRecord | undefined => {
    const place = (from: number, to: number) => placeIn(text, start, from, to);
    const isHeader = isFirst && header !== undefined;
    const ordinal = isHeader ? 0 : number + 1;
    const cells = text.includes(quote)
      ? quotedCells(text, delimiter, quote, (at, message) => {
          // Where the file broke off, that is why the quote is open; unless the value may go on over lines.
          if (!isLast || multiline) report(rule.quoting, place(at, at + 1), ordinal, message);
        })
      : { texts: text.split(delimiter), starts: undefined, isFaulty: false };
    if (isFirst) {
      isFirst = false;
      const other = otherDelimiter(text, cells.texts.length, widths, delimiter);
      if (other !== undefined) {
        isHopeless = true;
        const message = `columns are separated by ${nameOf(other)}, expected ${nameOf(delimiter)}; the rest of the file was not read`;
        const at = text.indexOf(other);
        report(rule.delimiter, place(at, at + 1), ordinal, message);
        return undefined;
      }
      if (header && !hasMostColumns(header, cells)) {
        const message = `there is no header row, expected ${namesOf(header).join(delimiter)}`;
        report(rule.header, place(0, text.length), 0, message);
      } else if (header) {
        headerText = text;
        columns = headerColumns(header, cells, isMasked, (index, message) => {
          const [from, to] = span(cells, index, text.length);
          report(rule.header, place(from, to), 0, message);
        });
        if (columns) headerWidth = cells.texts.length;
        return undefined;
      }
    }
    if (text === headerText) {
      report(rule.header, place(0, text.length), number, 'the header row is there again: files were put together');
      return undefined;
    }
    number += 1;
    if (isLast && layout.newline !== 'none') {
      const message = 'the last record does not end in a newline: the transfer may have broken off';
      report(rule.truncated, place(text.length, text.length), number, message);
    }
    const row = number;
    return {
      number: row,
      line: start,
      column: 1,
      text,
      isMisaligned: cells.isFaulty,
      isTruncated: isLast,
      textAt(field) {
        const column = columnOf(field);
        return column === undefined ? undefined : cells.texts[column];
      },
      placeOf(field) {
        const [from, to] = span(cells, columnOf(field) ?? cells.texts.length, text.length);
        return place(from, to);
      },
      label: isMasked => (text === '' ? 'an empty row' : `a row that begins with ${shown(cells.texts[0]!, isMasked)}`),
      elements: cells.texts,
      headerWidth,
    };
  };

  const take = (next: Line): RawRecord | undefined => {
    line += 1;
    checkNewline(next, line, number + 1);
    if (endsInReturns(next, line)) {
      isHopeless = true;
      const column = next.text.indexOf('\r') + 1;
      report(rule.newline, { line, column, endColumn: column + 1 }, 0, returnsAlone(layout.newline));
      return undefined;
    }
    const isLast = next.newline === 'none';
    if (next.isCut) {
      report(
        rule.recordLength,
        { line, column: MAX_RECORD, endColumn: MAX_RECORD + 1 },
        number + 1,
        `the row has over ${counted(MAX_RECORD, 'character')}; it was not read`,
      );
      number += 1;
      isFirst = false;
      open = undefined;
      return unreadRecord(number, line, 1);
    }
    if (!multiline) return rowOf(next.text, line, isLast);
    const isOdd = isOddIn(next.text, quote);
    if (open) {
      open.text += `\n${next.text}`;
      const isTooLong = open.text.length > MAX_RECORD;
      if (!isOdd && !isLast && !isTooLong) return undefined;
      const { text, line: start } = open;
      open = undefined;
      return rowOf(text, start, isLast);
    }
    if (!isOdd || isLast) return rowOf(next.text, line, isLast);
    open = { text: next.text, line };
    return undefined;
  };

  function* all(found: Iterable<Line>): Iterable<RawRecord> {
    for (const next of found) {
      if (isHopeless) break;
      const row = take(next);
      if (row) yield row;
    }
  }
  return {
    push: text => all(lines.push(text)),
    *end() {
      yield* all(lines.end());
      if (!open) return;
      const { text, line: start } = open;
      open = undefined;
      const row = rowOf(text, start, true);
      if (row) yield row;
    },
    isHopeless: () => isHopeless,
  };
}

function placeIn(text: string, start: number, from: number, to: number) {
  const before = text.lastIndexOf('\n', from - 1);
  const line = before < 0 ? start : start + (text.slice(0, from).match(/\n/g)?.length ?? 0);
  const column = from - before;
  return { line, column, endColumn: Math.max(column + to - from, column) };
}

/** Offsets of a cell, from its first to after its last character. */
function span({ texts, starts }: Cells, index: number, end: number): [from: number, to: number] {
  if (index >= texts.length) return [end, end];
  const start = starts?.[index] ?? texts.slice(0, index).reduce((sum, text) => sum + text.length + 1, 0);
  const next = starts ? (starts[index + 1] ?? end + 1) - 1 : start + texts[index]!.length;
  return [start, next];
}

function quotedCells(
  text: string,
  delimiter: string,
  quote: string,
  report: (at: number, message: string) => void,
): Cells {
  const texts: string[] = [];
  const starts: number[] = [];
  let isFaulty = false;
  const fault = (at: number, message: string) => {
    isFaulty = true;
    report(at, message);
  };
  for (let at = 0; at <= text.length; ) {
    starts.push(at);
    if (text[at] !== quote) {
      const end = endOf(text, delimiter, at);
      const value = text.slice(at, end);
      if (value.includes(quote)) fault(at + value.indexOf(quote), 'there is a quote inside a value that is not quoted');
      texts.push(value);
      at = end + 1;
      continue;
    }
    let close = text.indexOf(quote, at + 1);
    while (close >= 0 && text[close + 1] === quote) close = text.indexOf(quote, close + 2);
    if (close < 0) {
      fault(at, 'the quote that opens here is never closed');
      texts.push(text.slice(at + 1));
      break;
    }
    const end = endOf(text, delimiter, close + 1);
    if (end > close + 1) fault(close + 1, 'there is text after the closing quote');
    texts.push(text.slice(at + 1, close).replaceAll(quote + quote, quote));
    at = end + 1;
  }
  return { texts, starts, isFaulty };
}

function endOf(text: string, delimiter: string, from: number): number {
  const end = text.indexOf(delimiter, from);
  return end < 0 ? text.length : end;
}

/** The delimiter that the first row really uses, where splitting by the agreed one gives no row of the layout. */
function otherDelimiter(text: string, found: number, widths: ReadonlySet<number>, agreed: string): string | undefined {
  if (widths.has(found) || found > 1) return undefined;
  return [',', ';', '\t', '|'].find(other => other !== agreed && widths.has(text.split(other).length));
}

function nameOf(delimiter: string): string {
  return delimiter === '\t' ? 'a tab' : `"${delimiter}"`;
}

function namesOf({ fields }: RecordPlan): string[] {
  return fields.map(({ field }) => field.column ?? field.name);
}

/** Otherwise it is a row of data, whose values may be classified. */
function hasMostColumns(header: RecordPlan, { texts }: Cells): boolean {
  const names = namesOf(header);
  return names.filter(name => texts.some(text => areAlike(name, text))).length * 2 >= names.length;
}

/** Where the columns of a record really are; undefined where they are where the layout has them. */
function headerColumns(
  header: RecordPlan,
  { texts: written }: Cells,
  isMasked: boolean,
  report: (index: number, message: string) => void,
): ReadonlyMap<FieldPlan, number | undefined> | undefined {
  const expected = namesOf(header);
  // Case, blanks and punctuation are one fault, however many names they are in.
  const texts = written.map(text => expected.find(name => name === text || areAlike(name, text)) ?? text);
  const respelt = texts.findIndex((text, index) => text !== written[index]);
  if (respelt >= 0) {
    const found = shown(written[respelt]!, false);
    report(
      respelt,
      `found ${found}, expected column "${texts[respelt]}" in this spelling; further ones are not reported`,
    );
  }
  if (expected.length === texts.length && expected.every((name, index) => name === texts[index])) return undefined;
  const missing = new Set(expected.filter(name => !texts.includes(name)));
  for (const [index, text] of texts.entries()) {
    const wanted = expected[index];
    if (text === wanted) continue;
    if (expected.includes(text)) {
      const isTwice = texts.indexOf(text) !== index;
      // Behind a column that is missing all others have moved up.
      if (isTwice) report(index, `column "${text}" is there twice`);
      else if (missing.size === 0) {
        report(index, `column "${text}" stands in place ${index + 1}, expected in place ${expected.indexOf(text) + 1}`);
      }
      continue;
    }
    const isRenamed = wanted !== undefined && missing.delete(wanted);
    // What is no name may be a value: the first row of a file without header, or of one that lost its newlines.
    const name = shown(text, isMasked);
    report(
      index,
      isRenamed ? `found ${name}, expected column "${wanted}"` : `found ${name}, but the layout has no such column`,
    );
  }
  for (const name of missing) report(texts.length, `column "${name}" is missing`);
  return new Map(
    header.fields.map((field, index) => {
      const found = texts.indexOf(expected[index]!);
      return [field, found < 0 ? undefined : found];
    }),
  );
}

/** Whether two names of columns differ in case and punctuation alone. */
function areAlike(a: string, b: string): boolean {
  const plain = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{Nd}]/gu, '');
  return plain(a) === plain(b);
}

function isOddIn(text: string, quote: string): boolean {
  let count = 0;
  for (let at = text.indexOf(quote); at >= 0; at = text.indexOf(quote, at + 1)) count += 1;
  return count % 2 === 1;
}

export function isQuoted(text: string, { delimiter, quote }: NonNullable<Layout['csv']>): boolean {
  return text.includes(delimiter) || text.includes(quote) || /[\r\n]/.test(text);
}
