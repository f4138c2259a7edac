import { describe, expect, it } from 'vitest';
import { cut, fold, widthOf } from '../../src/format/columns.ts';
import { frame, linesOf } from '../../src/format/frame.ts';
import { plain, revealed } from '../../src/format/untrusted.ts';

const same = (text: string) => text;

function frameOf(text: string, line: number, column: number, endLine: number, endColumn: number, width = 100) {
  const location = { file: 'a.yaml', line, column, endLine, endColumn };
  return frame(linesOf(text), location, { width, mark: same, dim: same });
}

describe('a code frame', () => {
  it('shows the line, its neighbours and carets', () => {
    expect(frameOf('a: 1\nb: two\nc: 3\n', 2, 4, 2, 7)).toEqual([
      '  1 │ a: 1',
      '❯ 2 │ b: two',
      '    │    ^^^',
      '  3 │ c: 3',
    ]);
  });

  it('has one caret for an empty place, also behind the end of the line', () => {
    expect(frameOf('a: 1', 1, 1, 1, 1)).toEqual(['❯ 1 │ a: 1', '    │ ^']);
    expect(frameOf('a: 1', 1, 5, 1, 5)).toEqual(['❯ 1 │ a: 1', '    │     ^']);
    expect(frameOf('', 1, 1, 1, 1)).toEqual(['❯ 1 │', '    │ ^']);
  });

  it('marks the rest of the line where more than one is meant', () => {
    expect(frameOf('a:\n  b: 1\n', 1, 1, 2, 7)).toEqual(['❯ 1 │ a:', '    │ ^^', '  2 │   b: 1']);
  });

  it('aligns line numbers of different length, and does not show the empty line behind the last newline', () => {
    const text = Array.from({ length: 10 }, (_, at) => `l${at + 1}`).join('\n');
    expect(frameOf(`${text}\n`, 9, 1, 9, 3)).toEqual(['   8 │ l8', '❯  9 │ l9', '     │ ^^', '  10 │ l10']);
    expect(frameOf(`${text}\n`, 10, 1, 10, 4)).toEqual(['   9 │ l9', '❯ 10 │ l10', '     │ ^^^']);
  });

  it('is empty where the file has no such line', () => {
    expect(frameOf('a', 2, 1, 2, 1)).toEqual([]);
  });

  it('points at the right column behind tabs, wide and invisible characters', () => {
    expect(frameOf('\ta: 1', 1, 5, 1, 6)[1]).toBe('    │      ^');
    expect(frameOf('日本: 1', 1, 5, 1, 6)[1]).toBe('    │       ^');
    expect(frameOf('\u202ea', 1, 2, 1, 3)).toEqual(['❯ 1 │ <U+202E>a', '    │         ^']);
  });

  it('cuts long lines round what is meant', () => {
    const [code, carets] = frameOf(`${'x'.repeat(5000)}HERE${'y'.repeat(5000)}`, 1, 5001, 1, 5005, 60);
    expect(widthOf(code!)).toBeLessThanOrEqual(60);
    expect(code!.slice(carets!.indexOf('^'), carets!.lastIndexOf('^') + 1)).toBe('HERE');
  });

  it('says where it cut', () => {
    expect(frameOf('x'.repeat(30), 1, 1, 1, 2, 26)[0]).toBe(`❯ 1 │ ${'x'.repeat(19)}…`);
    expect(frameOf('x'.repeat(20), 1, 1, 1, 2, 26)[0]).toBe(`❯ 1 │ ${'x'.repeat(20)}`);
  });

  it('splits lines as the loader does: at line feeds, with or without carriage returns', () => {
    expect(linesOf('a\r\nb\nc\rd')).toEqual(['a', 'b', 'c\rd']);
  });
});

describe('columns', () => {
  it.each([
    ['plain', 5],
    ['日本語', 6],
    ['e\u0301', 1],
    ['✖', 1],
    ['👍', 2],
  ])('%s takes %i', (text, width) => {
    expect(widthOf(text)).toBe(width);
  });

  it('folds at spaces, and leaves words whole', () => {
    expect(fold('one two three', 7)).toEqual(['one two', 'three']);
    expect(fold('api:suppliers@1#createSupplier x', 10)).toEqual(['api:suppliers@1#createSupplier', 'x']);
    expect(fold('', 10)).toEqual(['']);
  });

  it('cuts with an ellipsis', () => {
    expect(cut('abcdef', 4)).toBe('abc…');
    expect(cut('abcd', 4)).toBe('abcd');
    expect(cut('日本語', 5)).toBe('日本…');
  });
});

describe('untrusted text', () => {
  it.each([
    ['colours', '\u001b[1;31mred\u001b[0m', 'red'],
    ['C1 controls', '\u009b31mred', 'red'],
    ['hyperlinks', '\u001b]8;;https://x.example\u001b\\link\u001b]8;;\u0007', 'link'],
    ['a string that is never closed', '\u001b]0;all that follows', '0;all that follows'],
    ['resets', '\u001bcafter', 'after'],
    ['lines', 'a\r\nb\u2028c\td', 'a b c d'],
    ['direction', 'a\u202eb\u2066c', 'abc'],
    ['invisible letters', 'a\u200b\ufeff\u{e0041}b', 'ab'],
    ['joiners that scripts need', '👩‍👧', '👩‍👧'],
    ['workflow commands', '::error::x', ': :error::x'],
    ['logging commands', '##vso[x] ##[x]', '# #vso[x] # #[x]'],
    ['commands behind invisible letters', '#\u200b#vso[x]', '# #vso[x]'],
    ['paths and types', 'a::b c:d', 'a::b c:d'],
  ])('loses %s', (_what, text, expected) => {
    expect(plain(text)).toBe(expected);
  });

  it('is cut where it never ends', () => {
    expect(plain('x'.repeat(1_000_000)).length).toBe(2001);
  });

  it('shows in code what would be invisible', () => {
    expect(revealed('\u001b[31m\u007f\u0085\u202e\t|')).toBe('␛[31m␡<U+0085><U+202E>  |');
  });
});
