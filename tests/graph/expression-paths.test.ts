import jsonata from 'jsonata';
import { expect, test } from 'vitest';
import { type Node, type Place, readingOf } from '../../src/graph/expression-paths.ts';

/** Expression in the items of `lines`, the paths that it reads from the root, and where its result stands. */
const CASES: [expression: string, reads: string[], result: string[]][] = [
  ['uom', ['lines/uom'], ['lines/uom']],
  ['$source.currency', ['currency'], ['currency']],
  ['[$]', [], ['lines']],
  ['$source.lines ? [$]', ['lines'], ['lines']],
  ['tax[kind = $source.kind][0].amount', ['kind', 'lines/tax/amount', 'lines/tax/kind'], ['lines/tax/amount']],
  ["($tax := tax; $tax[kind = 'x'].rate)", ['lines/tax', 'lines/tax/kind', 'lines/tax/rate'], ['lines/tax/rate']],
  ['($a := b; ($a := c); $a.d)', ['lines/b', 'lines/b/d', 'lines/c'], ['lines/b/d']],
  ['$append(a, b)', ['lines/a', 'lines/b'], ['lines/a', 'lines/b']],
  ['$sort(a, function($l, $r) { $l.x > $r.y })', ['lines/a', 'lines/a/x', 'lines/a/y'], ['lines/a']],
  ['$map(a, function($v) { $v.b })', ['lines/a', 'lines/a/b'], ['lines/a/b']],
  ['$filter($source.a, function($v) { $v.b = c })', ['a', 'a/b', 'lines/c'], ['a']],
  ["$lookup({'x': 'y'}, kind)", ['lines/kind'], []],
  ["$lookup(address, 'city')", ['lines/address', 'lines/address/city'], ['lines/address/city']],
  ["{'one': a}.one.b", ['lines/a', 'lines/a/b'], ['lines/a/b']],
  ['a ? b : c.d', ['lines/a', 'lines/b', 'lines/c/d'], ['lines/b', 'lines/c/d']],
  ["a & b = 'x' and -c > 1", ['lines/a', 'lines/b', 'lines/c'], []],
  ['$$.a.($.b)', ['lines/a', 'lines/a/b'], ['lines/a/b']],
  ['a.(b & $source.c)', ['c', 'lines/a', 'lines/a/b'], []],
  ['$unknown.a', [], []],
];

test.each(CASES)('%s', (expression, reads, result) => {
  const tree = jsonata(expression).ast() as unknown as Node;
  const found = readingOf(tree, [{ path: ['lines'] }]);
  expect(found.paths.map(path => path.join('/')).sort()).toEqual(reads);
  expect(found.result.flatMap(pathOf).sort()).toEqual(result);
});

/** Lists put together from two, as an EDI invoice has items and charges. */
test('items that are built from two lists read from where those stand', () => {
  const each = jsonata("$append(items.{'item': $}, charges.{'charge': $})").ast() as unknown as Node;
  const context = readingOf(each).result;
  const inItem = (expression: string) =>
    readingOf(jsonata(expression).ast() as unknown as Node, context).paths.map(path => path.join('/'));
  expect(inItem('item.price')).toEqual(['items/price']);
  expect(inItem('charge.code')).toEqual(['charges/code']);
  expect(inItem('price')).toEqual([]);
});

function pathOf(place: Place): string[] {
  return 'path' in place ? [place.path.join('/')] : [];
}
