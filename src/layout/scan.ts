/** What every format's scanner does: text in pieces in, raw records out. */
import type { Rule } from '../model/index.ts';
import type { Place } from './faults.ts';
import type { FieldPlan } from './plan.ts';

/** A record as it stands in the text, before anything is known about what it is. */
export interface RawRecord {
  /** From 1, header rows not counted; X12: the segment's place in the file. */
  readonly number: number;
  /** Line on which it starts. */
  readonly line: number;
  /** The whole of it, for the check of its characters. */
  readonly text: string;
  /** Column of its first character. */
  readonly column: number;
  /** What stands at a field, padding included; undefined beyond the end of the record. */
  readonly textAt: (field: FieldPlan) => string | undefined;
  readonly placeOf: (field: FieldPlan) => Place;
  /** Whether a fault was found that makes it unsure which characters belong to which field. */
  readonly isMisaligned: boolean;
  /** Whether the file ended in it, which was reported. */
  readonly isTruncated?: boolean;
  /** Whether it was too long to be read: it counts as a record, and nothing else is known about it. */
  readonly isUnread?: boolean;
  /** What it is called by where its kind is not known, e.g. `segment "XYZ"`. */
  readonly label: (isMasked: boolean) => string;
  /** CSV: how many columns the header row has, where they are not those of the layout. */
  readonly headerWidth?: number | undefined;
  /** X12: the segment id. */
  readonly segment?: string;
  /** X12: the elements, the segment id first. CSV: the cells. */
  readonly elements?: readonly string[];
  /** X12: what separates components; not in ISA, which only states it. */
  readonly component?: string | undefined;
  /** X12: whether a value holds several components or repetitions. */
  readonly isComposite?: (value: string) => boolean;
}

/**
 * Records are made one by one while they are asked for: those of a whole piece would outlive every collection of the young
 * generation, and V8 would answer with a larger one. Whatever is returned has to be read to its end.
 */
export interface Scanner {
  readonly push: (text: string) => Iterable<RawRecord>;
  /** What is left when there is no more text. */
  readonly end: () => Iterable<RawRecord>;
  /** Set once nothing that follows could be read sensibly. */
  readonly isHopeless: () => boolean;
}

/** How a scanner reports; `number` is that of the record. */
export type Report = (rule: Rule, place: Place, number: number, message: string) => void;

/** No record of any agreed format comes near; a text without delimiters must not fill the memory. */
export const MAX_RECORD = 262_144;

/** Text in pieces to lines, without their newline. Lines that never end are cut. */
export interface Lines {
  readonly push: (text: string) => Iterable<Line>;
  readonly end: () => Iterable<Line>;
}

const NEWLINES = { lf: 'a line feed alone', crlf: 'carriage return and line feed', none: 'nothing' } as const;

export interface Line {
  readonly text: string;
  readonly newline: 'lf' | 'crlf' | 'none';
  /** Whether it was longer than {@link MAX_RECORD} and is shown without its end. */
  readonly isCut: boolean;
}

export function linesOf(): Lines {
  let rest = '';
  let isCut = false;
  const finish = (text: string, newline: Line['newline']): Line => {
    const line = { text, newline, isCut };
    isCut = false;
    return line;
  };
  return {
    *push(piece) {
      let from = 0;
      for (let at = piece.indexOf('\n'); at >= 0; at = piece.indexOf('\n', from)) {
        let text = rest + piece.slice(from, at);
        rest = '';
        const isCrlf = text.endsWith('\r');
        if (isCrlf) text = text.slice(0, -1);
        from = at + 1;
        yield finish(text.length > MAX_RECORD ? cut(text) : text, isCrlf ? 'crlf' : 'lf');
      }
      rest += piece.slice(from);
      if (rest.length > MAX_RECORD) rest = cut(rest);
    },
    *end() {
      if (rest === '') return;
      const last = finish(rest, 'none');
      rest = '';
      yield last;
    },
  };

  function cut(text: string): string {
    isCut = true;
    return text.slice(0, MAX_RECORD);
  }
}

/** Whether the whole file is a single line because its records end in carriage returns alone, as on old systems. */
export function endsInReturns({ text, newline, isCut }: Line, line: number): boolean {
  return line === 1 && (newline === 'none' || isCut) && text.includes('\r');
}

export function returnsAlone(agreed: 'lf' | 'crlf' | 'none'): string {
  return `the lines end in a carriage return alone, expected ${NEWLINES[agreed]}; the file was not read`;
}

/** A record of which nothing is known but that it is there. */
export function unreadRecord(number: number, line: number, column: number): RawRecord {
  return {
    number,
    line,
    column,
    text: '',
    isMisaligned: true,
    isUnread: true,
    textAt: () => undefined,
    placeOf: () => ({ line, column, endColumn: column }),
    label: () => 'a record that was not read',
  };
}

/** Reports the first newline that is not the agreed one: the others are the same fault. */
export function newlineCheck(agreed: 'lf' | 'crlf' | 'none', report: Report, rule: Rule) {
  let isReported = false;
  return ({ newline, text }: Line, line: number, number: number): void => {
    if (isReported || newline === 'none' || newline === agreed) return;
    isReported = true;
    const column = text.length + 1;
    const message = `the record ends in ${NEWLINES[newline]}, expected ${NEWLINES[agreed]}; further ones are not reported`;
    report(rule, { line, column, endColumn: column + 1 }, number, message);
  };
}
