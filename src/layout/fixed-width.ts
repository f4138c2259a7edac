/** Records of one length: a line each, or one after the other without any newline. */
import type { Layout } from '../model/index.ts';
import { counted, shown } from './faults.ts';
import type { FieldPlan } from './plan.ts';
import rule from './rules.ts';
import {
  endsInReturns,
  type Line,
  type Lines,
  linesOf,
  newlineCheck,
  type RawRecord,
  type Report,
  returnsAlone,
  type Scanner,
} from './scan.ts';

export function fixedWidthScanner(layout: Layout, report: Report): Scanner {
  const length = layout.fixedWidth!.recordLength;
  const lines = layout.newline === 'none' ? slices(length) : linesOf();
  const checkNewline = newlineCheck(layout.newline, report, rule.newline);
  let number = 0;
  let isHopeless = false;

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
  function* all(found: Iterable<Line>, isLast: boolean): Iterable<RawRecord> {
    for (const line of found) {
      if (isHopeless) return;
      if (layout.newline === 'none' || !endsInReturns(line, number + 1)) yield recordOf(line, isLast);
      else {
        isHopeless = true;
        const column = line.text.indexOf('\r') + 1;
        report(rule.newline, { line: 1, column, endColumn: column + 1 }, 0, returnsAlone(layout.newline));
      }
    }
  }
  return {
    push: text => all(lines.push(text), false),
    end: () => all(lines.end(), true),
    isHopeless: () => isHopeless,
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
