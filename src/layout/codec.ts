/** One field's text to its value in JSON and back, and the JSON Schema of that value. */
import { boundedRegExp, PatternTimeout } from '../load/bounded-regexp.ts';
import {
  IDENTIFIER_FORMATS,
  type Json,
  type JsonObject,
  type Layout,
  type LayoutField,
  type Rule,
} from '../model/index.ts';
import { dateFormat, formatProblem, type Temporal } from './dates.ts';
import rule from './rules.ts';
import { PRINTABLE } from './text.ts';

export interface Problem {
  readonly rule: Rule;
  /** What would have been right, after "expected". */
  readonly expected: string;
}

export type Reading = { readonly value: Json } | Problem;

export interface Codec {
  /** `text` is not empty, and without padding. */
  readonly read: (text: string) => Reading;
  /** The text of a value, without padding; throws a {@link ValueError}. */
  readonly write: (value: Json) => string;
  readonly schema: JsonObject;
  /** Bounds on the number of characters; X12 counts neither the sign nor the decimal point. */
  readonly least: number;
  readonly most: number;
}

/** A value that a field cannot hold. */
export class ValueError extends Error {
  override readonly name = 'ValueError';
}

/** Where a text or number states no length. */
const DEFAULT_MOST = { text: 1000, number: 18 } as const;
const MOST_DIGITS = 15;

export function codecOf(layout: Layout, field: LayoutField): Codec {
  const { least, most } = boundsOf(layout, field);
  switch (field.type) {
    case 'integer':
      return { ...integer(layout, field, most), least, most };
    case 'decimal':
      return { ...decimal(layout, field, most), least, most };
    case 'date':
    case 'time':
    case 'timestamp':
      return { ...temporal(field.type, field.format ?? ''), least, most };
    case 'code':
      return { ...code(Object.keys(field.codes ?? {})), least, most };
    default:
      return { ...text(layout, field, least, most), least, most };
  }
}

function boundsOf({ format }: Layout, field: LayoutField): { least: number; most: number } {
  const isNumber = field.type === 'integer' || field.type === 'decimal';
  const own = format === 'fixed-width' ? field.length : undefined;
  const most = Math.min(own ?? Number.POSITIVE_INFINITY, field.maxLength ?? Number.POSITIVE_INFINITY);
  return {
    // What is filled up may be short itself.
    least: field.pad !== undefined && format === 'x12' ? 1 : (field.minLength ?? 1),
    most: Number.isFinite(most) ? most : isNumber ? DEFAULT_MOST.number : DEFAULT_MOST.text,
  };
}

/** How many characters count for the length of a field. */
export function lengthOf({ format }: Layout, field: LayoutField, text: string): number {
  const isNumber = field.type === 'integer' || field.type === 'decimal';
  return format === 'x12' && isNumber ? text.replace(/[-.]/g, '').length : text.length;
}

type Part = Pick<Codec, 'read' | 'write' | 'schema'>;

function integer(layout: Layout, field: LayoutField, most: number): Part {
  const isSigned = mayBeNegative(field);
  const room = isSigned && layout.format !== 'x12' ? most - 1 : most;
  const digits = Math.max(1, Math.min(room, MOST_DIGITS));
  const limit = 10 ** digits - 1;
  const expected = `a whole number of at most ${digits} digits${isSigned ? ' with or without a minus' : ''}`;
  return {
    read(raw) {
      const text = withLeadingSign(field, raw);
      if (text === undefined || !/^-?\d+$/.test(text)) return { rule: rule.fieldType, expected };
      const value = Number(text);
      return Math.abs(value) > limit ? { rule: rule.fieldLength, expected } : { value: value === 0 ? 0 : value };
    },
    write(value) {
      const isRight = typeof value === 'number' && Number.isInteger(value) && Math.abs(value) <= limit;
      if (!isRight || (value < 0 && !isSigned)) throw new ValueError(`expected ${expected}`);
      return withOwnSign(field, String(value === 0 ? 0 : value));
    },
    schema: { type: 'integer', minimum: isSigned ? -limit : 0, maximum: limit },
  };
}

function decimal(layout: Layout, field: LayoutField, most: number): Part {
  const places = field.decimals ?? 0;
  const isSigned = mayBeNegative(field);
  const countsMarks = layout.format !== 'x12';
  const marks = countsMarks ? (field.implied || places === 0 ? 0 : 1) + (isSigned ? 1 : 0) : 0;
  const whole = Math.max(1, most - marks - places);
  const minus = isSigned ? '-?' : '';
  const written = new RegExp(field.implied ? `^${minus}[0-9]+$` : `^${minus}[0-9]*(\\.[0-9]{1,${places || 1}})?$`);
  const pattern = `^${minus}(0|[1-9][0-9]{0,${whole - 1}})${places > 0 ? `(\\.[0-9]{1,${places}})?` : ''}$`;
  const value = new RegExp(pattern);
  const expected = field.implied
    ? `digits only, the last ${places} of them decimals${isSigned ? ', with or without a minus' : ''}`
    : `a number of at most ${whole} digits${places > 0 ? `, a decimal point and at most ${places} decimals` : ''}`;
  return {
    read(raw) {
      const text = withLeadingSign(field, raw);
      if (text === undefined || !written.test(text) || !/[0-9]/.test(text)) return { rule: rule.fieldType, expected };
      if (places === 0 && text.includes('.')) return { rule: rule.fieldType, expected };
      const plain = plainDecimal(text, field.implied ? places : undefined);
      return value.test(plain) ? { value: plain } : { rule: rule.fieldLength, expected };
    },
    write(given) {
      if (typeof given !== 'string' || !value.test(given)) throw new ValueError(`expected ${expected}, as text`);
      const plain = /[1-9]/.test(given) ? given : given.replace('-', '');
      if (!field.implied) return withOwnSign(field, plain);
      const [before = '', after = ''] = plain.split('.');
      return withOwnSign(field, (before + after.padEnd(places, '0')).replace(/^(-?)0+(?=\d)/, '$1'));
    },
    schema: { type: 'string', pattern },
  };
}

/** Without superfluous zeros in front, with the implied point written: `00012.50` → `12.50`, `-0` → `0`. */
function plainDecimal(text: string, implied: number | undefined): string {
  const isNegative = text.startsWith('-');
  let digits = isNegative ? text.slice(1) : text;
  if (implied !== undefined && implied > 0) {
    const padded = digits.padStart(implied + 1, '0');
    digits = `${padded.slice(0, -implied)}.${padded.slice(-implied)}`;
  }
  const plain = digits.replace(/^0+(?=\d)/, '').replace(/^\./, '0.');
  return isNegative && /[1-9]/.test(plain) ? `-${plain}` : plain;
}

function mayBeNegative({ sign }: LayoutField): boolean {
  return sign === 'leading' || sign === 'trailing';
}

/** `12-` → `-12` where the sign trails; undefined where a sign stands on the wrong side. */
function withLeadingSign({ sign }: LayoutField, text: string): string | undefined {
  if (sign !== 'trailing') return text;
  if (text.startsWith('-')) return undefined;
  return text.endsWith('-') ? `-${text.slice(0, -1)}` : text;
}

function withOwnSign({ sign }: LayoutField, text: string): string {
  return sign === 'trailing' && text.startsWith('-') ? `${text.slice(1)}-` : text;
}

function temporal(type: Temporal, format: string): Part {
  const expected = `a ${type} as ${format}`;
  if (formatProblem(type, format) !== undefined) return unusable(expected);
  const { parse, format: print, pattern, name } = dateFormat(type, format);
  return {
    read(raw) {
      const value = parse(raw);
      return value === undefined ? { rule: rule.fieldType, expected } : { value };
    },
    write(value) {
      const printed = typeof value === 'string' ? print(value) : undefined;
      if (printed === undefined) throw new ValueError(`expected a ${type} in ISO 8601 that fits ${format}`);
      return printed;
    },
    schema: { type: 'string', ...(name === undefined ? {} : { format: name }), pattern },
  };
}

/** A format that cannot be used is reported with the layout; nothing has it. */
function unusable(expected: string): Part {
  return {
    read: () => ({ rule: rule.notDecided, expected }),
    write() {
      throw new ValueError(`expected ${expected}`);
    },
    schema: { type: 'string' },
  };
}

function code(codes: readonly string[]): Part {
  const known = new Set(codes);
  const listed =
    codes.length > 12 ? `${codes.slice(0, 12).join(', ')} or another of ${codes.length} codes` : codes.join(', ');
  return {
    read: raw => (known.has(raw) ? { value: raw } : { rule: rule.fieldCode, expected: listed }),
    write(value) {
      if (typeof value !== 'string' || !known.has(value)) throw new ValueError(`expected one of ${listed}`);
      return value;
    },
    schema: { type: 'string', enum: [...codes] },
  };
}

function text(layout: Layout, field: LayoutField, least: number, most: number): Part {
  const plain = plainText(layout, field);
  const allowed = new RegExp(plain, 'u');
  const own = field.pattern;
  const { identifier } = field;
  const isIdentifier = identifier === undefined ? () => true : IDENTIFIER_FORMATS[identifier];
  const checked = `a right check digit (${identifier?.toUpperCase()})`;
  const matches = own === undefined ? undefined : guardedPattern(own);
  return {
    read(raw) {
      const verdict = matches ? matches(raw) : true;
      if (verdict === undefined) return { rule: rule.notDecided, expected: `a text on which ${own} ends in time` };
      if (!verdict) return { rule: rule.fieldPattern, expected: `the pattern ${own}` };
      return isIdentifier(raw) ? { value: raw } : { rule: rule.checkDigit, expected: checked };
    },
    write(value) {
      if (typeof value !== 'string' || value === '') throw new ValueError('expected a text that is not empty');
      if (!allowed.test(value)) {
        throw new ValueError(`expected characters of ${layout.encoding} that are neither delimiter nor padding`);
      }
      if (matches?.(value) === false) throw new ValueError(`expected the pattern ${own}`);
      if (!isIdentifier(value)) throw new ValueError(`expected ${checked}`);
      return value;
    },
    schema: {
      type: 'string',
      minLength: least,
      maxLength: most,
      pattern: own === undefined ? plain : anchored(own),
      ...(own === undefined ? {} : { allOf: [{ pattern: plain }] }),
      ...(identifier === undefined ? {} : { format: identifier }),
    },
  };
}

/** What a text may consist of, as a pattern: what padding or the format takes away cannot be part of a value. */
function plainText(layout: Layout, field: LayoutField): string {
  const { format, csv } = layout;
  if (format === 'csv') return `^[${characters(layout, [])}${csv?.multiline ? '\\n' : ''}]+$`;
  const taken = format === 'x12' ? Object.values(delimitersOf(layout)) : [];
  const any = `[${characters(layout, taken)}]`;
  // X12 drops the trailing blanks of every element (X12.6, type AN).
  const edge = `[${characters(layout, [...taken, field.pad ?? ' '])}]`;
  return format === 'fixed-width' && field.align === 'right' ? `^${edge}${any}*$` : `^${any}*${edge}$`;
}

/** Printable characters of the encoding but some of ASCII, as in a class of a regular expression. */
function characters({ encoding }: Layout, without: readonly string[]): string {
  const taken = without.map(one => one.charCodeAt(0)).sort((a, b) => a - b);
  const ranges: string[] = [];
  let from = 0x20;
  for (const code of [...taken, 0x7f]) {
    if (code > from) ranges.push(`${unit(from)}-${unit(code - 1)}`);
    from = Math.max(from, code + 1);
  }
  const beyondAscii = PRINTABLE[encoding].slice(' -~'.length);
  return without.length === 0 ? PRINTABLE[encoding] : ranges.join('') + beyondAscii;
}

const unit = (code: number) => `\\u${code.toString(16).padStart(4, '0')}`;

export interface Delimiters {
  readonly element: string;
  readonly component: string;
  readonly repetition: string;
  readonly segment: string;
}

export function delimitersOf({ x12 }: Pick<Layout, 'x12'>): Delimiters {
  return x12?.delimiters ?? { element: '*', component: ':', repetition: '^', segment: '~' };
}

/** The pattern of a field holds for the whole value. */
export function anchored(pattern: string): string {
  return `^(?:${pattern})$`;
}

/** Two quantifiers without a bound can already take the square of the length. */
const UNBOUNDED_QUANTIFIERS = /[*+]|\{\d+,\}/g;
const LONG = 100;

/** Undefined where the pattern took too long on a text; it is then not tried again. */
function guardedPattern(pattern: string): ((text: string) => boolean | undefined) | undefined {
  const whole = anchored(pattern);
  try {
    const bounded = boundedRegExp(whole, 'u');
    const isSteep = (pattern.match(UNBOUNDED_QUANTIFIERS)?.length ?? 0) > 1;
    const watched = isSteep ? boundedRegExp(`(?:${whole}){1}`, 'u') : bounded;
    let isTooSlow = false;
    return value => {
      if (isTooSlow) return undefined;
      try {
        return (value.length > LONG ? watched : bounded).test(value);
      } catch (error) {
        if (!(error instanceof PatternTimeout)) throw error;
        isTooSlow = true;
        return undefined;
      }
    };
  } catch {
    // A pattern that cannot be compiled is reported with the layout.
    return undefined;
  }
}
