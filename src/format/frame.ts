import type { Location } from '../model/index.ts';
import { cut, widthOf } from './columns.ts';
import type { Paint } from './style.ts';
import { revealed } from './untrusted.ts';

export interface FrameStyle {
  readonly width: number;
  readonly mark: Paint;
  readonly dim: Paint;
}

/** A file's text as lines, split where the loader counts them: at line feeds alone. */
export function linesOf(text: string): string[] {
  return text.split('\n').map(line => (line.endsWith('\r') ? line.slice(0, -1) : line));
}

/**
 * The line a location starts on with the lines before and after it, and carets under what is meant. Long lines are cut
 * round the carets. Nothing where the file has no such line.
 */
export function frame(lines: readonly string[], location: Location, style: FrameStyle): string[] {
  const marked = lines[location.line - 1];
  if (marked === undefined) return [];
  const last = lines.at(-1) === '' ? lines.length - 1 : lines.length;
  const numbers = [location.line - 1, location.line, location.line + 1].filter(
    number => number === location.line || (number >= 1 && number <= last),
  );
  const gutter = String(numbers.at(-1)).length;
  const room = Math.max(20, style.width - gutter - 5);

  // One shift for all rows, or the code would no longer line up.
  const shift = marked.length <= room ? 0 : Math.max(0, location.column - 1 - Math.floor(room / 3));
  const shown = (line: string) => cut(`${shift > 0 ? '…' : ''}${revealed(piece(line, shift, shift + room + 1))}`, room);
  const code = shown(marked);
  const lead = (shift > 0 ? 1 : 0) + widthOf(revealed(piece(marked, shift, location.column - 1)));
  const start = Math.min(lead, Math.max(0, room - 1));
  const end = location.endLine > location.line ? marked.length : location.endColumn - 1;
  const length = widthOf(revealed(piece(marked, Math.max(shift, location.column - 1), Math.min(end, shift + room))));
  const carets = '^'.repeat(Math.max(1, Math.min(length, Math.max(widthOf(code), start + 1) - start)));

  return numbers.flatMap(number => {
    const label = String(number).padStart(gutter);
    if (number !== location.line) return [`  ${style.dim(`${label} │`)} ${shown(lines[number - 1]!)}`.trimEnd()];
    return [
      `${style.mark('❯')} ${label} ${style.dim('│')} ${code}`.trimEnd(),
      `  ${' '.repeat(gutter)} ${style.dim('│')} ${' '.repeat(start)}${style.mark(carets)}`,
    ];
  });
}

/** A part of a line, without the halves of characters that the cut may leave at its ends. */
function piece(line: string, from: number, to: number): string {
  return line.slice(from, Math.max(from, to)).replace(/^[\udc00-\udfff]|[\ud800-\udbff]$/g, '');
}
