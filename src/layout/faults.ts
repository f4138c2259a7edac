/** What is wrong with a file, in a shape that any room can print. */
import type { Rule } from '../model/index.ts';

export interface FileFault {
  readonly rule: Rule;
  /** Lines of the text and characters in a line count from 1; the end is exclusive. */
  readonly line: number;
  readonly column: number;
  readonly endColumn: number;
  /** Which record it is (X12: which segment of the file), from 1; 0 for the file as a whole. */
  readonly number: number;
  /** Name of the record in the layout, where it was recognised. */
  readonly record?: string;
  readonly field?: string;
  /** X12: the element, e.g. `IT104`, or its component, e.g. `SVC01-2`. */
  readonly element?: string;
  /** A sentence: what was found, and what was expected. Never shows a classified value. */
  readonly message: string;
}

/** Where in a text something stands. */
export interface Place {
  readonly line: number;
  readonly column: number;
  readonly endColumn: number;
}

const SHOWN = 40;

/**
 * A value as a message may show it: cut where it is long. Of a classified one only the shape, which is enough to find a
 * shifted or malformed field: digits as 9, letters as A.
 */
export function shown(value: string, isMasked: boolean): string {
  const cut = value.length > SHOWN ? `${value.slice(0, SHOWN)}…` : value;
  return isMasked ? `a value of the shape "${shapeOf(cut)}"` : `"${cut}"`;
}

function shapeOf(value: string): string {
  return value.replace(/\p{Nd}/gu, '9').replace(/\p{L}/gu, 'A');
}

/** `1 record`, `3 records`. */
export function counted(count: number | bigint, noun: string): string {
  return `${count} ${noun}${Number(count) === 1 ? '' : 's'}`;
}
