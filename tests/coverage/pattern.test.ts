import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { matches, partsOf } from '../../src/coverage/pattern.ts';

/** `partsOf` gives the parts of a pattern as well as those of an id. */
const fits = (pattern: string, id: string) => matches(partsOf(pattern), partsOf(id));

describe('ids with wildcards', () => {
  const cases: [pattern: string, id: string, fits: boolean][] = [
    ['api:orders@1', 'api:orders@1', true],
    ['api:orders@*', 'api:orders@12', true],
    ['api:orders@*', 'api:orders@1#listOrders', false],
    ['api:orders@*#*', 'api:orders@1#listOrders', true],
    ['api:orders@*#*', 'api:orders@1#listOrders/request/query/limit', false],
    ['api:orders@*#**', 'api:orders@1#listOrders/request/query/limit', true],
    ['api:orders', 'api:orders@1', false],
    ['api:*@*', 'api:sap/orders@1', false],
    ['api:*/*@*', 'api:sap/orders@1', true],
    ['api:**@*', 'api:sap/orders@1', true],
    ['api:**@*', 'api:sap/orders@1#x', false],
    ['api:**', 'api:sap/orders@1#x/y', true],
    ['*:**@*', 'mapping:sap/order@1', true],
    ['*:**@*', 'system:sap', false],
    ['*:**', 'system:sap', true],
    ['**', 'event:orders@1#issued', true],
    ['api:**@*#*/response/*/body/code', 'api:a/b@1#op/response/404/body/code', true],
    ['schema:order@*#**/lineId', 'schema:order@1#lineId', true],
    ['schema:order@*#**/lineId', 'schema:order@1#lines/[]/lineId', true],
    ['schema:order@*#lines/[]/lineId', 'schema:order@1#lines/x/lineId', false],
    ['schema:order@*#$defs/Money/*', 'schema:order@1#$defs/Money/currency', true],
    ['schema:order@*#*costCenter*', 'schema:order@1#listCostCenters', true],
    ['schema:order@*#costCenter', 'schema:order@1#CostCenter', false],
    ['schema:order@*#a*b*c', 'schema:order@1#axxbyybzzc', true],
    ['schema:order@*#a*b*c', 'schema:order@1#axxcyyb', false],
  ];
  test.each(cases)('%s and %s: %s', (pattern, id, expected) => {
    expect(fits(pattern, id)).toBe(expected);
  });

  const word = fc.stringMatching(/^[a-c]{1,3}$/);
  const path = fc.array(word, { minLength: 1, maxLength: 5 });

  test('within a path they mean what a regular expression says', () => {
    const part = fc.oneof(
      word,
      fc.constant('**'),
      fc.stringMatching(/^[a-c*]{1,4}$/).filter(text => text !== '**'),
    );
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 4 }), path, (pattern, id) => {
        // With a slash behind each part, `**` is any number of parts.
        const source = pattern.map(one => (one === '**' ? '(?:[^/]+/)*' : `${one.replaceAll('*', '[^/]*')}/`)).join('');
        const oracle = new RegExp(`^${source}$`).test(`${id.join('/')}/`);
        expect(fits(`api:a@1#${pattern.join('/')}`, `api:a@1#${id.join('/')}`)).toBe(oracle);
      }),
      { numRuns: 2000 },
    );
  });

  test('an id fits itself, and still does where any part of it becomes a wildcard', () => {
    fc.assert(
      fc.property(path, fc.nat(), (id, at) => {
        const text = (segments: readonly string[]) => `event:a/b@2#${segments.join('/')}`;
        expect(fits(text(id), text(id))).toBe(true);
        for (const wildcard of ['*', '**']) {
          expect(fits(text(id.with(at % id.length, wildcard)), text(id))).toBe(true);
        }
      }),
    );
  });

  test('a hostile pattern takes no time to speak of', () => {
    const stars = Array.from({ length: 60 }, () => '**').join('/');
    const id = `api:a@1#${Array.from({ length: 500 }, () => 'a'.repeat(40)).join('/')}`;
    const started = performance.now();
    expect(fits(`api:a@1#${stars}/${'*a'.repeat(60)}b`, id)).toBe(false);
    expect(performance.now() - started).toBeLessThan(5000);
  });
});
