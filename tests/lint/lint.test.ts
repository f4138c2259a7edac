import fc from 'fast-check';
import { dump } from 'js-yaml';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { lint, loadRuleset, type RulesetHere } from '../../src/lint/index.ts';
import { load } from '../../src/load/index.ts';
import { type Finding, isObject, type Json } from '../../src/model/index.ts';

let platform: RulesetHere;
beforeAll(async () => {
  platform = await loadRuleset('rulesets', 'platform.yaml');
}, 60_000);

async function lintFiles(files: Record<string, string>, only?: string): Promise<Finding[]> {
  const estate = load({ label: 'test', files: new Map(Object.entries(files)), skipped: [] });
  const contracts = estate.contracts.filter(({ file }) => only === undefined || file.path === only);
  return lint(estate, [{ ruleset: platform, contracts }]);
}

function of(findings: readonly Finding[], rule: string): Finding[] {
  return findings.filter(finding => finding.rule === `lint/${rule}`);
}

/** An API with faults of many rules, its error response and a schema in other files. */
const API = {
  openapi: '3.1.0',
  info: { title: 'Invoices', version: '1.0.0', description: 'Invoices.' },
  'x-governance': { id: 'api:invoices@1', domain: 'payables', layer: 'system' },
  servers: [{ url: 'https://api.example.org/invoices/v2' }, { url: 'https://api.example.org/invoices' }],
  paths: {
    '/invoices': {
      post: {
        operationId: 'createInvoice',
        parameters: [
          { name: 'X-Trace', in: 'header', schema: { type: 'string' } },
          { name: 'idempotency-key', in: 'header', schema: { type: 'string' } },
        ],
        security: [{ oauth2: ['invoices:create', 'invoices:nope'] }, { oauth2: [] }],
        responses: {
          '201': {
            description: 'Created.',
            content: {
              'application/json': {
                schema: { $ref: '../canonical/invoice.yaml' },
                examples: { wrong: { value: { invoiceId: 1 } }, right: { value: { invoiceId: 'I-1', taxId: 'x' } } },
              },
            },
          },
          '400': { $ref: 'responses.yaml#/BadRequest' },
          '404': { $ref: '#/components/responses/NotFound' },
        },
      },
      get: {
        operationId: 'listInvoices',
        responses: {
          '200': {
            description: 'All.',
            content: {
              'application/json': { schema: { type: 'array', items: { $ref: '../canonical/invoice.yaml' } } },
            },
          },
          '400': { $ref: 'responses.yaml#/BadRequest' },
          '404': { $ref: '#/components/responses/NotFound' },
        },
      },
    },
  },
  components: {
    responses: { NotFound: { description: 'No body.' } },
    schemas: { Unused: { type: 'string' }, UsedElsewhere: { type: 'string' } },
    securitySchemes: {
      oauth2: {
        type: 'oauth2',
        flows: { clientCredentials: { tokenUrl: 'https://id.example.org', scopes: { 'invoices:create': 'Create.' } } },
      },
    },
  },
};
const RESPONSES = { BadRequest: { description: 'Bad.', content: { 'text/plain': {}, 'application/xml': {} } } };
const INVOICE = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Invoice',
  'x-version': '1.0.0',
  'x-governance': { id: 'schema:invoice@1', domain: 'payables', owner: 'team:ap', layer: 'canonical' },
  type: 'object',
  properties: {
    invoiceId: { type: 'string' },
    taxId: { type: 'string' },
    note: { $ref: '../api/openapi.yaml#/components/schemas/UsedElsewhere' },
  },
};

function filesOf(write: (document: Json) => string): Record<string, string> {
  return {
    'api/openapi.yaml': write(API),
    'api/responses.yaml': write(RESPONSES),
    'canonical/invoice.yaml': write(INVOICE),
  };
}
const FILES = filesOf(document => dump(document));

describe('findings', () => {
  it('name the smallest place, and stand where it is written', async () => {
    const [fault] = of(await lintFiles(FILES), 'idempotency-key-required');
    expect(fault).toMatchObject({
      severity: 'error',
      subject: 'api:invoices@1#createInvoice/request/header/idempotency-key',
      facts: { at: [], optional: 'Idempotency-Key' },
      location: { file: 'api/openapi.yaml', pointer: '/paths/~1invoices/post/parameters/1' },
    });
  });

  it('lie in the file that a reference leads to', async () => {
    const faults = of(await lintFiles(FILES), 'errors-are-problem-details');
    expect(faults.map(({ location, subject }) => [location.file, location.pointer, subject])).toEqual([
      ['api/openapi.yaml', '/components/responses/NotFound', 'api:invoices@1#components/responses/NotFound'],
      ['api/responses.yaml', '/BadRequest/content/text~1plain', 'source:api/responses.yaml'],
      ['api/responses.yaml', '/BadRequest/content/application~1xml', 'source:api/responses.yaml'],
    ]);
  });

  it('about another contract are its own, and found once', async () => {
    const alone = of(await lintFiles(FILES, 'canonical/invoice.yaml'), 'sensitive-data-classified');
    const all = of(await lintFiles(FILES), 'sensitive-data-classified');
    expect(alone.map(({ subject }) => subject)).toEqual(['schema:invoice@1#taxId']);
    expect(all).toEqual(alone);
  });

  it('of one rule at one place have fingerprints of their own', async () => {
    const findings = await lintFiles(FILES);
    const same = of(findings, 'rate-limits-declared').filter(({ subject }) =>
      subject.endsWith('createInvoice/response/201'),
    );
    expect(same.map(({ facts }) => facts['missing'])).toEqual(
      expect.arrayContaining(['RateLimit', 'RateLimit-Policy']),
    );
    expect(new Set(findings.map(({ fingerprint }) => fingerprint)).size).toBe(findings.length);
  });

  it('hold what Spectral finds of its own, by the names its message quotes', async () => {
    const [example, ...others] = of(await lintFiles(FILES), 'oas3-valid-media-example');
    expect(others).toEqual([]);
    expect(example).toMatchObject({
      severity: 'error',
      subject: 'api:invoices@1#createInvoice/response/201/body',
      facts: { names: ['invoiceId'] },
      location: {
        pointer: '/paths/~1invoices/post/responses/201/content/application~1json/examples/wrong/value/invoiceId',
      },
    });
  });

  it('do not call a component unused that another contract refers to', async () => {
    const unused = of(await lintFiles(FILES), 'oas3-unused-component');
    expect(unused.map(({ subject }) => subject)).toEqual(['api:invoices@1#components/schemas/Unused']);
  });

  it('keep what stands beside a reference', async () => {
    const schema = {
      ...INVOICE,
      properties: {
        email: { $ref: '#/$defs/Text', 'x-classification': 'confidential' },
        phone: { $ref: '#/$defs/Text' },
      },
      $defs: { Text: { type: 'string' } },
    };
    const faults = of(await lintFiles({ 'a.yaml': dump(schema) }), 'sensitive-data-classified');
    expect(faults.map(({ subject }) => subject)).toEqual(['schema:invoice@1#phone']);
  });

  it('are none for formats that no rule is about', async () => {
    const workflow = { arazzo: '1.1.0', info: { title: 'W', version: '1.0.0' }, 'x-governance': API['x-governance'] };
    const findings = await lintFiles({ 'a.yaml': dump(workflow) });
    // But for those that hold for contracts of every kind.
    expect(findings.map(({ rule }) => rule).sort()).toEqual([
      'lint/ownership-declared',
      'lint/residency-stated',
      'lint/retention-stated',
      'lint/sync-pattern-stated',
    ]);
  });
});

describe('what loading has reported', () => {
  it('is not reported again, and no reference is fetched', async () => {
    const fetched = vi.spyOn(globalThis, 'fetch').mockRejectedValue(new Error('fetched'));
    const paths = {
      '/invoices': {
        get: {
          operationId: 'a',
          responses: {
            '400': { $ref: 'https://example.org/responses.yaml#/A' },
            '404': { $ref: '#/components/responses/Missing' },
            '409': { $ref: '/etc/hostname' },
            '500': { $ref: '../../../../etc/hostname' },
          },
        },
      },
    };
    const findings = await lintFiles({ 'a.yaml': dump({ ...API, paths }), 'b.yaml': 'a: [' });
    expect(findings.filter(({ rule }) => /invalid-ref|parser|unrecognized/.test(rule))).toEqual([]);
    // What cannot be read cannot be said to lack anything.
    expect(of(findings, 'errors-are-problem-details')).toEqual([]);
    expect(fetched).not.toHaveBeenCalled();
    fetched.mockRestore();
  });

  it('are circles, with which linting comes to an end', async () => {
    const schemas = {
      A: {
        type: 'object',
        properties: { b: { $ref: '#/components/schemas/B' }, self: { $ref: '#/components/schemas/A' } },
      },
      B: { type: 'object', properties: { a: { $ref: '#/components/schemas/A' }, root: { $ref: '#' } } },
      C: { $ref: '#/components/schemas/D' },
      D: { $ref: '#/components/schemas/C' },
    };
    const findings = await lintFiles({ 'a.yaml': dump({ ...API, paths: {}, components: { schemas } }) });
    expect(of(findings, 'ownership-declared')).toHaveLength(1);
  });
});

describe('fingerprints', () => {
  const key = (findings: readonly Finding[]) =>
    findings.map(({ fingerprint, rule }) => `${rule} ${fingerprint}`).sort();

  it('survive another order of members and list items, and another notation', async () => {
    const expected = key(await lintFiles(FILES));
    expect(expected.length).toBeGreaterThan(15);
    await fc.assert(
      fc.asyncProperty(fc.infiniteStream(fc.nat()), fc.boolean(), async (numbers, isJson) => {
        const write = (document: Json) => {
          const shuffled = shuffle(document, () => numbers.next().value);
          return isJson ? JSON.stringify(shuffled) : dump(shuffled, { flowLevel: 3 });
        };
        expect(key(await lintFiles(filesOf(write)))).toEqual(expected);
      }),
      { numRuns: 15 },
    );
  });

  it('survive moving a contract', async () => {
    const move = (text: string) => text.replaceAll('../canonical/invoice.yaml', '../../moved/i.yaml');
    const moved = {
      'deep/er/api.yaml': move(FILES['api/openapi.yaml']!).replaceAll('responses.yaml', '../../api/responses.yaml'),
      'api/responses.yaml': FILES['api/responses.yaml']!,
      'moved/i.yaml': FILES['canonical/invoice.yaml']!.replaceAll('../api/openapi.yaml', '../deep/er/api.yaml'),
    };
    expect(key(await lintFiles(moved))).toEqual(key(await lintFiles(FILES)));
  });
});

/** Members in another order; items too, of the lists whose order means nothing. */
function shuffle(value: Json, next: () => number, name = ''): Json {
  if (Array.isArray(value)) {
    const shuffled = value.map(item => shuffle(item, next));
    return ['parameters', 'servers', 'required', 'security'].includes(name) ? permute(shuffled, next) : shuffled;
  }
  if (!isObject(value)) return value;
  const members = Object.entries(value).map(([key, member]): [string, Json] => [key, shuffle(member, next, key)]);
  return Object.fromEntries(permute(members, next));
}

function permute<T>(list: readonly T[], next: () => number): T[] {
  const rest = [...list];
  return list.map(() => rest.splice(next() % rest.length, 1)[0]!);
}
