/** Records of one length: a line each, or one after the other without any newline. */
import type { Layout } from '../model/index.ts';
import { counted, shown } from './faults.ts';
import type { FieldPlan } from './plan.ts';
import rule from './rules.ts';
import { type Line, type Lines, linesOf, newlineCheck, type RawRecord, type Report, type Scanner } from './scan.ts';

export function fixedWidthScanner(layout: Layout, report: Report): Scanner {
  const length = layout.fixedWidth!.recordLength;
  const lines = layout.newline === 'none' ? slices(length) : linesOf();
  const checkNewline = newlineCheck(layout.newline, report, rule.newline);
  let number = 0;

  const recordOf = (line: Line, isLast: boolean): RawRecord => {
    number += 1;
    const own = number;
    const { text, newline, isCut } = line;
    checkNewline(line, number, number);
    const isMisaligned = isCut || text.length !== length;
    if (isMisaligned) {
      const end = {
        line: number,
        column: Math.min(text.length, length) + 1,
        endColumn: Math.max(text.length, length) + 1,
      };
      const found = `the record has ${isCut ? 'over ' : ''}${counted(text.length, 'character')}, expected ${length}`;
      const isTruncated = isLast && newline === 'none' && text.length < length;
      if (isTruncated) report(rule.truncated, end, number, `the file ends in the middle of a record: ${found}`);
      else report(rule.recordLength, end, number, found);
    } else if (isLast && newline === 'none' && layout.newline !== 'none') {
      const end = { line: number, column: length + 1, endColumn: length + 1 };
      report(
        rule.truncated,
        end,
        number,
        'the last record does not end in a newline: the transfer may have broken off',
      );
    }
    return {
      number: own,
      line: own,
      column: 1,
      text,
      isMisaligned,
      textAt: ({ at, field }) => (at + field.length! <= text.length ? text.slice(at, at + field.length!) : undefined),
      placeOf: ({ at, field }: FieldPlan) => ({ line: own, column: at + 1, endColumn: at + 1 + field.length! }),
      label: isMasked => `a record that begins with ${shown(text.slice(0, 10), isMasked)}`,
    };
  };
  return {
    *push(text) {
      for (const line of lines.push(text)) yield recordOf(line, false);
    },
    *end() {
      for (const line of lines.end()) yield recordOf(line, true);
    },
    isHopeless: () => false,
  };
}

function slices(length: number): Lines {
  let rest = '';
  const line = (text: string): Line => ({ text, newline: 'none', isCut: false });
  return {
    *push(piece) {
      const text = rest + piece;
      const whole = text.length - (text.length % length);
      rest = text.slice(whole);
      for (let at = 0; at < whole; at += length) yield line(text.slice(at, at + length));
    },
    *end() {
      if (rest !== '') yield line(rest);
    },
  };
}
