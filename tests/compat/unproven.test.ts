import { describe, expect, test } from 'vitest';
import { changeFindings, compare } from '../../src/compat/index.ts';
import { api, estateOf } from '../estates.ts';

const TODAY = '2026-11-01';
const unproven = async (base: Record<string, string>, head: Record<string, string>) => {
  const comparison = await compare(estateOf(base), estateOf(head), { today: TODAY, noticeDays: 180 });
  expect(changeFindings(comparison, []).filter(({ rule }) => rule === 'compat/unproven')).toHaveLength(
    comparison.unproven.length,
  );
  return comparison.unproven.map(({ subject }) => subject);
};

describe('what cannot be compared is said, never passed over', () => {
  test('an earlier state without contracts', async () => {
    expect(await unproven({}, { 'a.yaml': api({}) })).toEqual(['source:.']);
  });

  test('a file that cannot be read, in either state', async () => {
    const broken = 'x-governance:\n  id: api:things@1\n: : [';
    expect(await unproven({ 'a.yaml': broken }, { 'a.yaml': api({}) })).toContain('api:things@1');
    expect(await unproven({ 'a.yaml': api({}) }, { 'a.yaml': broken })).toEqual(['api:things@1']);
  });

  test('a reference that leads nowhere, in either state', async () => {
    const dangling = api({ request: '{$ref: "#/components/schemas/Gone"}' });
    expect(await unproven({ 'a.yaml': dangling }, { 'a.yaml': api({}) })).toEqual([
      'api:things@1#doThing/request/body',
    ]);
    expect(await unproven({ 'a.yaml': api({}) }, { 'a.yaml': dangling })).toEqual([
      'api:things@1#doThing/request/body',
    ]);
  });

  test('a schema that is about nothing but itself', async () => {
    const with_ = (self: string) => ({
      'a.yaml': api({
        response: '{$ref: "#/components/schemas/N"}',
        extra: `components: {schemas: {N: {allOf: [${self}]}}}\n`,
      }),
    });
    const itself = with_('{$ref: "#/components/schemas/N"}, {type: string}');
    expect(await unproven(itself, with_('{type: integer}'))).toEqual(['api:things@1#doThing/response/200/body']);
  });

  test('a pattern that nobody can read', async () => {
    const with_ = (pattern: string) => ({ 'a.yaml': api({ request: `{type: string, pattern: "${pattern}"}` }) });
    expect(await unproven(with_('(?i)abc'), with_('(?i)abd'))).toEqual(['api:things@1#doThing/request/body']);
  });

  test('a format that nobody knows', async () => {
    const with_ = (format: string) => ({ 'a.yaml': api({ request: `{type: string, format: ${format}}` }) });
    expect(await unproven(with_('gtin'), with_('gln'))).toEqual(['api:things@1#doThing/request/body']);
  });

  test('a schema that nothing satisfies', async () => {
    const with_ = (max: number) => ({
      'a.yaml': api({ request: `{type: string, minLength: 9, maxLength: ${max}}` }),
    });
    expect(await unproven(with_(8), with_(7))).toEqual(['api:things@1#doThing/request/body']);
  });

  test('alternatives that multiply: broken, or not known', async () => {
    const with_ = (last: string) => {
      const levels = Array.from(
        { length: 30 },
        (_, level) =>
          `L${level}: {oneOf: [{$ref: "#/components/schemas/L${level + 1}"}, {allOf: [{$ref: "#/components/schemas/L${level + 1}"}]}]}`,
      );
      const extra = `components: {schemas: {${levels.join(', ')}, L30: {type: ${last}}}}\n`;
      return { 'a.yaml': api({ response: '{$ref: "#/components/schemas/L0"}', extra }) };
    };
    const [base, head] = [estateOf(with_('object')), estateOf(with_('string'))];
    const { changes, unproven } = await compare(base, head, { today: TODAY, noticeDays: 180 });
    const errors = changes.filter(({ severity }) => severity === 'error');
    expect([...errors, ...unproven].length).toBeGreaterThan(0);
  });
});
