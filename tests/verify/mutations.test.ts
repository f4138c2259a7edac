import jsonata from 'jsonata';
import { describe, expect, test } from 'vitest';
import type { Json, Mapping } from '../../src/model/index.ts';
import { mutationsOf } from '../../src/verify/expression-mutations.ts';
import { createExpressions } from '../../src/verify/expressions.ts';
import { mutantsOf, withExpression } from '../../src/verify/mutations.ts';

test('an expression goes as a whole, and gets each of its own faults', () => {
  const toVendor = {
    A: "'x'",
    B: { C: 'c', D: { $each: 'd', $item: { E: 'e' } } },
    G: { $each: 'g', $item: '$' },
  };
  const mapping = { toVendor, toCanonical: 'x' } as unknown as Mapping;
  const mutants = mutantsOf(mapping, 'toVendor').map(({ at, mutation }) => [at.join('/'), mutation?.what]);
  expect(mutants).toEqual([
    ['A', undefined],
    ['A', "'x' changed"],
    ['B/C', undefined],
    ['B/D/$each', undefined],
    ['B/D/$item/E', undefined],
    ['G/$each', undefined],
  ]);
  expect(withExpression(toVendor, ['B', 'D', '$item', 'E'], 'f')).toEqual({
    ...toVendor,
    B: { C: 'c', D: { $each: 'd', $item: { E: 'f' } } },
  });
});

/** Expression, document, and by fault what comes of it. */
const CASES: [expression: string, document: Json, faults: { [what: string]: Json | undefined }][] = [
  [
    "status in ['held', 'gone'] ? 1 : 0",
    { status: 'gone' },
    {
      "condition status in ['held', 'gone'] always true": 1,
      "condition status in ['held', 'gone'] always false": 0,
      "item 'held' dropped": 1,
      "item 'gone' dropped": 0,
      '1 changed': 0,
      '0 changed': 1,
    },
  ],
  [
    "$lookup({'EA': 'Each', 'PR': 'Pair', 'DZN': 'Dozen'}, unit)",
    { unit: 'PR' },
    {
      "entry 'EA' dropped": 'Pair',
      "entry 'PR' dropped": undefined,
      "entry 'DZN' dropped": 'Pair',
      "values of 'EA' and 'PR' swapped": 'Each',
      "values of 'PR' and 'DZN' swapped": 'Dozen',
    },
  ],
  [
    "$lookup({'N30': 30, 'E30': 30}, 'N30')",
    {},
    { "entry 'N30' dropped": undefined, "entry 'E30' dropped": 30, "'N30' changed": undefined },
  ],
  [
    "a ? 'x'",
    { a: false },
    { 'condition a always true': 'x', 'condition a always false': undefined, "'x' changed": undefined },
  ],
  ['a - b * 2', { a: 5, b: 1 }, { 'a - b * 2 turned to +': 7, 'b * 2 turned to /': 4.5, '2 changed': 4 }],
  ['-a', { a: 5 }, { 'the minus sign dropped': 5 }],
  [
    "a >= 5 and b = 'x'",
    { a: 5, b: 'y' },
    {
      "a >= 5 and b = 'x' turned to or": true,
      'a >= 5 turned to <': false,
      '5 changed': false,
      "b = 'x' turned to !=": true,
      "'x' changed": false,
    },
  ],
  [
    "lines[kind = 'x'][0].id",
    {
      lines: [
        { kind: 'x', id: 1 },
        { kind: 'y', id: 2 },
      ],
    },
    { "kind = 'x' turned to !=": 2, "'x' changed": undefined, '0 changed': undefined },
  ],
  ["a & 'x' & 'x'", { a: 'b' }, { "'x' changed": 'b~xx', "'x' changed (2)": 'bx~x' }],
  [
    "(a ? {'x': [b]}).x[0]",
    { a: 1, b: [3, 4] },
    {
      'condition a always true': 3,
      'condition a always false': undefined,
      "entry 'x' dropped": undefined,
      'item 1 dropped': undefined,
      '0 changed': 4,
    },
  ],
  ["$replace(a, /x/, '-')", { a: 'x' }, { "'-' changed": '~-' }],
];

describe('faults of an expression', () => {
  test.each(CASES)('%s', async (expression, document, faults) => {
    const expressions = await createExpressions();
    const found: { [what: string]: Json | undefined } = {};
    for (const { what, tree } of mutationsOf(expression)) {
      expressions.define('fault', tree());
      found[what] = await expressions.evaluate('fault', document, document, undefined);
    }
    expect(found).toEqual(faults);
    // The expression itself is as it was.
    expect(await jsonata(expression).evaluate(document)).toEqual(
      await expressions.evaluate(expression, document, document, undefined),
    );
  });

  test('are about codes where they are about texts', () => {
    const codes = mutationsOf("a in ['x', 1] ? $lookup({'k': 1}, b) : c = 2").filter(({ isCode }) => isCode);
    expect(codes.map(({ what }) => what)).toEqual(["item 'x' dropped", "entry 'k' dropped"]);
  });

  test('are bounded', () => {
    const table = Array.from({ length: 2000 }, (_, index) => `'${index}': ${index}`).join(', ');
    expect(mutationsOf(`{${table}}`)).toHaveLength(400);
  });
});
