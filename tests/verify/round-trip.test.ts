import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Json } from '../../src/model/index.ts';
import { decimal, differences, isSameMoment, valuesAt } from '../../src/verify/round-trip.ts';

describe('differences', () => {
  const cases: [what: string, before: Json, after: Json, lost: string[], found: string[]][] = [
    ['a changed value', { a: { b: 1 } }, { a: { b: 2 } }, [], ['a/b']],
    ['a value that is gone', { a: 1 }, {}, [], ['a']],
    ['a value that was added', {}, { a: 1 }, [], ['a']],
    ['a changed item', { a: [{ b: 1 }, { b: 2 }] }, { a: [{ b: 1 }, { b: 3 }] }, [], ['a/[]/b']],
    ['lists of different lengths, as a whole', { a: [1, 2] }, { a: [1] }, [], ['a']],
    ['an object in place of a text', { a: 'x' }, { a: { b: 1 } }, [], ['a']],
    ['nothing, in all its forms', { a: null, b: '', c: [], d: {}, e: { f: [] } }, {}, [], []],
    ['but not false or zero', { a: false, b: 0 }, {}, [], ['a', 'b']],
    ['what is lost, and below', { a: { b: 1, c: 2 } }, {}, ['a/b'], ['a/c']],
    ['items of which all is lost', { a: [{ b: 1 }] }, {}, ['a/[]/b'], []],
    ['an object of which all is lost', { a: { b: 1 } }, {}, ['a'], []],
    ['names with a slash', { 'a/b': 1 }, {}, [], ['a~1b']],
  ];
  test.each(cases)('%s', (_, before, after, lost, found) => {
    expect(differences(before, after, lost)).toEqual(found);
  });

  test('there are none between a document and itself, and the same ones both ways', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
        const [one, other] = [a as Json, b as Json];
        expect(differences(one, one)).toEqual([]);
        expect(differences(one, other).sort()).toEqual(differences(other, one).sort());
      }),
    );
  });

  test('spellings of a decimal number and of a moment', () => {
    expect(['1.50', '01.5', '-0', '0.00', '10', '-7.10', '000'].map(decimal)).toEqual([
      '1.5',
      '1.5',
      '0',
      '0',
      '10',
      '-7.1',
      '0',
    ]);
    expect(isSameMoment('2026-03-02T00:00:00Z', '2026-03-02T01:00:00.000+01:00')).toBe(true);
    expect(isSameMoment('2026-03-02T00:00:00Z', '2026-03-02T00:00:01Z')).toBe(false);
    expect(isSameMoment('soon', 'soon')).toBe(false);
  });
});

test('values of a field, in lists and out of them', () => {
  const document: Json = { a: [{ b: 1 }, { b: '' }, { b: [2] }, 5], c: null };
  expect(valuesAt(document, ['a', '[]', 'b'])).toEqual([1, [2]]);
  expect(valuesAt(document, ['c'])).toEqual([]);
  expect(valuesAt(document, ['a', 'b'])).toEqual([]);
});
