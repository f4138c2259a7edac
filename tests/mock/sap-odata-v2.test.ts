import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { describeMock } from '../../src/mock/index.ts';
import { type Served, serve } from './serve.ts';

let served: Served;
beforeAll(async () => {
  served = await serve('sap-s4hana', 'Basic dGVjaDp0ZXN0');
});
afterAll(() => served.mock.close());

const ENTITIES = '/API_BUSINESS_PARTNER/A_BusinessPartner';
const ONE = `${ENTITIES}('1000451')`;
const vendor = { BusinessPartnerCategory: '2', BusinessPartnerGrouping: 'BPEE', OrganizationBPName1: 'Northwind' };

async function session(method = 'GET'): Promise<Record<string, string>> {
  const { headers } = await served.ask(ENTITIES, { method, headers: { 'x-csrf-token': 'fetch' } });
  return { 'x-csrf-token': headers.get('x-csrf-token')!, cookie: headers.getSetCookie()[0]!.split(';')[0]! };
}
const write = (method: string, body: unknown, headers: Record<string, string>) => ({
  method,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(body),
});

describe('a write', () => {
  test.each(['GET', 'HEAD'])('needs the token that %s fetched, and its session', async method => {
    const own = await session(method);
    expect((await served.ask(ENTITIES, write('POST', vendor, own))).status).toBe(201);
    const other = await session();
    for (const headers of [
      {},
      { cookie: own['cookie']! },
      { 'x-csrf-token': own['x-csrf-token']! },
      { ...own, 'x-csrf-token': other['x-csrf-token']! },
      { ...own, 'x-csrf-token': 'Fetch' },
    ]) {
      const refused = await served.ask(ENTITIES, write('POST', vendor, headers));
      expect([refused.status, refused.headers.get('x-csrf-token')]).toEqual([403, 'Required']);
      expect(refused.body.error.message).toEqual({ lang: 'en', value: 'CSRF token validation failed' });
    }
  });

  test('keeps its session: the same token is fetched again', async () => {
    const own = await session();
    const again = await served.ask(ENTITIES, { headers: { 'x-csrf-token': 'FETCH', cookie: own['cookie']! } });
    expect([again.headers.get('x-csrf-token'), again.headers.get('set-cookie')]).toEqual([own['x-csrf-token'], null]);
  });

  test('is refused in the vendor’s error shape', async () => {
    const { status, body } = await served.ask(
      ENTITIES,
      write('POST', { OrganizationBPName1: 'x'.repeat(41) }, await session()),
    );
    expect(status).toBe(400);
    expect(body.error.message.value).toContain('/OrganizationBPName1');
    expect(body.error.innererror.errordetails).toHaveLength(3);
  });

  test.each([
    ['PATCH', {}],
    ['MERGE', {}],
    ['POST', { 'x-http-method': 'MERGE' }],
  ])('by %s needs the present ETag', async (method, extra) => {
    const headers = { ...(await session()), ...extra };
    const body = { BusinessPartnerIsBlocked: true };
    const change = async (etag?: string) =>
      (await served.ask(ONE, write(method, body, { ...headers, ...(etag ? { 'if-match': etag } : {}) }))).status;
    const present = (await served.ask(ONE)).headers.get('etag')!;
    expect(await change()).toBe(428);
    expect(await change('W/"\'19990101000000\'"')).toBe(412);
    expect(await change(present)).toBe(204);
    expect(await change('*')).toBe(204);
  });

  test('to an entity that is not there is 404', async () => {
    const headers = { ...(await session()), 'if-match': '*' };
    const { status, body } = await served.ask(`${ENTITIES}('9')`, write('PATCH', { SearchTerm1: 'X' }, headers));
    expect([status, body.error.code]).toEqual([404, '/IWBEP/CM_MGW_RT/020']);
  });
});

describe('a read', () => {
  test('gives no token unless asked', async () => {
    const { headers } = await served.ask(ONE);
    expect([headers.get('x-csrf-token'), headers.get('set-cookie')]).toEqual([null, null]);
  });

  test('finds an entity by its key, however it is encoded', async () => {
    for (const path of [ONE, `${ENTITIES}(%271000451%27)`]) {
      expect((await served.ask(path)).body.d.BusinessPartner).toBe('1000451');
    }
    expect((await served.ask(`${ENTITIES}('4711')`)).status).toBe(404);
  });

  test('filters, counts, cuts and selects', async () => {
    const list = async (query: string) => (await served.ask(`${ENTITIES}?${query}`)).body.d;
    const byId = "$filter=BusinessPartnerIDByExtSystem eq 'SUP-100045' and BusinessPartnerCategory eq '2'";
    expect(await list(`${byId}&$inlinecount=allpages&$select=BusinessPartner`)).toEqual({
      __count: '1',
      results: [{ __metadata: expect.anything(), BusinessPartner: '1000451' }],
    });
    expect(await list("$filter=OrganizationBPName1 eq 'O''Neill'")).toEqual({ results: [] });
    expect(await list('$skip=1')).toEqual({ results: [] });
    expect((await list('$top=1')).results).toHaveLength(1);
    const beyond = await served.ask(`${ENTITIES}?$filter=startswith(SearchTerm1,'N')`);
    expect([beyond.status, beyond.body.error.code]).toEqual([501, '501']);
  });

  test('takes basic and OAuth credentials', async () => {
    expect((await served.ask(ONE, { headers: { authorization: 'Bearer t' } })).status).toBe(200);
    const refused = await served.ask(ONE, { headers: { authorization: '' } });
    expect([refused.status, refused.body.error.code]).toEqual([401, '401']);
  });
});

test('a provider state opens the session that a pact names', async () => {
  const headers = { cookie: 'SAP_SESSIONID_MCK_100=pact-session', 'x-csrf-token': 'Kx2mQ0test0token0==' };
  expect((await served.ask(ENTITIES, write('POST', vendor, headers))).status).toBe(403);
  served.mock.setStates(['a session with a CSRF token is open']);
  expect((await served.ask(ENTITIES, write('POST', vendor, headers))).status).toBe(201);
});

test('each behaviour is described with how it is known', () => {
  const { behaviours } = describeMock(served.plan);
  expect(behaviours.find(({ id }) => id === 'csrf-token')).toMatchObject({
    status: 'verified',
    source: expect.stringContaining('sap'),
  });
  for (const { status, source } of behaviours) if (status === 'verified') expect(source).toBeTruthy();
});
