/** Bytes to characters and back, and which characters an encoding allows. */
import { StringDecoder } from 'node:string_decoder';
import type { Layout } from '../model/index.ts';

export type Encoding = Layout['encoding'];

export interface Decoder {
  readonly push: (bytes: Uint8Array) => string;
  readonly end: () => string;
}

/**
 * Never fails: bytes that the encoding does not have come out as characters that {@link firstBad} finds. Positions in
 * the text are positions in the file, except for characters of several bytes.
 */
export function decoderOf(encoding: Encoding): Decoder {
  const decoder = new StringDecoder(encoding === 'utf-8' ? 'utf8' : 'latin1');
  // Not TextDecoder, which in some versions of Node takes windows-1252 for Latin-1.
  const read = encoding === 'windows-1252' ? fromWindows : (text: string) => text;
  return {
    push: bytes => read(decoder.write(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))),
    end: () => decoder.end(),
  };
}

function fromWindows(text: string): string {
  return text.replace(/[\x80-\x9f]/g, byte => {
    const character = WINDOWS[byte.charCodeAt(0) - 0x80]!;
    return character === ' ' ? byte : character;
  });
}

/** Characters 0x80 to 0x9F of Windows code page 1252, by position; a space where it has none. */
const WINDOWS = '€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ';

/** As in a class of a regular expression: the printable characters that a field may hold. */
export const PRINTABLE: Readonly<Record<Encoding, string>> = {
  'us-ascii': ' -~',
  'iso-8859-1': ' -~\\u00a0-\\u00ff',
  'windows-1252': ` -~\\u00a0-\\u00ff${WINDOWS.replaceAll(' ', '')}`,
  'utf-8': ' -~\\u00a0-\\ud7ff\\ue000-\\ufefe\\uff00-\\ufffc',
};

/** What no field may hold. UTF-8 may also hold characters outside the basic plane, as surrogates. */
const BAD: Readonly<Record<Encoding, RegExp>> = {
  'us-ascii': /[^ -~]/,
  'iso-8859-1': new RegExp(`[^${PRINTABLE['iso-8859-1']}]`),
  'windows-1252': new RegExp(`[^${PRINTABLE['windows-1252']}]`),
  'utf-8': new RegExp(`[^${PRINTABLE['utf-8']}\\ud800-\\udfff]`),
};
const BAD_ACROSS_LINES: Readonly<Record<Encoding, RegExp>> = Object.fromEntries(
  Object.entries(BAD).map(([encoding, { source }]) => [encoding, new RegExp(source.replace('[^', '[^\\r\\n'))]),
) as Record<Encoding, RegExp>;

/** Index of the first character that may not occur; -1 where there is none. */
export function firstBad(text: string, encoding: Encoding, isMultiline = false): number {
  return text.search((isMultiline ? BAD_ACROSS_LINES : BAD)[encoding]);
}

/** Says what is wrong with a character that {@link firstBad} found. */
export function describeBad(character: string, encoding: Encoding): string {
  const code = character.charCodeAt(0);
  const hex = code.toString(16).toUpperCase();
  if (character === '\uFFFD') return `a byte that is no ${encoding}`;
  if (code < 0x20 || code === 0x7f) return `the control character 0x${hex.padStart(2, '0')}`;
  return code < 0x100
    ? `the byte 0x${hex}, which ${encoding} does not have`
    : `the character U+${hex.padStart(4, '0')}`;
}

/** Throws a RangeError where a character has no place in the encoding. */
export function encode(text: string, encoding: Encoding): Uint8Array {
  if (encoding === 'utf-8') return Buffer.from(text, 'utf8');
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    const special = encoding === 'windows-1252' && code > 0xff ? WINDOWS.indexOf(text[at]!) : -1;
    const byte = special >= 0 ? 0x80 + special : code;
    if (byte > (encoding === 'us-ascii' ? 0x7f : 0xff)) {
      throw new RangeError(`${encoding} has no character "${text[at]}"`);
    }
    bytes[at] = byte;
  }
  return bytes;
}
