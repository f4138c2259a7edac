import { describe, expect, test } from 'vitest';
import { usageOf } from '../../src/load/index.ts';
import { checkPacts } from '../../src/verify/pacts.ts';
import { estateWith, http, message, type PactInput, pactOf } from './estate.ts';

const FILE = 'consumers/ap-automation/pacts/case.json';

async function findingsOf(input: PactInput) {
  return checkPacts(await estateWith({ [FILE]: pactOf(input) }, false));
}

const supplier = (body: unknown) => http('reads a supplier', { path: '/suppliers/SUP-100045' }, { body });

test('the shipped pacts fit their contracts; the portal is told what is deprecated', async () => {
  const findings = await checkPacts(await estateWith());
  expect(findings.map(({ rule, severity, subject }) => [rule, severity, subject]).sort()).toEqual([
    ['pact/uses-deprecated', 'warn', 'api:suppliers@1#getSupplier'],
    ['pact/uses-deprecated', 'warn', 'api:suppliers@1#updateSupplier'],
  ]);
  expect(findings[0]!.message).toContain('2028-06-30');
  expect(findings[0]!.message).toContain('api:suppliers@2');
});

describe('an HTTP interaction', () => {
  test('that asks for a field the contract lacks', async () => {
    const findings = await findingsOf({ interactions: [supplier({ supplierId: 'SUP-100045', rating: 5 })] });
    expect(findings).toMatchObject([
      {
        rule: 'pact/contract-mismatch',
        severity: 'error',
        subject: 'api:suppliers@2#getSupplier/response/200/body/rating',
        location: { pointer: '/interactions/0/response/body/content/rating' },
        evidence: { related: [{ location: { file: 'canonical/supplier/v1/supplier.schema.yaml' } }] },
      },
    ]);
    expect(findings[0]!.message).toContain('rating');
  });

  test('that asks for a field deep inside, in a list', async () => {
    const findings = await findingsOf({ interactions: [supplier({ contacts: [{ name: 'a', fax: '1' }] })] });
    expect(findings).toMatchObject([
      {
        subject: 'api:suppliers@2#getSupplier/response/200/body/contacts/[]/fax',
        location: { pointer: '/interactions/0/response/body/content/contacts/0/fax' },
      },
    ]);
  });

  test('that expects another type or value', async () => {
    const body = { legalName: 5, status: 'gone', tax: { form1099Required: 'yes' } };
    const findings = await findingsOf({ interactions: [supplier(body)] });
    expect(findings.map(({ subject }) => subject).sort()).toEqual([
      'api:suppliers@2#getSupplier/response/200/body/legalName',
      'api:suppliers@2#getSupplier/response/200/body/status',
      'api:suppliers@2#getSupplier/response/200/body/tax/form1099Required',
    ]);
  });

  test.each([
    ['a path', http('x', { path: '/vendors/1' }), 'api:suppliers@2'],
    ['a method', http('x', { method: 'DELETE', path: '/suppliers/SUP-100045' }), 'api:suppliers@2'],
    ['a status', http('x', { path: '/suppliers/SUP-100045' }, { status: 418 }), 'api:suppliers@2#getSupplier'],
    ['a key in another form', http('x', { path: '/suppliers/45' }), 'api:suppliers@2#getSupplier/request'],
    [
      'a query value',
      http('x', { path: '/suppliers', query: { limit: ['many'] } }),
      'api:suppliers@2#listSuppliers/request',
    ],
  ])('with %s that the contract does not know', async (_, interaction, subject) => {
    const findings = await findingsOf({ interactions: [interaction] });
    expect(findings).toMatchObject([{ rule: 'pact/contract-mismatch', subject }]);
  });

  test('whose request body is not accepted', async () => {
    const body = { action: 'approve', reason: 'short' };
    const headers = {
      Authorization: ['Bearer t'],
      'Content-Type': ['application/json'],
      'Idempotency-Key': ['"8e03978e-40d5-43e8-bc93-6894a57f9324"'],
    };
    const path = '/suppliers/SUP-100045/status-changes';
    const findings = await findingsOf({
      interactions: [http('x', { method: 'POST', path, headers, body }, { status: 201 })],
    });
    expect(findings).toMatchObject([{ subject: 'api:suppliers@2#changeSupplierStatus/request/body/reason' }]);
  });

  test('may have the whole path of the production server', async () => {
    const path = '/system/suppliers/v2/suppliers/SUP-100045';
    expect(await findingsOf({ interactions: [http('x', { path })] })).toEqual([]);
  });

  test('on an OData key is found by its template', async () => {
    const interaction = (body: unknown) =>
      http(
        'x',
        { path: "/API_BUSINESS_PARTNER/A_Supplier('1000451')", headers: { Authorization: ['Basic eDp5'] } },
        { body },
      );
    const provider = 'sap-s4hana/business-partner@1';
    expect(await findingsOf({ provider, interactions: [interaction({ d: { SupplierName: 'x' } })] })).toEqual([]);
    const findings = await findingsOf({ provider, interactions: [interaction({ d: { Name: 'x' } })] });
    expect(findings).toMatchObject([{ subject: `api:${provider}#getSupplier/response/200/body/d/Name` }]);
  });
});

describe('a message', () => {
  const event = (content: object) => ({
    provider: 'suppliers@1',
    interactions: [message('supplierApproved for accounts payable', content)],
  });

  test('may hold a part of what the contract requires', async () => {
    expect(await findingsOf(event({ data: { supplierId: 'SUP-100045' } }))).toEqual([]);
  });

  test('must not name a field that the contract lacks', async () => {
    expect(await findingsOf(event({ data: { iban: 'DE00' } }))).toMatchObject([
      {
        rule: 'pact/contract-mismatch',
        subject: 'event:suppliers@1#supplierApproved/payload/data/iban',
        location: { pointer: '/interactions/0/contents/content/data/iban' },
      },
    ]);
  });

  test('must have the types and values of the contract', async () => {
    const findings = await findingsOf(event({ specversion: '0.3', data: { paymentTerms: { netDays: '30' } } }));
    expect(findings.map(({ subject }) => subject).sort()).toEqual([
      'event:suppliers@1#supplierApproved/payload/data/paymentTerms/netDays',
      'event:suppliers@1#supplierApproved/payload/specversion',
    ]);
  });

  test('must name a message of the contract, in its metadata or description', async () => {
    const unknown = {
      provider: 'suppliers@1',
      interactions: [message('something else', {}, { message: 'supplierBorn' })],
    };
    expect(await findingsOf(unknown)).toMatchObject([{ rule: 'pact/contract-mismatch', subject: 'event:suppliers@1' }]);
    const named = {
      provider: 'suppliers@1',
      interactions: [message('x', { id: '1' }, { message: 'supplierApproved' })],
    };
    expect(await findingsOf(named)).toEqual([]);
  });
});

describe('the parties', () => {
  test('must be known; near misses are suggested', async () => {
    const findings = await findingsOf({
      consumer: 'ap-automatoin',
      provider: 'suplliers@2',
      interactions: [supplier({}), message('supplierApproved', {})],
    });
    expect(findings.map(({ rule, message }) => [rule, message])).toEqual([
      ['pact/unknown-consumer', 'there is no consumer:ap-automatoin; did you mean consumer:ap-automation?'],
      ['pact/unknown-provider', 'there is no contract api:suplliers@2; did you mean api:suppliers@2?'],
      ['pact/unknown-provider', expect.stringContaining('there is no contract event:suplliers@2')],
    ]);
  });

  test('may be any text', async () => {
    const findings = await findingsOf({ consumer: 'a b', provider: '', interactions: [supplier({})] });
    expect(findings.map(({ rule, subject }) => [rule, subject])).toEqual([
      ['pact/unknown-consumer', `source:${FILE}`],
      ['pact/unknown-provider', `source:${FILE}`],
    ]);
  });
});

test('a pact of specification 2, and one that is half empty', async () => {
  const old = {
    consumer: { name: 'ap-automation' },
    provider: { name: 'suppliers@2' },
    interactions: [
      {
        description: 'old',
        providerState: 'there is one',
        request: { method: 'get', path: '/suppliers', query: 'limit=2', headers: { Authorization: 'Bearer t' } },
        response: {
          status: 200,
          body: { items: [{ nickname: 'x' }] },
          matchingRules: { '$.body.nextCursor': { match: 'type' } },
        },
      },
      { description: 'empty' },
    ],
  };
  const estate = await estateWith({ [FILE]: JSON.stringify(old) }, false);
  const findings = await checkPacts(estate);
  expect(findings.map(({ subject }) => subject)).toEqual([
    'api:suppliers@2#listSuppliers/response/200/body/items/[]/nickname',
    'api:suppliers@2',
  ]);
  expect(usageOf(estate).find(({ interaction }) => interaction === 'old')).toMatchObject({
    target: 'api:suppliers@2#listSuppliers',
    fields: [
      'api:suppliers@2#listSuppliers/request/query/limit',
      'api:suppliers@2#listSuppliers/response/200/body/items/[]/nickname',
      'api:suppliers@2#listSuppliers/response/200/body/nextCursor',
    ],
  });
});

test('what each consumer uses is read off its pacts', async () => {
  const usages = usageOf(await estateWith());
  const used = new Map(usages.map(({ consumer, interaction, fields }) => [`${consumer} ${interaction}`, fields]));
  expect(used.get('consumer:ap-automation a request for an unknown supplier')).toEqual([
    'api:suppliers@2#getSupplier/request/path/supplierId',
    'api:suppliers@2#getSupplier/response/404/body/code',
    'api:suppliers@2#getSupplier/response/404/body/retryable',
  ]);
  expect(used.get('consumer:supplier-portal a correction of the telephone number')).toContain(
    'api:suppliers@1#updateSupplier/request/body/phone',
  );
  expect(used.get('consumer:suppliers-api a new vendor')).toContain(
    'api:sap-s4hana/business-partner@1#createBusinessPartner/request/body/to_BusinessPartnerRole/results/[]/BusinessPartnerRole',
  );
  expect(new Set(usages.map(({ target }) => target)).size).toBe(10);
});
