/** X12 interchanges (X12.5, X12.6): ISA says which characters separate, everything else follows from them. */
import type { Layout } from '../model/index.ts';
import { type Delimiters, delimitersOf } from './codec.ts';
import { counted, type Place, shown } from './faults.ts';
import type { FieldPlan } from './plan.ts';
import rule from './rules.ts';
import { MAX_RECORD, type RawRecord, type Report, type Scanner, unreadRecord } from './scan.ts';

/** ISA with its terminator: the one segment of fixed length (X12.5). */
const ISA_LENGTH = 106;
/** Offsets at which ISA has its element separator. */
const ISA_SEPARATORS = [3, 6, 17, 20, 31, 34, 50, 53, 69, 76, 81, 83, 89, 99, 101, 103] as const;
const REPETITION_AT = 82;
const COMPONENT_AT = 104;

/** Characters that nobody may choose as a delimiter: they occur in data. */
const NO_DELIMITER = /[A-Za-z0-9 ]/;

export function x12Scanner(layout: Layout, report: Report): Scanner {
  const agreed = delimitersOf(layout);
  let delimiters: Delimiters = agreed;
  let rest = '';
  let line = 1;
  let column = 1;
  let number = 0;
  let isHopeless = false;
  let isCutting = false;
  let isRegularStart = true;

  /** Moves the place past a text. */
  const pass = (text: string) => {
    const last = text.lastIndexOf('\n');
    if (last < 0) column += text.length;
    else {
      line += text.match(/\n/g)!.length;
      column = text.length - last;
    }
  };

  const readDelimiters = (text: string): void => {
    const here = (at: number): Place => ({ line, column: column + at, endColumn: column + at + 1 });
    const element = text[3]!;
    const isRegular = ISA_SEPARATORS.every(at => text[at] === element);
    isRegularStart = isRegular;
    const found: Delimiters = isRegular
      ? { element, component: text[COMPONENT_AT]!, repetition: text[REPETITION_AT]!, segment: text[ISA_LENGTH - 1]! }
      : { ...agreed, element: NO_DELIMITER.test(element) ? agreed.element : element };
    if (!isRegular) {
      const at = ISA_SEPARATORS.find(offset => text[offset] !== element)!;
      const message = `ISA is not ${ISA_LENGTH} characters long: expected the element separator ${shown(element, false)} here; the delimiters are taken from the layout`;
      report(rule.recordLength, here(at), number + 1, message);
    }
    const positions = { element: 3, repetition: REPETITION_AT, component: COMPONENT_AT, segment: ISA_LENGTH - 1 };
    for (const [name, at] of Object.entries(positions) as [keyof Delimiters, number][]) {
      if (found[name] === agreed[name] || (!isRegular && name !== 'element')) continue;
      const message = `the ${name} ${name === 'segment' ? 'terminator' : 'separator'} is ${shown(found[name], false)}, expected ${shown(agreed[name], false)}`;
      report(rule.delimiter, here(at), number + 1, message);
    }
    const isUsable =
      new Set(Object.values(found)).size === 4 && !Object.values(found).some(one => NO_DELIMITER.test(one));
    delimiters = isUsable ? found : agreed;
  };

  const recordOf = (text: string, isMisaligned: boolean): RawRecord => {
    number += 1;
    const { element, component, repetition } = delimiters;
    const elements = text.split(element);
    const at = { line, column };
    const isEnvelope = elements[0] === 'ISA';
    const startOf = (index: number) => elements.slice(0, index).reduce((sum, one) => sum + one.length + 1, 0);
    return {
      number,
      line: at.line,
      column: at.column,
      text: isEnvelope ? '' : text,
      isMisaligned,
      segment: elements[0]!,
      elements,
      component: isEnvelope ? undefined : component,
      textAt(field) {
        const value = elements[field.at];
        return field.component === undefined ? value : value?.split(component)[field.component - 1];
      },
      placeOf(field: FieldPlan) {
        const value = elements[field.at];
        if (value === undefined) return { ...at, column: at.column + text.length, endColumn: at.column + text.length };
        const parts = field.component === undefined ? [value] : value.split(component);
        const before = parts.slice(0, (field.component ?? 1) - 1).reduce((sum, one) => sum + one.length + 1, 0);
        const from = at.column + startOf(field.at) + before;
        return { ...at, column: from, endColumn: from + (parts[(field.component ?? 1) - 1]?.length ?? 0) };
      },
      // What is no segment id may be a value that a stray terminator cut off.
      label: () => `segment ${shown(elements[0]!, !/^[A-Z][A-Z0-9]{1,2}$/.test(elements[0]!))}`,
      isComposite: (value: string) => !isEnvelope && (value.includes(component) || value.includes(repetition)),
    };
  };

  /** Everything after an ISA that is separated in another way than it says would be a single element. */
  const isOtherwiseSeparated = (text: string): boolean => {
    const found = number === 1 ? /^GS([^A-Z0-9])/.exec(text)?.[1] : undefined;
    if (found === undefined || found === delimiters.element) return false;
    isHopeless = true;
    const place = { line, column: column + 2, endColumn: column + 3 };
    const message = `elements are separated by ${shown(found, false)}, but ISA says ${shown(delimiters.element, false)}; the rest of the file was not read`;
    report(rule.delimiter, place, 2, message);
    return true;
  };

  function* scan(isEnd: boolean): Iterable<RawRecord> {
    let from = 0;
    const skip = () => {
      let to = from;
      while (to < rest.length && (rest[to] === '\r' || rest[to] === '\n')) to += 1;
      if (to > from) pass(rest.slice(from, to));
      from = to;
    };
    for (;;) {
      skip();
      if (from >= rest.length) break;
      const isStart = rest.startsWith('ISA', from);
      if (isStart && rest.length - from < ISA_LENGTH && !isEnd) break;
      if (number === 0 && !isStart && (rest.length - from >= 3 || isEnd)) {
        isHopeless = true;
        const place = { line, column, endColumn: column + 3 };
        report(
          rule.unknownRecord,
          place,
          1,
          `the file begins with ${shown(rest.slice(from, from + 3), true)}, expected ISA: it is no X12 interchange, and was not read`,
        );
        break;
      }
      if (number === 0 && !isStart) break;
      if (isStart && !isCutting) readDelimiters(rest.slice(from, from + ISA_LENGTH));
      const end = rest.indexOf(delimiters.segment, from);
      if (end < 0) break;
      let text = rest.slice(from, end);
      if (isOtherwiseSeparated(text)) break;
      const broken = isCutting ? -1 : unterminated(text, delimiters);
      if (broken >= 0) {
        const message = `the segment terminator ${shown(delimiters.segment, false)} is missing at the end of the line`;
        text = text.slice(0, broken);
        const last = text.lastIndexOf('\n');
        const at = last < 0 ? column + broken : broken - last;
        const place = { line: line + (text.match(/\n/g)?.length ?? 0), column: at, endColumn: at + 1 };
        report(rule.delimiter, place, number + 1, message);
      }
      const record = isCutting ? undefined : recordOf(text, isStart && !isRegularStart);
      isCutting = false;
      const next = broken >= 0 ? from + broken : end + 1;
      pass(rest.slice(from, next));
      from = next;
      if (record) yield record;
    }
    rest = rest.slice(from);
    if (rest.length > MAX_RECORD) {
      if (!isCutting) {
        number += 1;
        const place = { line, column, endColumn: column + 1 };
        report(
          rule.recordLength,
          place,
          number,
          `the segment has over ${counted(MAX_RECORD, 'character')}; it was not read`,
        );
        yield unreadRecord(number, line, column);
      }
      isCutting = true;
      pass(rest);
      rest = '';
    }
  }

  return {
    push(text) {
      rest += text;
      return scan(false);
    },
    *end() {
      yield* scan(true);
      if (rest !== '' && !isHopeless && !isCutting) {
        const place = { line, column, endColumn: column + rest.length };
        const message = `the file ends in the middle of a segment: the segment terminator ${shown(delimiters.segment, false)} is missing`;
        report(rule.truncated, place, number + 1, message);
        yield recordOf(rest, true);
      }
    },
    isHopeless: () => isHopeless,
  };
}

/** Where a line ends within a segment and another segment seems to begin; -1 where none does. */
function unterminated(text: string, { element }: Delimiters): number {
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
    const id = /^[A-Z][A-Z0-9]{1,2}(?![A-Z0-9])/.exec(text.slice(at + 1, at + 5))?.[0];
    if (id !== undefined && text[at + 1 + id.length] === element) return text[at - 1] === '\r' ? at - 1 : at;
  }
  return -1;
}
