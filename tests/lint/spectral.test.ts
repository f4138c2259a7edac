/** What we replaced in Spectral for speed must not change what it finds. */
import { type RulesetDefinition, Spectral } from '@stoplight/spectral-core';
import { Resolver } from '@stoplight/spectral-ref-resolver';
import { oas } from '@stoplight/spectral-rulesets';
import { expect, it } from 'vitest';
import { lint, loadRuleset } from '../../src/lint/index.ts';
import { load } from '../../src/load/index.ts';

const money = {
  type: 'object',
  required: ['amount'],
  properties: { amount: { type: 'string', pattern: '^[0-9.]+$' } },
};
const line = {
  type: 'object',
  required: ['id', 'price', 'secret'],
  properties: {
    id: { type: 'string', readOnly: true },
    secret: { type: 'string', writeOnly: true },
    price: { $ref: '#/components/schemas/Money' },
    parent: { $ref: '#/components/schemas/Line' },
  },
};

function media(schema: object, examples: Record<string, unknown>) {
  return {
    schema,
    examples: Object.fromEntries(Object.entries(examples).map(([name, value]) => [name, { value }])),
  };
}

const good = { id: '1', secret: 's', price: { amount: '1.00' } };
const responses = {
  '200': {
    description: 'ok',
    content: {
      'application/json': media(
        { $ref: '#/components/schemas/Line' },
        {
          good,
          withoutWriteOnly: { id: '1', price: { amount: '1' } },
          withoutReadOnly: { secret: 's', price: { amount: '1' } },
          deep: { ...good, price: { amount: 'much' } },
          type: 'text',
        },
      ),
      'application/list+json': media(
        { type: 'array', uniqueItems: true, items: { $ref: '#/components/schemas/Money' } },
        { good: [{ amount: '1' }, { amount: '2' }], twice: [{ amount: '1' }, { amount: '1' }], wrong: [{}] },
      ),
      'application/one+json': { schema: { $ref: '#/components/schemas/Money' }, example: { amount: 1 } },
      'application/none+json': { schema: { type: 'string' }, examples: { noValue: { summary: 'There is no value.' } } },
      'application/outside+json': {
        schema: { type: 'string' },
        examples: { outside: { externalValue: 'https://example.org/x.json' } },
      },
      'application/choice+json': media(
        { oneOf: [{ type: 'string' }, { const: { a: [1, 2] } }, { type: 'integer', nullable: true }] },
        { constant: { a: [1, 2] }, other: { a: [2, 1] }, nothing: null, word: 'word' },
      ),
    },
  },
};

it.each(['3.0.3', '3.1.0', '3.2.0'])("finds what Spectral's recommended rules find in OpenAPI %s", async version => {
  const document = {
    openapi: version,
    info: { title: 'Lines', version: '1.0.0' },
    paths: {
      '/lines': {
        get: { operationId: 'list', responses },
        post: {
          operationId: 'list',
          requestBody: {
            content: { 'application/json': media({ $ref: '#/components/schemas/Line' }, { good, bare: {} }) },
          },
          responses: { '201': { description: 'created', unknown: true } },
        },
      },
      '/lines/{id}/': { get: { tags: ['t'], responses: { '404': { description: 'x' } } } },
    },
    components: {
      schemas: {
        Money: money,
        Line: line,
        Unused: { type: 'strin', default: 1, enum: [1, 1] },
        Limit: { type: 'integer', default: 'many', example: 5 },
      },
    },
  };
  const text = JSON.stringify(document);

  const spectral = new Spectral({ resolver: new Resolver() });
  spectral.setRuleset({ extends: [[oas as RulesetDefinition, 'recommended']] });
  const expected = (await spectral.run(text)).filter(({ code }) => code !== 'invalid-ref');

  const estate = load({ label: '', files: new Map([['api.json', text]]), skipped: [] });
  const ruleset = await loadRuleset('tests/lint/rulesets', 'oas.yaml');
  const found = await lint(estate, [{ ruleset, contracts: estate.contracts }]);

  const wanted = expected.map(({ code, message }) => `lint/${code}: ${message}`);
  expect(wanted.length).toBeGreaterThan(20);
  expect(found.map(({ rule, message }) => `${rule}: ${message}`).sort()).toEqual(wanted.sort());
});
