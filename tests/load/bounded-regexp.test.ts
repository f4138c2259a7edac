import fc from 'fast-check';
import { expect, test } from 'vitest';
import { boundedRegExp, PatternTimeout } from '../../src/load/bounded-regexp.ts';
import { checkExamples } from '../../src/verify/examples.ts';
import { api, estateOf } from '../estates.ts';

test('a pattern means what it means', () => {
  const patterns = ['^a+$', '^(ab)*$', '^([0-9]{3}-){2}[0-9]{4}$', '(a|b)+c', '^\\d{4}-\\d{2}$'];
  const text = fc.stringMatching(/^[abc0-9-]{0,14}$/);
  fc.assert(
    fc.property(fc.constantFrom(...patterns), text, (pattern, value) => {
      expect(boundedRegExp(pattern, 'u').test(value)).toBe(new RegExp(pattern, 'u').test(value));
    }),
  );
});

test('a pattern that would go on for ever is stopped', () => {
  const started = Date.now();
  expect(() => boundedRegExp('^(a+)+$').test(`${'a'.repeat(60)}!`)).toThrow(PatternTimeout);
  expect(Date.now() - started).toBeLessThan(5000);
});

test('in a schema it is a finding, not a hang', () => {
  const schema = '{type: string, pattern: "^(a+)+$"}';
  const text = api({ response: schema }).replace(`schema: ${schema}`, `schema: ${schema}, example: ${'a'.repeat(60)}!`);
  const { findings } = checkExamples(estateOf({ 'a.yaml': text }));
  expect(findings.map(({ rule }) => rule)).toEqual(['example/schema-unusable']);
  expect(findings[0]?.message).toContain('takes over 250 ms');
});
