/** Whoever writes a contract otherwise breaks nobody: each pair is compared in both directions, as a request and as a response. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compare } from '../../src/compat/index.ts';
import type { JsonObject } from '../../src/model/json.ts';
import { diceOf } from '../commands/rewrites.ts';
import { estateOf } from '../estates.ts';
import { apiSchema, refactored } from './refactors.ts';

const PAIRS = 500;

function estateWith(schema: JsonObject, components: JsonObject) {
  const content = { 'application/json': { schema } };
  const document = {
    openapi: '3.1.0',
    info: { title: 'Things', version: '1.0.0' },
    'x-governance': { id: 'api:things@1' },
    paths: {
      '/things': {
        post: { operationId: 'doThing', requestBody: { content }, responses: { 200: { description: 'ok', content } } },
      },
    },
    components: { schemas: components },
  };
  return estateOf({ 'contract.json': JSON.stringify(document) });
}

test(`${PAIRS} refactored schemas, there and back: nothing breaks, and nothing is unproven`, async () => {
  const root = fc.dictionary(fc.constantFrom('a', 'b', 'c'), apiSchema, { minKeys: 1, noNullPrototype: true });
  await fc.assert(
    fc.asyncProperty(root, fc.integer(), async (properties, seed) => {
      const schema: JsonObject = { type: 'object', properties };
      const written = refactored(schema, diceOf(seed));
      const [before, after] = [estateWith(schema, {}), estateWith(written.schema, written.components)];
      for (const [base, head] of [
        [before, after],
        [after, before],
      ] as const) {
        const { changes, unproven } = await compare(base, head, { today: '2026-11-01', noticeDays: 180 });
        expect(changes.map(({ rule, message, witness }) => [rule.id, message, witness])).toEqual([]);
        expect(unproven.map(({ reason }) => reason)).toEqual([]);
      }
    }),
    { numRuns: PAIRS, seed: 20_261 },
  );
});
