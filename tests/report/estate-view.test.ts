import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { compare } from '../../src/compat/index.ts';
import { load, messagesOf, operationsOf, snapshotOfDirectory } from '../../src/load/index.ts';
import { canonicalJson, contractOf, type Estate, type Evidence } from '../../src/model/index.ts';
import { type EstateView, estateView } from '../../src/report/index.ts';
import { api, estateOf } from '../estates.ts';
import { factsOf, TODAY } from './facts.ts';

let estate: Estate;
let view: EstateView;
beforeAll(async () => {
  estate = load(await snapshotOfDirectory(fileURLToPath(new URL('../../contracts', import.meta.url)), 'contracts'));
  view = estateView(factsOf(estate));
});

describe('over the shipped estate', () => {
  it('counts what the estate has', () => {
    const figure = (label: string) => view.figures.find(each => each.label.startsWith(label))?.value;
    expect(figure('contract')).toBe(estate.contracts.length);
    expect(figure('operation')).toBe(estate.contracts.flatMap(contract => operationsOf(estate, contract)).length);
    expect(figure('message')).toBe(estate.contracts.flatMap(contract => messagesOf(estate, contract)).length);
    expect(figure('pact')).toBe(estate.pacts.length);
    expect(figure('edge')).toBe(factsOf(estate).edges.length);
    expect(figure('waiver')).toBe(estate.waivers.length);
    expect(view.tally.error + view.tally.warn + view.tally.info).toBe(view.findings.length);
  });

  it('has a row for each contract, system, consumer and mapping', () => {
    expect(view.contracts.map(({ id }) => id)).toEqual(estate.contracts.map(({ id }) => id));
    expect(view.systems.map(({ id }) => id)).toEqual(estate.systems.map(({ id }) => id));
    expect(view.consumers.map(({ id }) => id)).toEqual(estate.consumers.map(({ id }) => id));
    expect(view.mappings.map(({ id }) => id)).toEqual(estate.mappings.map(({ id }) => id));
    expect(view.dependencies.nodes).toHaveLength(estate.contracts.length + estate.consumers.length);
  });

  it('names owners by their team and tells versions with one title apart', () => {
    const suppliers = view.contracts.find(({ id }) => id === 'api:suppliers@2')!;
    expect(suppliers.owner?.name).toBe('Supplier Master Data');
    const names = view.contracts.filter(({ kind }) => kind === 'api').flatMap(({ id }) => id);
    const uses = view.consumers.flatMap(({ uses: used }) => used.map(({ contract }) => contract));
    const shown = new Map(uses.map(({ id, name }) => [id, name]));
    expect(new Set(shown.values()).size).toBe(shown.size);
    expect(names.length).toBeGreaterThan(0);
  });

  it('says who has still to leave a deprecated contract, and where to', () => {
    expect(view.deprecations.find(({ id }) => id === 'api:suppliers@1')).toMatchObject({
      until: '2028-06-30',
      daysLeft: 588,
      successors: [{ id: 'api:suppliers@2' }],
      consumers: [{ id: 'consumer:supplier-portal' }],
    });
  });

  it('says how each use is known', () => {
    const uses = view.consumers.flatMap(consumer => consumer.uses);
    const proven = uses.filter(({ known }) => known.includes('derived'));
    expect(proven.length).toBeGreaterThan(0);
    for (const { id, known, source } of uses) {
      const isProven = known.includes('derived');
      expect(known, id).toEqual(isProven ? ['declared', 'derived'] : ['declared']);
      expect(source).toMatch(isProven ? /pacts\/.*:\d+$/ : /consumer\.yaml:\d+$/);
    }
  });

  it('lists what each mapping loses, and counts what it fills', () => {
    for (const [index, { lost, mapped, sides }] of view.mappings.entries()) {
      expect(lost).toHaveLength(estate.mappings[index]!.value.lost.length);
      expect(mapped.toVendor).toBeGreaterThan(5);
      expect(mapped.toCanonical).toBeGreaterThan(5);
      expect(sides.canonical).toMatch(/^schema:/);
      expect(contractOf(sides.vendor)).toMatch(/^(api|file):/);
    }
  });

  it('binds each step of a workflow to an operation', () => {
    const steps = view.workflows.flatMap(workflow => workflow.steps);
    expect(steps.map(({ name }) => name)).toEqual(expect.arrayContaining(['createSupplier', 'checkNoDuplicateInSap']));
    expect(steps.every(({ operation }) => operation !== undefined)).toBe(true);
  });

  it('admits that no pact was verified until the ledger says so', () => {
    expect(view.pacts.map(({ state }) => state)).toEqual(estate.pacts.map(() => 'never'));
    const gap = view.unknowns.find(({ title }) => title.startsWith('Pacts without'));
    expect(gap?.items).toHaveLength(estate.pacts.length);
  });
});

describe('evidence', () => {
  const evidenceFor = ({ pacts }: Estate, change: Partial<Evidence> = {}): Evidence => ({
    type: 'verification',
    at: '2026-11-19T10:00:00.000Z',
    consumer: `consumer:${pacts[0]!.consumer}`,
    provider: `api:${pacts[0]!.provider}`,
    pact: createHash('sha256').update(canonicalJson(pacts[0]!.document)).digest('hex'),
    target: 'mock',
    success: true,
    verified: [],
    ...change,
  });
  const things = estateOf({
    'api.yaml': api({}),
    'pact.json': JSON.stringify({
      consumer: { name: 'shop' },
      provider: { name: 'things@1' },
      interactions: [{ description: 'a', request: { method: 'POST', path: '/things/1' }, response: { status: 200 } }],
      metadata: { pactSpecification: { version: '2.0.0' } },
    }),
  });

  it.each([
    ['verified', {}],
    ['failed', { success: false }],
    ['outdated', { pact: '0'.repeat(64) }],
  ] as const)('makes a pact %s', (state, change) => {
    const { pacts } = estateView(factsOf(things, { evidence: [evidenceFor(things, change)] }));
    expect(pacts).toMatchObject([{ state, at: '2026-11-19', target: 'mock' }]);
  });

  it('keeps a consumer that only a pact knows', () => {
    expect(estateView(factsOf(things)).consumers).toMatchObject([
      { id: 'consumer:shop', owner: undefined, uses: [{ known: ['derived'] }] },
    ]);
  });
});

describe('a comparison', () => {
  const base = estateOf({
    'api.yaml': api({ response: '{type: object, required: [a], properties: {a: {type: string}}}' }),
  });
  const head = estateOf({ 'api.yaml': api({ response: '{type: object, properties: {b: {type: string}}}' }) });

  it('tells apart what the change breaks', async () => {
    const compared = estateView(
      factsOf(head, { comparison: await compare(base, head, { today: TODAY, noticeDays: 180 }) }),
    );
    expect(compared.changes).toMatchObject({ base: 'test', compared: 1, unproven: 0 });
    expect(compared.changes!.findings.length).toBeGreaterThan(0);
    expect(compared.findings.some(({ rule }) => rule.startsWith('compat/'))).toBe(false);
    const { error, warn, info } = compared.tally;
    expect(error + warn + info).toBe(compared.findings.length + compared.changes!.findings.length);
  });

  it('admits it where nothing was compared', () => {
    const { changes, unknowns } = estateView(factsOf(head));
    expect(changes).toBeUndefined();
    expect(unknowns.at(-1)?.items.join()).toContain('not compared');
  });
});

it('says something about an estate without anything in it', () => {
  const empty = estateView(factsOf(estateOf({})));
  expect(empty).toMatchObject({ today: TODAY, contracts: [], consumers: [], tally: { error: 0, waived: 0 } });
});
