import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { compatRules, contractRemoved, KINDS } from '../../src/compat/index.ts';

const CASES = new URL('./cases/', import.meta.url);
const triggered = new Set(
  readdirSync(CASES).flatMap(name => {
    const { changes } = JSON.parse(readFileSync(new URL(`./${name}/expected.json`, CASES), 'utf8')) as {
      changes: { rule: string }[];
    };
    return changes.map(({ rule }) => rule);
  }),
);

/** Why the mirror of a kind does not exist: it hurts nobody. */
const EXCUSED: Readonly<Record<string, string>> = {
  'request property optional': 'asking for less hurts nobody',
  'response property required': 'promising more hurts nobody',
  'request value added': 'accepting more hurts nobody',
  'response value removed': 'producing less hurts nobody',
  'response open-value removed': 'a value that is sent no longer hurts nobody',
  'response open-value added': 'that is what an open list is for',
  'request response removed': 'a request has no status',
  'response serialisation changed': 'what OpenAPI lets one say of how response headers are written is always the same',
  'request link removed': 'a request has no links',
  'response security required': 'consumers show no credentials when they read an answer',
  'response security optional': 'consumers show no credentials when they read an answer',
};

const OPPOSITE: Readonly<Record<string, string>> = { request: 'response', response: 'request' };
const INVERSE: Readonly<Record<string, string>> = {
  required: 'optional',
  optional: 'required',
  added: 'removed',
  removed: 'added',
};

describe('the kinds of change', () => {
  test.each([contractRemoved, ...KINDS])('$rule.id has a case that triggers it', ({ rule }) => {
    expect(triggered).toContain(rule.id);
  });

  test('every kind of one direction has its mirror, or a reason why not', () => {
    const known = new Set(KINDS.map(({ direction, area, action }) => `${direction} ${area} ${action}`));
    const missing = KINDS.flatMap(({ direction, area, action }) => {
      const opposite = OPPOSITE[direction];
      if (opposite === undefined) return [];
      // What is breaking in one direction is mirrored by the same action, or by its inverse, in the other.
      const mirrors = [`${opposite} ${area} ${action}`, `${opposite} ${area} ${INVERSE[action]}`];
      return mirrors.some(mirror => known.has(mirror) || mirror in EXCUSED) ? [] : [mirrors[0]];
    });
    expect(missing).toEqual([]);
  });

  test('no excuse outlives its reason', () => {
    const known = new Set(KINDS.map(({ direction, area, action }) => `${direction} ${area} ${action}`));
    expect(Object.keys(EXCUSED).filter(excuse => known.has(excuse))).toEqual([]);
  });

  test('rule ids are unique and their documentation is complete', () => {
    expect(new Set(compatRules.map(({ id }) => id)).size).toBe(compatRules.length);
    for (const rule of compatRules) {
      expect(rule.id).toMatch(/^compat\/[a-z-]+$/);
      for (const text of [rule.title, rule.why, rule.fix]) expect(text.length).toBeGreaterThan(10);
    }
  });
});
