import { afterEach, describe, expect, test } from 'vitest';
import { load, snapshotOfDirectory } from '../../src/load/index.ts';
import { type MockFiles, planMock, readMocks } from '../../src/mock/index.ts';
import { type Served, serve } from './serve.ts';

const estate = load(await snapshotOfDirectory('contracts'));
const mocks = readMocks(await snapshotOfDirectory('mocks'));
const definition = (text: string): MockFiles =>
  readMocks({ label: 'test', files: new Map([['mock.yaml', text]]), skipped: [] });
const errorOf = (target: string, files?: MockFiles) => {
  const plan = planMock(estate, target, files);
  return 'error' in plan ? plan.error : '';
};

describe('a target', () => {
  test.each([
    ['sap-s4hana', 'system:sap-s4hana'],
    ['system:sap-s4hana', 'system:sap-s4hana'],
    ['suppliers@2', 'api:suppliers@2'],
    ['api:suppliers@1', 'api:suppliers@1'],
    ['oracle-fusion', 'system:oracle-fusion'],
  ])('%s is %s', (target, id) => {
    expect(planMock(estate, target, mocks)).toMatchObject({ target: id });
  });

  test('that is not there is answered with what is', () => {
    expect(errorOf('sap-s4hanna')).toContain('did you mean "sap-s4hana"?');
    expect(errorOf('suppliers@3')).toMatch(/did you mean "suppliers@[12]"\?/);
    expect(errorOf('event:suppliers@1')).toContain('There is:');
  });
});

describe('a mock definition', () => {
  test('has only known keys, and facts with a source', () => {
    const { findings } = definition(
      'countersign: mock\nfor: system:sap-s4hana\ndialekt: x\nbehaviours:\n  - id: csrf-token\n    statement: x\n    status: verified\n',
    );
    expect(findings.map(({ message, location }) => [message, location.line]).sort()).toEqual([
      ['"behaviours/0" lacks "source"', 5],
      ['the document has the unknown key "dialekt"; did you mean "dialect"?', 3],
    ]);
    expect(errorOf('sap-s4hana', definition('countersign: mock\nfor: nobody\n'))).toContain('mock.yaml:2');
    expect(errorOf('sap-s4hana', definition('a: [')).length).toBeGreaterThan(0);
  });

  test.each([
    ['dialect: sap-odata-v3', 'did you mean "sap-odata-v2"?'],
    ['dialect: sap-odata-v2', 'also does error-body, csrf-token'],
    ['states: {x: {force: {operation: getSuplier, status: 503}}}', 'did you mean "getSupplier"?'],
    ['seed: {readSupplier: [{name: x, value: {}}]}', 'there is no operation "readSupplier"'],
  ])('with %s is refused', (line, reason) => {
    expect(errorOf('sap-s4hana', definition(`countersign: mock\nfor: system:sap-s4hana\n${line}\n`))).toContain(reason);
  });

  test('cannot claim what its dialect does not do', () => {
    const file = mocks.definitions.find(({ value }) => value.for === 'system:sap-s4hana')!;
    const behaviours = [...file.value.behaviours!, { id: 'time-travel', statement: 'x', status: 'modelled' as const }];
    const value = { ...file.value, behaviours };
    expect(errorOf('sap-s4hana', { definitions: [{ ...file, value }], findings: [] })).toContain('time-travel');
  });
});

describe('OpenAPI 3.0, and ways to write parameters', () => {
  let served: Served;
  afterEach(() => served.mock.close());
  const ok = { 200: { description: 'ok', content: { 'application/json': { example: { id: 'x' } } } } };
  const query = (name: string, schema: object, more: object = {}) => ({ name, in: 'query', schema, ...more });
  const document = {
    openapi: '3.0.3',
    info: { title: 'Things', version: '1.0.0' },
    'x-governance': { id: 'api:things@1' },
    servers: [
      { url: '{scheme}://host/{stage}/', variables: { scheme: { default: 'https' }, stage: { default: 'v1' } } },
    ],
    paths: {
      '/things/mine': {
        get: {
          operationId: 'mine',
          responses: { 200: { description: 'ok', content: { 'text/plain': { example: 'mine' } } } },
        },
      },
      '/things/{id}': {
        get: {
          operationId: 'one',
          parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
          responses: { ...ok, 404: { description: 'no' } },
        },
      },
      '/things/{id}/parts/{part}': {
        get: {
          operationId: 'part',
          parameters: [
            { name: 'id', in: 'path', required: true, schema: { type: 'integer', minimum: 0, exclusiveMinimum: true } },
            { name: 'part', in: 'path', required: true, schema: { type: 'array', items: { type: 'integer' } } },
          ],
          responses: ok,
        },
      },
      '/things': {
        get: {
          operationId: 'list',
          parameters: [
            query('tags', { type: 'array', items: { type: 'integer' }, maxItems: 2 }),
            query('ids', { type: 'array', items: { type: 'integer' } }, { explode: false }),
            query(
              'filter',
              { type: 'object', properties: { a: { type: 'string', maxLength: 1 } } },
              { style: 'deepObject' },
            ),
            query('flag', { type: 'boolean' }),
            {
              name: 'where',
              in: 'query',
              content: { 'application/json': { schema: { type: 'object', required: ['a'] } } },
            },
            { name: 'sid', in: 'cookie', required: true, schema: { type: 'string', minLength: 3 } },
          ],
          responses: ok,
        },
        post: {
          operationId: 'create',
          requestBody: {
            content: {
              'application/json': { schema: { $ref: '#/components/schemas/Thing' } },
              'application/x-www-form-urlencoded': { schema: { type: 'object', required: ['name'] } },
              'application/*': { schema: {} },
            },
          },
          responses: { default: { description: 'done' } },
        },
      },
      '/secret': {
        get: {
          operationId: 'secret',
          security: [{ key: [] }, { both: [], key: [] }],
          responses: { 204: { description: 'ok' } },
        },
      },
      '/silent': {
        get: {
          operationId: 'silent',
          responses: { 200: { description: 'ok', content: { 'application/json': { schema: { type: 'object' } } } } },
        },
      },
      '/schema': {
        get: {
          operationId: 'schema',
          responses: {
            '2XX': {
              description: 'ok',
              content: { 'application/json': { schema: { $ref: '#/components/schemas/Thing' } } },
            },
          },
        },
      },
    },
    components: {
      securitySchemes: {
        key: { type: 'apiKey', in: 'header', name: 'X-Key' },
        both: { type: 'http', scheme: 'bearer' },
      },
      schemas: {
        Thing: {
          type: 'object',
          required: ['name', 'created'],
          properties: {
            name: { type: 'string', nullable: true },
            created: { type: 'string', readOnly: true },
            parent: { $ref: '#/components/schemas/Thing' },
          },
          example: { name: 'x', created: 'today' },
        },
      },
    },
  };

  test('are read as the specification says', async () => {
    served = await serve('things@1', undefined, document);
    const { ask } = served;
    const cookie = { headers: { cookie: 'a=b; sid=123' } };
    const statusOf = async (path: string, init: RequestInit = cookie) => (await ask(path, init)).status;
    expect((await ask('/things/mine')).text).toBe('mine');
    expect([await statusOf('/things/x'), await statusOf('/things/y')]).toEqual([200, 404]);
    expect([
      await statusOf('/things/1/parts/1,2'),
      await statusOf('/things/0/parts/1'),
      await statusOf('/things/1/parts/1,b'),
    ]).toEqual([200, 400, 400]);
    expect([
      await statusOf('/things'),
      await statusOf('/things', {}),
      await statusOf('/things', { headers: { cookie: 'sid=1' } }),
    ]).toEqual([200, 400, 400]);
    expect([
      await statusOf('/things?tags=1&tags=2'),
      await statusOf('/things?tags=1&tags=2&tags=3'),
      await statusOf('/things?tags=x'),
    ]).toEqual([200, 400, 400]);
    expect([await statusOf('/things?ids=1,2'), await statusOf('/things?ids=1,x')]).toEqual([200, 400]);
    expect([await statusOf('/things?filter[a]=b'), await statusOf('/things?filter[a]=bc')]).toEqual([200, 400]);
    expect([await statusOf('/things?flag=true'), await statusOf('/things?flag=1')]).toEqual([200, 400]);
    expect([
      await statusOf('/things?where={"a":1}'),
      await statusOf('/things?where={}'),
      await statusOf('/things?where={'),
    ]).toEqual([200, 400, 400]);
  });

  test('bodies by their type, read-only and nullable properties', async () => {
    served = await serve('things@1', undefined, document);
    const create = async (type: string, body: string) =>
      (await served.ask('/things', { method: 'POST', headers: { 'content-type': type }, body })).status;
    expect(await create('application/json', '{"name":null}')).toBe(200);
    expect(await create('application/json', '{"name":"a","parent":{"name":1}}')).toBe(400);
    expect(await create('application/x-www-form-urlencoded', 'name=a&b=c')).toBe(200);
    expect(await create('application/x-www-form-urlencoded', 'b=c')).toBe(400);
    expect(await create('application/pdf', '%PDF')).toBe(200);
    expect(await create('image/png', 'x')).toBe(415);
  });

  test('keys, missing examples and statuses by class', async () => {
    served = await serve('things@1', undefined, document);
    expect((await served.ask('/secret')).status).toBe(401);
    expect((await served.ask('/secret', { headers: { 'x-key': '1' } })).status).toBe(204);
    expect((await served.ask('/silent')).body.detail).toContain('no example');
    expect(await served.ask('/schema')).toMatchObject({ status: 200, body: { name: 'x' } });
  });
});
