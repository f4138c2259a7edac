import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { IDENTIFIER_FORMATS } from '../../src/model/identifiers.ts';

const { gtin, gln, sscc, iban, aba, hibc } = IDENTIFIER_FORMATS;

describe('identifiers with a check digit', () => {
  test.each([
    // From the examples that GS1 and HIBCC print in their standards, and from their prefixes for examples.
    [gtin, '09521234500018'],
    [gtin, '9521234543213'],
    [gtin, '96385074'],
    [gtin, '036000291452'],
    [gln, '9521000000018'],
    [sscc, '095212340000000013'],
    // The account is made up, and no country has the code XX.
    [iban, 'XX90000000000000000000'],
    // Eight zeros belong to no bank.
    [aba, '000000000'],
    [hibc, '+A123BJC5D6E71G'],
    [hibc, '+B999TR120A1K'],
  ])('%o accepts %s', (format, text) => {
    expect(format!(text)).toBe(true);
  });

  test.each([
    [gtin, '09521234500017'],
    [gtin, '9521234500018x'],
    [gtin, '123456789'],
    [gtin, ''],
    [gln, '952100000001'],
    [sscc, '095212340000000012'],
    [sscc, '09521234500018'],
    [iban, 'XX89000000000000000000'],
    [iban, 'xx90000000000000000000'],
    [iban, 'XX90'],
    [aba, '000000001'],
    [aba, '00000000'],
    [hibc, '+B999TR120A1L'],
    [hibc, 'B999TR120A1K'],
  ])('%o refuses %s', (format, text) => {
    expect(format!(text)).toBe(false);
  });

  test('one wrong digit is always noticed', () => {
    fc.assert(
      fc.property(fc.nat(12), fc.integer({ min: 1, max: 9 }), (at, by) => {
        const right = '09521234500018';
        const wrong = right.slice(0, at) + String((Number(right[at]) + by) % 10) + right.slice(at + 1);
        expect(gtin!(wrong)).toBe(false);
      }),
    );
  });
});
