export type Paint = (text: string) => string;
export type Style = Readonly<Record<keyof typeof CODES, Paint>>;

/** Select Graphic Rendition codes (ECMA-48 §8.3.117): on, off. */
const CODES = {
  bold: [1, 22],
  dim: [2, 22],
  underline: [4, 24],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  cyan: [36, 39],
} as const;

/**
 * Colours, or functions that leave the text as it is. Not util.styleText: newer Node versions let that one ask the
 * environment and stdout, and a format has neither.
 */
export function styleFor(color: boolean): Style {
  const paint = ([on, off]: readonly [number, number]): Paint =>
    color ? text => (text === '' ? '' : `\u001b[${on}m${text}\u001b[${off}m`) : text => text;
  return Object.fromEntries(Object.entries(CODES).map(([name, code]) => [name, paint(code)])) as unknown as Style;
}
