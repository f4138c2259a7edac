/** What fills a field up to its length, and what is left of it without that. */
import type { Layout, LayoutField } from '../model/index.ts';

/** What stands in a field without what only fills it up. */
export function unpadded(layout: Layout, field: LayoutField, text: string): string {
  if (layout.format === 'csv') return text;
  if (layout.format === 'x12') return field.pad === undefined ? text : trimEnd(text, field.pad);
  const { pad, isRight } = paddingOf(field);
  // A field of blanks is empty, whatever else fills it up.
  if (isRight && pad !== ' ' && trimEnd(text, ' ') === '') return '';
  if (!isRight) return trimEnd(text, pad);
  const isNumber = field.type === 'integer' || field.type === 'decimal';
  // The zeros of a number are part of it: reading drops them, and none of them would be left of 0.
  return isNumber && pad === '0' ? text : trimStart(text, pad);
}

/** How a fixed-width field is filled up: numbers from the left with zeros, all else from the right with blanks. */
export function paddingOf({ type, pad, align }: LayoutField): {
  readonly pad: string;
  readonly isRight: boolean;
} {
  const isNumber = type === 'integer' || type === 'decimal';
  return { pad: pad ?? (isNumber ? '0' : ' '), isRight: (align ?? (isNumber ? 'right' : 'left')) === 'right' };
}

function trimEnd(text: string, pad: string): string {
  let end = text.length;
  while (end > 0 && text[end - 1] === pad) end -= 1;
  return end === text.length ? text : text.slice(0, end);
}

function trimStart(text: string, pad: string): string {
  let start = 0;
  while (start < text.length && text[start] === pad) start += 1;
  return start === 0 ? text : text.slice(start);
}
