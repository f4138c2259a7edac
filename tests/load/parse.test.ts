import fc from 'fast-check';
import { dump } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { parseSource } from '../../src/load/parse.ts';
import type { Json, Path } from '../../src/model/index.ts';
import { withoutNegativeZero } from '../json.ts';

const json = fc.jsonValue({ maxDepth: 5 }).map(value => withoutNegativeZero(value as Json));

function pathsIn(value: Json, at: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [at];
  const children = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return [at, ...children.flatMap(([key, child]) => pathsIn(child, [...at, key]))];
}

describe('YAML and JSON', () => {
  test('the same values come out of both', () => {
    fc.assert(
      fc.property(json, value => {
        expect(parseSource('a.json', JSON.stringify(value)).file.value).toEqual(value);
        expect(parseSource('a.yaml', dump(value)).file.value).toEqual(value);
      }),
    );
  });

  test('keys of one escaped letter are what they are, whatever was parsed before', () => {
    parseSource('a.json', '{"h": [], "\\\\": 0}');
    const { value } = parseSource('b.json', '{"h": 1, "\\"": 2, "__proto__": 3}').file;
    expect(Object.keys(value as object)).toEqual(['h', '"', '__proto__']);
  });

  test('the span of every scalar holds that scalar', () => {
    fc.assert(
      fc.property(json, value => {
        const text = JSON.stringify(value, null, 2);
        const { file } = parseSource('a.json', text);
        for (const path of pathsIn(value)) {
          const { line, column, endLine, endColumn } = file.locate(path);
          const lines = text.split('\n');
          const spanned =
            line === endLine
              ? lines[line - 1]!.slice(column - 1, endColumn - 1)
              : [
                  lines[line - 1]!.slice(column - 1),
                  ...lines.slice(line, endLine - 1),
                  lines[endLine - 1]!.slice(0, endColumn - 1),
                ].join('\n');
          const expected = path.reduce<Json>((inner, key) => (inner as Record<string, Json>)[key]!, value);
          expect(parseSource('part.json', spanned).file.value).toEqual(expected);
        }
      }),
    );
  });

  test('YAML spans point at keys and values', () => {
    const text = 'a: 1\nlist:\n  - name: "q"\n    empty:\n"x/y": |\n  block\n';
    const { file } = parseSource('a.yaml', text);
    const at = (path: Path, part?: 'key' | 'value') => {
      const { line, column } = file.locate(path, part);
      return [line, column];
    };
    expect(at(['a'])).toEqual([1, 4]);
    expect(at(['a'], 'key')).toEqual([1, 1]);
    expect(at(['list', 0, 'name'], 'key')).toEqual([3, 5]);
    expect(at(['list', 0, 'empty'])).toEqual([4, 10]);
    expect(at(['x/y'], 'key')).toEqual([5, 2]);
    expect(at(['list', 0, 'missing', 'deeper'])).toEqual([3, 5]);
    expect(file.locate(['x/y']).pointer).toBe('/x~1y');
  });
});

test('JSON spans are found by the steps of a pointer, and of equal keys the last counts', () => {
  const { file } = parseSource('a.json', '{\n"list": [\n1,\n{"b": 1}],\n"c": 1,\n"c": 2}');
  expect(file.locate(['list', '1', 'b']).line).toBe(4);
  expect(file.locate(['list', 1]).line).toBe(4);
  expect(file.locate(['c'])).toMatchObject({ line: 6, column: 6 });
  expect(file.locate(['list', 0, 'missing']).line).toBe(3);
});

describe('text that cannot be used', () => {
  const cases: [name: string, path: string, text: string, message: RegExp, line: number][] = [
    ['an open flow sequence', 'a.yaml', 'a: 1\nb: [1', /flow collection/, 2],
    ['a duplicate key', 'a.yaml', 'a: 1\na: 2\n', /duplicated mapping key/, 2],
    ['an unknown alias', 'a.yaml', 'a: *b\n', /unidentified alias/, 1],
    ['a cyclic alias', 'a.yaml', '&a [*a]\n', /contains it/, 1],
    ['several documents', 'a.yaml', 'a: 1\n---\nb: 1\n', /more than one/, 1],
    ['an empty file', 'a.yaml', '# nothing\n', /empty/, 1],
    ['a tag that would construct something', 'a.yaml', 'a: !!js/function x\n', /unknown/, 1],
    ['a trailing comma', 'a.json', '{\n  "a": 1,\n}', /property name expected/, 3],
    ['an empty JSON file', 'a.json', '', /value expected/, 1],
  ];
  test.each(cases)('%s', (_, path, text, message, line) => {
    const { file, problem } = parseSource(path, text);
    expect(file.value).toBeUndefined();
    expect(problem?.message).toMatch(message);
    expect(problem?.location.line).toBe(line);
  });

  test('a billion laughs', () => {
    const levels = Array.from(
      { length: 12 },
      (_, level) => `a${level + 1}: &a${level + 1} [${Array(9).fill(`*a${level}`).join(', ')}]`,
    );
    const started = Date.now();
    expect(parseSource('a.yaml', `a0: &a0 lol\n${levels.join('\n')}\n`).problem?.message).toMatch(
      /aliases are expanded/,
    );
    expect(Date.now() - started).toBeLessThan(2000);
  });

  test('nesting without end', () => {
    expect(parseSource('a.json', '['.repeat(50_000) + ']'.repeat(50_000)).problem).toBeDefined();
    expect(parseSource('a.yaml', '['.repeat(50_000)).problem).toBeDefined();
  });

  test('prototype keys are plain keys', () => {
    for (const [path, text] of [
      ['a.json', '{"__proto__": {"x": 1}}'],
      ['a.yaml', '__proto__: {x: 1}'],
    ] as const) {
      const { value } = parseSource(path, text).file;
      expect(Object.keys(value as object)).toEqual(['__proto__']);
      expect(({} as Record<string, unknown>)['x']).toBeUndefined();
    }
  });

  test('whatever the text, parsing returns', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), fc.constantFrom('a.yaml', 'a.json'), (text, path) => {
        const { file, problem } = parseSource(path, text);
        expect(file.value === undefined).toBe(problem !== undefined);
      }),
    );
  });
});
