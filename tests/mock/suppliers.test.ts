import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { operationsOf, responseFor, validatorFor } from '../../src/load/index.ts';
import { contentFor } from '../../src/load/media-types.ts';
import { describeMock } from '../../src/mock/index.ts';
import { type Answer, type Served, serve } from './serve.ts';

let served: Served;
beforeAll(async () => {
  served = await serve('suppliers@2', 'Bearer t');
});
afterAll(() => served.mock.close());
afterEach(() => void served.mock.setStates([]));

const ask = async (path: string, init?: RequestInit) => {
  const answer = await served.ask(path, init);
  expectPromised(answer);
  return answer;
};

/** By the validator that the mock itself does not use: the answer is what the contract says. */
function expectPromised({ status, headers, body }: Answer): void {
  const { estate, mock } = served;
  const operation = operationsOf(estate, estate.contracts.find(({ id }) => id === 'api:suppliers@2')!).find(
    ({ id }) => id === mock.journal().at(-1)?.operation,
  );
  const response = operation && responseFor(operation, status);
  if (!response) return;
  const content = contentFor(response.content, headers.get('content-type') ?? undefined);
  expect(content?.mediaType).toBe(response.content[0]?.mediaType);
  const contract = estate.contracts.find(({ id }) => id === 'api:suppliers@2')!;
  if (content?.schema) expect(validatorFor(estate, contract.dialect).check(content.schema, body)).toEqual([]);
  for (const { name } of response.headers) expect(headers.get(name), name).not.toBeNull();
}

const patch = (body: unknown, headers: Record<string, string> = {}) => ({
  method: 'PATCH',
  headers: { 'content-type': 'application/merge-patch+json', ...headers },
  body: typeof body === 'string' ? body : JSON.stringify(body),
});
const post = (body: unknown, headers: Record<string, string> = {}) => ({
  method: 'POST',
  headers: {
    'content-type': 'application/json',
    'idempotency-key': '"8e03978e-40d5-43e8-bc93-6894a57f9324"',
    ...headers,
  },
  body: JSON.stringify(body),
});
const approval = { action: 'approve', reason: 'Everything was checked.' };

describe('answers', () => {
  test('with the example whose key fits the path', async () => {
    expect((await ask('/suppliers/SUP-100045')).body.legalName).toBe('Northwind Surgical Supply');
    expect((await ask('/suppliers/SUP-100046')).body.legalName).toBe('Prairie Facilities Maintenance');
  });

  test('with the 404 example that fits best where no example does', async () => {
    expect((await ask('/suppliers/SUP-777777')).body.code).toBe('supplier-not-found');
    expect((await ask('/suppliers/SUP-100046/remittance')).body.code).toBe('remittance-not-found');
    expect((await ask('/suppliers/SUP-999999/remittance')).body.code).toBe('supplier-not-found');
  });

  test('with an example that does not name its key, for the records the contract shows', async () => {
    expect((await ask('/suppliers/SUP-100045/remittance')).body.currency).toBe('USD');
  });

  test('writes with the example of success', async () => {
    expect((await ask('/suppliers/SUP-100045/status-changes', post(approval))).status).toBe(201);
    expect((await ask('/suppliers/SUP-100045', patch({ tradingName: null }, { 'if-match': '"3"' }))).status).toBe(200);
  });

  test('HEAD as GET without a body', async () => {
    const { status, text, headers } = await served.ask('/suppliers/SUP-100045', { method: 'HEAD' });
    expect([status, text, headers.get('etag')]).toEqual([200, '', '"3"']);
  });

  test('what Prefer asks for', async () => {
    expect((await ask('/suppliers/SUP-100045', { headers: { prefer: 'code=503' } })).headers.get('retry-after')).toBe(
      '30',
    );
    expect((await ask('/suppliers', { headers: { prefer: 'example=lastPage' } })).body).toEqual({
      items: [],
      nextCursor: null,
    });
    const chosen = await ask('/suppliers/SUP-100045/remittance', {
      headers: { prefer: 'code=404, example="supplierNotFound"' },
    });
    expect(chosen.body.code).toBe('supplier-not-found');
    expect((await ask('/suppliers/SUP-100045', { headers: { prefer: 'code=418' } })).body.detail).toContain(
      'declares no status 418',
    );
    expect((await ask('/suppliers', { headers: { prefer: 'example=nope' } })).status).toBe(400);
    expect((await ask('/suppliers', { headers: { prefer: 'respond-async' } })).status).toBe(200);
  });

  test('what a provider state forces, until another one holds', async () => {
    expect(served.mock.setStates(['the supplier management platform is down', 'unheard of'])).toEqual(['unheard of']);
    expect((await ask('/suppliers/SUP-100045')).status).toBe(503);
    expect((await ask('/suppliers')).status).toBe(200);
    served.mock.setStates([]);
    expect((await ask('/suppliers/SUP-100045')).status).toBe(200);
  });
});

describe('refuses', () => {
  test('what has no credentials, and says that any will do', async () => {
    for (const authorization of ['', 'Bearer', 'Basic eDp5']) {
      const { status, body, headers } = await ask('/suppliers', { headers: { authorization } });
      expect([status, body.code, headers.get('www-authenticate')]).toEqual([401, 'unauthenticated', 'Bearer']);
      expect(body.detail).toContain('accepts any');
    }
  });

  test('unknown paths and methods', async () => {
    expect((await ask('/vendors')).status).toBe(404);
    const { status, headers, body } = await ask('/suppliers/SUP-100045', { method: 'DELETE' });
    expect([status, headers.get('allow'), body.retryable]).toEqual([405, 'GET, HEAD, PATCH', false]);
  });

  test.each([
    ['/suppliers/SUP-1', '/path/supplierId'],
    ['/suppliers?limit=0', '/query/limit'],
    ['/suppliers?limit=1e99', '/query/limit'],
    ['/suppliers?limit=', '/query/limit'],
    ['/suppliers?status=gone', '/query/status'],
    ['/suppliers?updatedSince=yesterday', '/query/updatedSince'],
  ])('%s', async (path, pointer) => {
    const { status, body } = await ask(path);
    expect([status, body.errors.map((error: { pointer: string }) => error.pointer)]).toEqual([
      400,
      expect.arrayContaining([pointer]),
    ]);
  });

  test('headers that are missing or wrong', async () => {
    const { status, body } = await ask('/suppliers', post({}, { 'idempotency-key': 'unquoted', traceparent: 'x' }));
    expect([status, body.errors.length]).toEqual([400, 2]);
  });

  test('a body that breaks the schema, field by field', async () => {
    const { status, body } = await ask(
      '/suppliers',
      post({ legalName: '', tax: { identifier: { type: 'x' } }, extra: 1 }),
    );
    expect([status, body.code]).toEqual([422, 'validation-failed']);
    expect(body.errors.map(({ pointer }: { pointer: string }) => pointer).sort()).toEqual([
      '/address',
      '/extra',
      '/legalName',
      '/supplierType',
      '/tax/identifier/country',
      '/tax/identifier/type',
      '/tax/identifier/value',
      '/tax/organizationType',
    ]);
  });

  test('no body, another type, and what Accept excludes', async () => {
    expect((await ask('/suppliers', { ...post({}), body: '' })).status).toBe(400);
    const { status, headers } = await ask('/suppliers', post({}, { 'content-type': 'text/plain' }));
    expect([status, headers.get('accept')]).toEqual([415, 'application/json']);
    expect((await ask('/suppliers', post({}, { 'content-type': 'application/json; charset=utf-8' }))).status).toBe(422);
    expect((await ask('/suppliers', { headers: { accept: 'text/html' } })).status).toBe(406);
    expect((await ask('/suppliers', { headers: { accept: 'text/html, application/*;q=0.1' } })).status).toBe(200);
    expect((await ask('/suppliers', { headers: { accept: 'application/json;q=0, */*;q=0' } })).status).toBe(406);
  });

  test('a change without or with a stale If-Match', async () => {
    const body = { tradingName: 'Northwind' };
    expect((await ask('/suppliers/SUP-100045', patch(body))).body.code).toBe('if-match-required');
    expect((await ask('/suppliers/SUP-100045', patch(body, { 'if-match': '"2"' }))).body.code).toBe('stale-record');
    expect((await ask('/suppliers/SUP-100045', patch({ bad: 1 }))).status).toBe(422);
  });
});

test('the journal tells what was asked, the description what there is and how it is known', async () => {
  await ask('/suppliers/SUP-100045?x=1');
  await ask('/vendors');
  expect(served.mock.journal().slice(-2)).toMatchObject([
    { operation: 'api:suppliers@2#getSupplier', status: 200, target: '/system/suppliers/v2/suppliers/SUP-100045?x=1' },
    { operation: undefined, status: 404, refused: expect.stringContaining('api:suppliers@2') },
  ]);
  const description = describeMock(served.plan);
  expect(description.operations.map(({ id }) => id)).toContain('api:suppliers@2#changeSupplierStatus');
  expect(description.operations[0]!.paths).toEqual(['/system/suppliers/v2/suppliers']);
  expect(description.behaviours.find(({ id }) => id === 'any-credential')).toBeDefined();
  expect(description.states).toContain('supplier SUP-100045 is approved');
});

test('a deprecated version announces its end in headers', async () => {
  const old = await serve('api:suppliers@1', 'Bearer t');
  try {
    const { headers } = await old.ask('/suppliers/SUP-100045');
    expect(headers.get('deprecation')).toBe('@1782864000');
    expect(headers.get('sunset')).toBe('Fri, 30 Jun 2028 23:59:59 GMT');
    expect(headers.get('link')).toContain('successor-version');
  } finally {
    await old.mock.close();
  }
});
