import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { snapshotOfDirectory } from '../../src/load/index.ts';
import { type MockFiles, planMock, type RunningMock, readMocks, serveMock } from '../../src/mock/index.ts';
import type { Estate, PactFile } from '../../src/model/index.ts';
import { exampleOf, verifyProvider } from '../../src/verify/pact-provider.ts';
import { estateWith, http, message, pactOf } from './estate.ts';

let estate: Estate;
let mocks: MockFiles;
beforeAll(async () => {
  estate = await estateWith();
  mocks = readMocks(await snapshotOfDirectory('mocks'));
});

async function mockOf(of: Estate, target: string): Promise<RunningMock> {
  const plan = planMock(of, target, mocks);
  if ('error' in plan) throw new Error(plan.error);
  return serveMock(plan, { port: 0 });
}

describe('the shipped pacts', () => {
  const running = new Map<string, RunningMock>();
  beforeAll(async () => {
    for (const [id, target] of [
      ['api:suppliers@1', 'suppliers@1'],
      ['api:suppliers@2', 'suppliers@2'],
      ['api:sap-s4hana/business-partner@1', 'sap-s4hana'],
    ] as const) {
      running.set(id, await mockOf(estate, target));
    }
  });
  afterAll(() => Promise.all([...running.values()].map(mock => mock.close())));

  test('pass against mocks and examples of their contracts', async () => {
    const unknown: string[] = [];
    const { outcomes, findings } = await verifyProvider(estate, {
      pacts: estate.pacts,
      baseUrl: ({ provider }) => running.get(`api:${provider}`)?.urlOf(`api:${provider}`),
      onStates: states => {
        const names = states.map(({ name }) => name);
        const ignored = [...running.values()].map(mock => mock.setStates(names));
        unknown.push(...names.filter(name => ignored.every(list => list.includes(name))));
      },
      produce: exampleOf,
    });
    expect(findings).toEqual([]);
    expect(outcomes.map(({ success }) => success)).toEqual(Array(12).fill(true));
    expect(new Set(outcomes.map(({ target }) => target)).size).toBe(10);
    // Events have no mock that could be put into a state: their examples are what they are.
    expect([...new Set(unknown)].sort()).toEqual([
      'supplier SUP-100045 was approved',
      'supplier SUP-100045 was suspended',
    ]);
    expect(running.get('api:suppliers@2')?.journal()).toHaveLength(3);
  });

  test('show a provider that answers otherwise', async () => {
    const file = 'system/suppliers/v2/openapi.yaml';
    const broken = await estateWith({
      [file]: text =>
        text.replace(
          "tax:\n          identifier:\n            type: ein\n            value: 00-0000001\n            country: US\n          organizationType: corporation\n          form1099Required: false\n          taxFormReceivedOn: '2026-03-02'\n        remittance:",
          'remittance:',
        ),
    });
    const mock = await mockOf(broken, 'suppliers@2');
    try {
      const { outcomes, findings } = await verifyProvider(broken, {
        pacts: pactsOn(broken, 'suppliers@2'),
        baseUrl: () => mock.urlOf('api:suppliers@2'),
      });
      expect(outcomes.map(({ success }) => success)).toEqual([false, true, true]);
      expect(findings).toMatchObject([
        {
          rule: 'verify/interaction-failed',
          severity: 'error',
          subject: 'api:suppliers@2#getSupplier',
          location: { file: 'consumers/ap-automation/pacts/suppliers@2.json', pointer: '/interactions/0/description' },
          evidence: { affected: [{ id: 'consumer:ap-automation' }], related: [{ location: { file } }] },
        },
      ]);
      expect(findings[0]!.message).toMatch(/tax/);
    } finally {
      await mock.close();
    }
  });
});

function pactsOn(of: Estate, provider: string): PactFile[] {
  return of.pacts.filter(pact => pact.provider === provider && pact.consumer === 'ap-automation');
}

async function pactsIn(text: string): Promise<[Estate, readonly PactFile[]]> {
  const changed = await estateWith({ 'consumers/ap-automation/pacts/case.json': text }, false);
  return [changed, changed.pacts];
}

test('messages are compared with what is produced, metadata included', async () => {
  const [changed, pacts] = await pactsIn(
    pactOf({
      provider: 'suppliers@1',
      interactions: [
        message(
          'supplierApproved, as in the example',
          { data: { supplierId: 'SUP-100045' } },
          { message: 'supplierApproved' },
        ),
        message(
          'supplierApproved, of another supplier',
          { data: { supplierId: 'SUP-1' } },
          { message: 'supplierApproved' },
        ),
        message(
          'supplierApproved, with a key',
          { id: '0190a6f1-6a3e-7c52-9b1f-2d8f5e4c1a01' },
          { message: 'supplierApproved', key: 'x' },
        ),
        message('supplierBorn', {}),
      ],
    }),
  );
  const { outcomes, findings } = await verifyProvider(changed, { pacts, produce: exampleOf });
  expect(outcomes.map(({ interaction, success }) => [interaction, success])).toEqual([
    ['supplierApproved, as in the example', true],
    ['supplierApproved, of another supplier', false],
    ['supplierApproved, with a key', false],
  ]);
  expect(findings.map(({ subject }) => subject)).toEqual(Array(2).fill('event:suppliers@1#supplierApproved'));
  expect(outcomes[1]!.mismatches.join()).toContain('supplierId');
});

test('a provider that is not there is a finding', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise(resolve => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise(resolve => server.close(resolve));
  const [changed, pacts] = await pactsIn(pactOf({ interactions: [http('reads', { path: '/suppliers/SUP-100045' })] }));
  const { findings } = await verifyProvider(changed, { pacts, baseUrl: () => `http://127.0.0.1:${port}` });
  expect(findings).toMatchObject([{ rule: 'verify/interaction-failed', subject: 'api:suppliers@2#getSupplier' }]);
  expect(findings[0]!.message).toContain('ECONNREFUSED');
});

test('states are set up with their parameters and left again; one that cannot be set up is a finding', async () => {
  const interaction = {
    ...http('reads', { path: '/suppliers/SUP-100045' }),
    providerStates: [{ name: 'there is one', params: { id: 1 } }],
  };
  const [changed, pacts] = await pactsIn(pactOf({ interactions: [interaction] }));
  const mock = await mockOf(changed, 'suppliers@2');
  try {
    const seen: unknown[] = [];
    const common = { pacts, baseUrl: () => mock.urlOf('api:suppliers@2') };
    const verified = await verifyProvider(changed, { ...common, onStates: states => void seen.push(states) });
    expect(verified.findings).toEqual([]);
    expect(seen).toEqual([[{ name: 'there is one', parameters: { id: 1 } }], []]);
    const failing = await verifyProvider(changed, {
      ...common,
      onStates: () => {
        throw new Error('no database');
      },
    });
    expect(failing.findings).toMatchObject([{ message: expect.stringContaining('no database') }]);
  } finally {
    await mock.close();
  }
});

test('a pending interaction that fails is a warning', async () => {
  const interaction = { ...http('reads', { path: '/suppliers/SUP-999999' }, { status: 200 }), pending: true };
  const [changed, pacts] = await pactsIn(pactOf({ interactions: [interaction] }));
  const mock = await mockOf(changed, 'suppliers@2');
  try {
    const { findings } = await verifyProvider(changed, { pacts, baseUrl: () => mock.urlOf('api:suppliers@2') });
    expect(findings).toMatchObject([{ severity: 'warn' }]);
  } finally {
    await mock.close();
  }
});

test('nothing to verify is no error', async () => {
  expect(await verifyProvider(estate, { pacts: estate.pacts })).toEqual({ outcomes: [], findings: [] });
});
