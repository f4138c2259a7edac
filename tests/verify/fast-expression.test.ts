import fc from 'fast-check';
import jsonata from 'jsonata';
import { describe, expect, test } from 'vitest';
import { load, snapshotOfDirectory } from '../../src/load/index.ts';
import { DIRECTIONS, type Json, type Template } from '../../src/model/index.ts';
import { createExpressions } from '../../src/verify/expressions.ts';
import { compileFast, GAVE_UP, nativeFunctions } from '../../src/verify/fast-expression.ts';

const functions = await nativeFunctions();
const expressions = await createExpressions();

/** What JSONata itself says: a JSON value, nothing, or that it fails. */
async function exactly(expression: string, context: Json, source: Json): Promise<unknown> {
  try {
    const found: unknown = await jsonata(expression).evaluate(context, { source });
    return found === undefined ? undefined : JSON.parse(JSON.stringify(found) ?? 'null');
  } catch {
    return 'it fails';
  }
}
async function ours(expression: string, context: Json, source: Json): Promise<unknown> {
  try {
    return await expressions.evaluate(expression, context, source, undefined);
  } catch {
    return 'it fails';
  }
}

const PLAIN = `a
a.b
a.b.c
a[0]
a[-1].b
a[b = 'x'].c
a[b = 'x'][0].c
a[b != null and c].b
a[b in ['x', 'y']]
a[b > 1]
a[]
a.b[]
a[b = 'x'][]
$
$.a
$$.a.b
$source.a
$source.a[0].b
'text'
-a
-3
[a]
[a, b]
[[a], b]
[a.b][0]
[a, b, 'z'][0]
{'k': a, 'l': 'm'}
{'k': a}.k
a.[b, c]
a.(b & c)
a.(b ? c : 'no')
a ? [a]
a ? b : c
a ?? b
a ?: b
a = b
a = $source.a
a != b
a < b
a >= 2
a + b
a * 2 - b / 3 % 2
a & '-' & b
a and b or $not(c)
a in b
$exists(a)
$exists(a.b[c = 1])
$lookup({'x': 'eks', 'y': 2, 'hasOwnProperty': 'z'}, a)
$lookup(a, 'b')
($t := $lookup({'x': 'eks'}, a); $exists($t) ? $t : 'other')
($type := a; $type & 'x')
($x := 1; ($x := 2; $x) + $x)
($string := a; $string)
$string(a)
$number(a)
$substring(a, 0, 2)
$substring(a, -2)
a.$substring(0, 1)
$uppercase(a)
$length(a) > 1
$trim(a)
$pad(a, 5, '0')
$pad($string(b), -5, '0')
$contains(a, 'x')
$contains(a, /^[a-z]+$/)
$substringBefore(a, 'x') & $substringAfter(a, 'x')
$join(a, ',')
$sum(a.b)
$count(a)
$max(a)
$formatNumber(b, '0.00')
$round(b, 2)
$append(a, b)
$distinct(a)
$merge([a, b])
$keys(a)
$boolean(a)
$type(a)
$fromMillis($number(b))
$toMillis('2026-03-02T00:00:00Z')
a.b.$uppercase()
$length()
$substring(a)
null
true
a = null
\`a\`.b
$undefinedName
$uppercase`.split('\n');

/** Constructs that are left to JSONata. */
const STRANGE = [
  'a^(b)',
  'a.%.b',
  '$map(a, function($v) { $v })',
  'a{b: c}',
  'a.*',
  '**.b',
  '[1..3]',
  'a@$x.b',
  'a#$i',
  'a ~> $uppercase',
  "$replace(a, 'x', 'y')",
  '$f(a)',
];

const scalar = fc.constantFrom<Json>('x', 'y', '', '12', '-0.50', 'xyß', 0, 1, -2, 2.5, 0.1, true, false, null);
const { value } = fc.letrec<{ value: Json; object: Json; array: Json }>(tie => ({
  value: fc.oneof({ depthSize: 'small', withCrossShrink: true }, scalar, tie('object'), tie('array')),
  object: fc.record(
    { a: tie('value'), b: tie('value'), c: tie('value') },
    { requiredKeys: [], noNullPrototype: true },
  ) as fc.Arbitrary<Json>,
  array: fc.array(tie('value'), { maxLength: 3 }) as fc.Arbitrary<Json>,
}));

describe('the fast way says what JSONata says', () => {
  test.each(PLAIN)('%s', async expression => {
    await fc.assert(
      fc.asyncProperty(value, value, async (context, source) => {
        expect(await ours(expression, context, source)).toEqual(await exactly(expression, context, source));
      }),
      { numRuns: 150 },
    );
  });

  test('and gives up on nothing in a mapping of the estate', async () => {
    const { mappings } = load(await snapshotOfDirectory('contracts', 'contracts'));
    const all = (template: Template): string[] =>
      typeof template === 'string' ? [template] : Object.values(template).flatMap(all);
    const written = mappings.flatMap(mapping => DIRECTIONS.flatMap(direction => all(mapping.value[direction])));
    expect(written.length).toBeGreaterThan(100);
    const fast = written.filter(expression => compileFast(jsonata(expression).ast(), functions) !== undefined);
    // A few slow ones are no harm, only time.
    expect(fast.length / written.length).toBeGreaterThan(0.9);
  });

  test.each(STRANGE)('%s is left to JSONata', async expression => {
    const fast = compileFast(jsonata(expression).ast(), functions);
    const context = { a: [{ b: 'x', c: 1 }], b: 'y' };
    if (fast) expect(fast(context, context)).toBe(GAVE_UP);
    expect(await ours(expression, context, context)).toEqual(await exactly(expression, context, context));
  });

  test('arrays as a context are left to JSONata', () => {
    expect(compileFast(jsonata('a').ast(), functions)!([], {})).toBe(GAVE_UP);
  });

  test('searches that never end are stopped, here and there', async () => {
    const text = `${'a'.repeat(40)}!`;
    const started = Date.now();
    for (const expression of ['$contains(a, /^(a+)+$/)', '$match(a, /^(a+)+$/)', "$replace(a, /^(a+)+$/, '')"]) {
      await expect(async () => expressions.evaluate(expression, { a: text }, {}, undefined)).rejects.toThrow(
        'takes over',
      );
    }
    expect(Date.now() - started).toBeLessThan(10_000);
  });

  test('and does not go on for ever', () => {
    const fast = compileFast(jsonata('a[$count($$.a[$count($$.a[b]) > 0]) > 0]').ast(), functions)!;
    const context = { a: Array.from({ length: 300 }, () => ({ b: true })) };
    expect(fast(context, context)).toBe(GAVE_UP);
  });
});
