import { describe, expect, test } from 'vitest';
import { changeFindings, compare } from '../../src/compat/index.ts';
import { api, estateOf } from '../estates.ts';

const TODAY = '2026-11-01';
const unproven = (base: Record<string, string>, head: Record<string, string>) => {
  const comparison = compare(estateOf(base), estateOf(head), { today: TODAY, noticeDays: 180 });
  expect(changeFindings(comparison, []).filter(({ rule }) => rule === 'compat/unproven')).toHaveLength(
    comparison.unproven.length,
  );
  return comparison.unproven.map(({ subject }) => subject);
};

describe('what cannot be compared is said, never passed over', () => {
  test('an earlier state without contracts', () => {
    expect(unproven({}, { 'a.yaml': api({}) })).toEqual(['source:.']);
  });

  test('a file that cannot be read, in either state', () => {
    const broken = 'x-governance:\n  id: api:things@1\n: : [';
    expect(unproven({ 'a.yaml': broken }, { 'a.yaml': api({}) })).toContain('api:things@1');
    expect(unproven({ 'a.yaml': api({}) }, { 'a.yaml': broken })).toEqual(['api:things@1']);
  });

  test('a reference that leads nowhere, in either state', () => {
    const dangling = api({ request: '{$ref: "#/components/schemas/Gone"}' });
    expect(unproven({ 'a.yaml': dangling }, { 'a.yaml': api({}) })).toEqual(['api:things@1#doThing/request/body']);
    expect(unproven({ 'a.yaml': api({}) }, { 'a.yaml': dangling })).toEqual(['api:things@1#doThing/request/body']);
  });

  test('a schema that refers to itself in one version only', () => {
    const node = (child: string) => `components: {schemas: {N: {type: object, properties: {child: ${child}}}}}\n`;
    const with_ = (child: string) => ({
      'a.yaml': api({ response: '{$ref: "#/components/schemas/N"}', extra: node(child) }),
    });
    expect(unproven(with_('{$ref: "#/components/schemas/N"}'), with_('{type: object}'))).toEqual([
      'api:things@1#doThing/response/200/body',
    ]);
  });

  test('alternatives that multiply, and that does not take long', () => {
    const levels = Array.from(
      { length: 30 },
      (_, level) =>
        `L${level}: {oneOf: [{$ref: "#/components/schemas/L${level + 1}"}, {allOf: [{$ref: "#/components/schemas/L${level + 1}"}]}]}`,
    );
    const files = {
      'a.yaml': api({
        response: '{$ref: "#/components/schemas/L0"}',
        extra: `components: {schemas: {${levels.join(', ')}, L30: {type: object}}}\n`,
      }),
    };
    const started = Date.now();
    expect(unproven(files, files)).toContain('api:things@1#doThing/response/200/body');
    expect(Date.now() - started).toBeLessThan(10_000);
  });
});
