import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { integrityOf, layoutRules } from '../../src/layout/index.ts';
import { formatPointer } from '../../src/model/index.ts';
import { LAYOUTS, type LayoutName, layoutOf } from './layouts.ts';

const text = (name: LayoutName) => readFileSync(new URL(`./layouts/${name}.yaml`, import.meta.url), 'utf8');

/** One edit of a sound layout each, and what it makes of it: rule and place. */
const EDITS: readonly [
  why: string,
  LayoutName,
  from: string | RegExp,
  to: string,
  expected: readonly [string, string][],
][] = [
  [
    'fields overlap',
    'fixed-width',
    'start: 6, length: 8, format',
    'start: 5, length: 9, format',
    [['layout/field-position', '/records/header/fields/2']],
  ],
  [
    'fields leave a gap',
    'fixed-width',
    'start: 14, length: 6',
    'start: 15, length: 5',
    [['layout/field-position', '/records/header/fields/3']],
  ],
  [
    'fields exceed the record',
    'fixed-width',
    'start: 20, length: 21',
    'start: 20, length: 22',
    [['layout/field-position', '/records/header/fields/4']],
  ],
  [
    'fields end before the record',
    'fixed-width',
    'start: 20, length: 21',
    'start: 20, length: 20',
    [['layout/field-position', '/records/header/fields/4']],
  ],
  [
    'the structure names an unknown record',
    'csv',
    '{record: trailer}',
    '{record: trailor}',
    [
      ['layout/record-unused', '/records/trailer'],
      ['layout/unknown-name', '/structure/trailer/record'],
    ],
  ],
  [
    'a control names an unknown field',
    'csv',
    'field: trailer.total',
    'field: trailer.sum',
    [['layout/unknown-name', '/controls/1/field']],
  ],
  [
    'a control counts an unknown record',
    'csv',
    'counts: [receipt]',
    'counts: [receit]',
    [['layout/unknown-name', '/controls/0/counts/0']],
  ],
  [
    'the header is an unknown record',
    'csv',
    'header: receipt',
    'header: row',
    [['layout/unknown-name', '/csv/header']],
  ],
  [
    'a record is recognised by an unknown field',
    'csv',
    'match: {type: T}',
    'match: {kind: T}',
    [
      ['layout/unknown-name', '/records/trailer/match/kind'],
      ['layout/record-ambiguous', '/records/trailer'],
    ],
  ],
  [
    'a record is recognised by a code that it has not',
    'csv',
    'match: {type: T}',
    'match: {type: X}',
    [['layout/field-incomplete', '/records/trailer/match/type']],
  ],
  [
    'two records are not told apart',
    'fixed-width',
    'match: {type: L}',
    'match: {type: P}',
    [
      ['layout/field-incomplete', '/records/line/match/type'],
      ['layout/record-ambiguous', '/records/line'],
    ],
  ],
  [
    'a condition names an unknown field',
    'csv',
    'fields: [receiver, dock]',
    'fields: [receiver, quay]',
    [['layout/unknown-name', '/records/receipt/conditions/0/fields/1']],
  ],
  [
    'two fields have one name',
    'csv',
    '{name: dock,',
    '{name: unit,',
    [
      ['layout/field-duplicate', '/records/receipt/fields/7'],
      ['layout/unknown-name', '/records/receipt/conditions/0/fields/1'],
    ],
  ],
  [
    'two fields have one element',
    'x12',
    'element: BSN04',
    'element: BSN03',
    [['layout/field-duplicate', '/records/beginning/fields/3']],
  ],
  [
    'an element is of another segment',
    'x12',
    'element: PRF01',
    'element: BEG03',
    [['layout/field-incomplete', '/records/order/fields/0']],
  ],
  [
    'a segment of the envelope is declared',
    'x12',
    'segment: CTT',
    'segment: SE',
    [
      ['layout/field-incomplete', '/records/totals/fields/0'],
      ['layout/field-incomplete', '/records/totals/fields/1'],
      ['layout/record-ambiguous', '/records/totals'],
    ],
  ],
  [
    'a date has no year',
    'fixed-width',
    'format: yyyyMMdd',
    'format: MMddHH',
    [['layout/field-incomplete', '/records/header/fields/2/format']],
  ],
  [
    'a decimal has no room',
    'csv',
    'decimals: 3, maxLength: 10',
    'decimals: 3, maxLength: 4',
    [['layout/field-incomplete', '/records/receipt/fields/3/decimals']],
  ],
  [
    'a code is longer than its field',
    'fixed-width',
    'codes: {ACH: Clearing house,',
    'codes: {WIRE: Wire, ACH: Clearing house,',
    [['layout/field-incomplete', '/records/payment/fields/3/codes']],
  ],
  [
    'a text has no length',
    'x12',
    'description: Lot., type: text, maxLength: 48',
    'description: Lot., type: text',
    [['layout/field-incomplete', '/records/item/fields/4']],
  ],
  [
    'a pattern is none',
    'csv',
    "'GR-[0-9]{6}'",
    "'GR-[0-9'",
    [['layout/pattern-invalid', '/records/receipt/fields/1/pattern']],
  ],
  [
    'a count is no integer',
    'csv',
    'description: Receipts., type: integer',
    'description: Receipts., type: text, maxLength: 9',
    [['layout/control-invalid', '/controls/0/field']],
  ],
  [
    'a sum is of texts',
    'csv',
    'of: [{field: receipt.quantity}]',
    'of: [{field: receipt.unit}]',
    [['layout/control-invalid', '/controls/1']],
  ],
  [
    'a key can occur only once',
    'fixed-width',
    'fields: [payment.id], within: file',
    'fields: [payment.id]',
    [['layout/control-invalid', '/controls/8']],
  ],
  [
    'a control is about a group that does not hold its field',
    'fixed-width',
    'field: trailer.records}',
    'field: trailer.records, within: payments}',
    [['layout/control-invalid', '/controls/1']],
  ],
  [
    'a control is about an unknown group',
    'fixed-width',
    'within: file',
    'within: batch',
    [['layout/unknown-name', '/controls/8/within']],
  ],
  [
    'a repeating group may begin without its first record',
    'fixed-width',
    'payment: {record: payment}',
    'payment: {record: payment, min: 0}',
    [['layout/record-ambiguous', '/structure/payments']],
  ],
  [
    'the example of the name does not fit',
    'csv',
    'example: test.txt',
    'example: test.csv',
    [['layout/file-name', '/delivery/fileName/example']],
  ],
  [
    'a token is not described',
    'csv',
    '{pattern: test.txt',
    "{pattern: 'test{day}.txt'",
    [['layout/file-name', '/delivery/fileName/pattern']],
  ],
];

describe('integrity of a layout', () => {
  test.each(LAYOUTS)('%s is sound', name => {
    expect([...integrityOf(layoutOf(text(name)).layout.value)]).toEqual([]);
  });

  test.each(EDITS)('%s', (_, name, from, to, expected) => {
    const edited = text(name).replace(from, to);
    expect(edited).not.toBe(text(name));
    const found = [...integrityOf(layoutOf(edited).layout.value)];
    expect(found.map(({ rule, path }) => [rule.id, formatPointer(path)])).toEqual(expected);
  });

  test('every rule about layouts is tried here or where examples are read', () => {
    const tried = new Set([
      ...EDITS.flatMap(([, , , , expected]) => expected.map(([id]) => id)),
      'layout/example-missing',
      'layout/example-invalid',
    ]);
    expect(layoutRules.map(({ id }) => id).filter(id => !tried.has(id))).toEqual([]);
  });

  test.each([
    ['an empty list of codes', 'csv', 'codes: {EA: Each, XBX: Box}', 'codes: {}'],
    ['a date without its format', 'fixed-width', ', format: yyyyMMdd', ''],
    ['a fixed-width field without its place', 'fixed-width', 'start: 2, length: 4, ', ''],
    ['a segment without its id', 'x12', /\n {4}segment: PRF/, ''],
    ['a misspelt key', 'csv', 'controls:', 'contols:'],
  ] as const)('%s is no layout at all', (_, name, from, to) => {
    expect(() => layoutOf(text(name).replace(from, to))).toThrow();
  });
});
