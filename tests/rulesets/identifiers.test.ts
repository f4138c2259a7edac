/** Values of examples: what looks real, and what everybody knows to be made up. All "real" ones here are made for this test. */
import { expect, it } from 'vitest';
import { identifierIn, isOwnedAddress } from '../../rulesets/functions/identifiers.js';
import { isLikelySecret, secretIn } from '../../rulesets/functions/secrets.js';

it.each([
  ['219-45-6781', 'a social security number'],
  ['12-4681379', 'an employer identification number'],
  ['DE02120300000000202051', 'an IBAN'],
  ['DE02 1203 0000 0000 2020 51', 'an IBAN'],
  ['4539 5787 6362 1486', 'a card number'],
  ['4539578763621486', 'a card number'],
  ['111000025', 'a routing number'],
  ['1000000004', 'a national provider identifier'],
])('%s looks like %s', (value, what) => {
  expect(identifierIn(value)?.what).toBe(what);
});

it.each(
  // Reserved, voided, out of range, with wrong check digits, or from everybody's documentation.
  `000-12-3456 666-12-3456 900-12-3456 123-45-6789 078-05-1120 219-00-6781 219-45-0000 00-0000001 07-1234567 12-3456789
  DE02120300000000202052 DE89370400440532013000 XX02120300000000202051 DE0212030000000020205 4539578763621487 4111111111111111
  4242424242424242 4000002500003155 9539578763621486 111000026 123456789 021000021 1000000005 1234567893 3000000004 2026-11-30
  0190a6f1-6a3e-7c52-9b1f-2d8f5e4c1a01 PO-2026-000123`.split(/\s+/),
)('%s does not look real', value => {
  expect(identifierIn(value)).toBeUndefined();
});

it.each(['ar@northwind.example', 'ar@example.com', 'a@mail.example.org', 'x@erp.test', 'a@localhost', 'no address'])(
  '%s is nobody’s',
  address => {
    expect(isOwnedAddress(address)).toBe(false);
  },
);

it('an address at a domain that can be owned is somebody’s', () => {
  expect(isOwnedAddress('ar@northwind-surgical.com')).toBe(true);
});

// Put together here, so that no scanner of this repository takes them for keys.
const KEYS: readonly (readonly [string, string])[] = [
  [`AKIA${'Q7WZ4T2MXN8RB5KD'}`, 'an AWS access key'],
  [`ghp_${'a8Fk2Lq9Zx4Vb7Nm3Pw6Rt1Yc5Hd0Sg8Ju2K'}`, 'a GitHub token'],
  [`sk_live_${'9aK3mQ7xT2vB8nR4wZ6p'}`, 'a Stripe key'],
  [`https://svc:${'hT9vQ2mLx8'}@erp.northwind-surgical.com/api`, 'credentials in an address'],
];

it.each(KEYS)('%s is a secret', (value, what) => {
  expect(secretIn(value)).toBe(what);
});

it.each([
  '<access token>',
  'Bearer {token}',
  'your-api-key-goes-here',
  'https://user:password123@erp.example/api',
  'x'.repeat(40),
])('%s stands for a secret', value => {
  expect(secretIn(value)).toBeUndefined();
  expect(isLikelySecret('client secret', value)).toBe(false);
});
