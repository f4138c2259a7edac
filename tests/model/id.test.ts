import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  contractOf,
  extend,
  formatId,
  isWithin,
  KINDS,
  majorOf,
  parseId,
  segment,
  segmentName,
} from '../../src/model/index.ts';

const part = fc.stringMatching(/^[A-Za-z0-9_.-]{1,8}$/);
const id = fc.record(
  {
    kind: fc.constantFrom(...KINDS),
    name: fc.array(part, { minLength: 1, maxLength: 3 }).map(parts => parts.join('/')),
    version: fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9.+-]{0,6}$/),
    path: fc.array(fc.oneof(fc.string().map(segment), fc.constantFrom('[]', '{}'))),
  },
  { requiredKeys: ['kind', 'name', 'path'] },
);

describe('the id grammar', () => {
  test('an id comes back from its text as it was', () => {
    fc.assert(
      fc.property(id, value => {
        expect(parseId(formatId(value))).toEqual(value);
      }),
    );
  });

  test('any property name survives as a segment, and never looks structural', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), name => {
        expect(segmentName(segment(name))).toBe(name);
        expect(['[]', '{}', '']).not.toContain(segment(name));
        expect(segment(name)).not.toContain('/');
      }),
    );
  });

  test('different names have different segments', () => {
    fc.assert(fc.property(fc.string(), fc.string(), (a, b) => (segment(a) === segment(b)) === (a === b)));
  });

  test('text that is no id is not taken for one', () => {
    for (const text of [
      '',
      'api',
      'api:',
      'nope:suppliers@1',
      'api:a b@1',
      'api:a@',
      'api:a@1#',
      'api:a@1#x//y',
      'api:a@1#~4',
      'api:/a@1',
    ]) {
      expect(parseId(text), text).toBeUndefined();
    }
  });

  test('the examples of the design read as they should', () => {
    expect(parseId('api:suppliers@1#createSupplier/response/201/body/lines/[]/uom')).toEqual({
      kind: 'api',
      name: 'suppliers',
      version: '1',
      path: ['createSupplier', 'response', '201', 'body', 'lines', '[]', 'uom'],
    });
    expect(parseId('mapping:sap-s4hana/supplier@1')).toMatchObject({ kind: 'mapping', name: 'sap-s4hana/supplier' });
    expect(parseId('system:sap-s4hana')).toEqual({ kind: 'system', name: 'sap-s4hana', path: [] });
  });
});

test('containment stops at segment boundaries', () => {
  expect(isWithin('api:a@1#getX/request', 'api:a@1#getX')).toBe(true);
  expect(isWithin('api:a@1#getXY', 'api:a@1#getX')).toBe(false);
  expect(isWithin('api:a@1#getX', 'api:a@1')).toBe(true);
  expect(isWithin('api:a@10', 'api:a@1')).toBe(false);
});

test('extending and cutting ids', () => {
  expect(extend('api:a@1', 'getX', 'request')).toBe('api:a@1#getX/request');
  expect(extend('api:a@1#getX', 'request')).toBe('api:a@1#getX/request');
  expect(contractOf('api:a@1#getX/request')).toBe('api:a@1');
  expect(majorOf('2.1.0')).toBe('2');
  expect(majorOf('v3')).toBe('3');
});
