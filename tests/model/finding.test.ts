import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  canonicalJson,
  compareFindings,
  finding,
  fingerprint,
  formatPointer,
  type Json,
  parsePointer,
  startOf,
} from '../../src/model/index.ts';

const json = fc.jsonValue() as fc.Arbitrary<Json>;
const facts = fc.dictionary(fc.string(), json);
const rule = { id: 'test/rule', severity: 'error' as const };

/** The same object with its properties in another order. */
function reordered(value: Json): Json {
  if (Array.isArray(value)) return value.map(reordered);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, member]) => [key, reordered(member)]),
  );
}

test('a fingerprint does not depend on message, place or the order of facts', () => {
  fc.assert(
    fc.property(facts, fc.string(), fc.nat(), (given, message, line) => {
      const one = finding(rule, { subject: 'api:a@1', message, location: startOf('a.yaml'), facts: given });
      const location = { file: 'b.json', line: line + 1, column: 3, endLine: line + 1, endColumn: 4 };
      const other = finding(rule, {
        subject: 'api:a@1',
        message: 'other words',
        location,
        facts: reordered(given) as typeof given,
      });
      expect(other.fingerprint).toBe(one.fingerprint);
    }),
  );
});

test('different facts, subjects and rules have different fingerprints', () => {
  fc.assert(
    fc.property(facts, facts, (a, b) => {
      fc.pre(canonicalJson(a) !== canonicalJson(b));
      expect(fingerprint('r', 's', a)).not.toBe(fingerprint('r', 's', b));
    }),
  );
  expect(fingerprint('r', 's', {})).not.toBe(fingerprint('rs', '', {}));
  expect(fingerprint('r', 's', {})).not.toBe(fingerprint('r', 't', {}));
});

test('a JSON Pointer comes back as the path it was', () => {
  fc.assert(
    fc.property(fc.array(fc.string()), path => {
      expect(parsePointer(formatPointer(path))).toEqual(path);
    }),
  );
});

test('the order of findings is total and does not depend on where they started', () => {
  const findings = ['b', 'a'].flatMap(file =>
    (['info', 'error', 'warn'] as const).map(severity =>
      finding({ id: 'x/y', severity }, { subject: `source:${file}`, message: '', location: startOf(file) }),
    ),
  );
  const sorted = [...findings].sort(compareFindings).map(({ severity, location }) => `${severity} ${location.file}`);
  expect(sorted).toEqual(['error a', 'error b', 'warn a', 'warn b', 'info a', 'info b']);
});
