/** The shipped estate keeps every policy across contracts; broken in one way for each, wherever possible, it is caught. */
import { beforeAll, expect, it } from 'vitest';
import { edgesOf } from '../../src/graph/index.ts';
import { load, snapshotOfDirectory } from '../../src/load/index.ts';
import { parseSource } from '../../src/load/parse.ts';
import type { Contract, Edge, Entry, Estate, Governance, Json, JsonObject, SourceFile } from '../../src/model/index.ts';
import { inspectPolicies, policyRules } from '../../src/policy/index.ts';
import type { Node } from './document.ts';
import { type Documents, POLICY_MUTATIONS } from './policy-mutations.ts';

const TODAY = '2026-11-30';
const ids = policyRules.map(({ id }) => id);
/** Only these read edges that a mutation changes. */
const NEEDS_EDGES = new Set(['policy/circular-update', 'policy/layering', 'policy/duties-combined']);

let estate: Estate;
let edges: readonly Edge[];
const total = { places: 0, caught: 0 };

beforeAll(async () => {
  estate = load(await snapshotOfDirectory('contracts'));
  edges = edgesOf(estate);
}, 60_000);

it('the shipped estate keeps them all', () => {
  expect(inspectPolicies({ estate, edges, today: TODAY })).toEqual([]);
});

it('there is a mutation for each', () => {
  expect(Object.keys(POLICY_MUTATIONS).sort()).toEqual([...ids].sort());
});

it.each(ids)(
  '%s',
  id => {
    const { broken, expected } = brokenBy(id);
    expect(expected.length).toBeGreaterThan(0);
    const others = Object.fromEntries(ids.filter(other => other !== id).map(other => [other, 'off' as const]));
    const found = inspectPolicies(
      { estate: broken, edges: NEEDS_EDGES.has(id) ? edgesOf(broken) : edges, today: TODAY },
      others,
    );
    const subjects = new Set(found.map(({ subject }) => subject));
    const missed = expected.filter(subject => !subjects.has(subject));
    total.places += expected.length;
    total.caught += expected.length - missed.length;
    expect(missed).toEqual([]);
  },
  30_000,
);

it('at least 99 of 100 are caught', () => {
  expect(total.places).toBeGreaterThan(300);
  expect(total.caught / total.places).toBeGreaterThanOrEqual(0.99);
});

function brokenBy(id: string): { broken: Estate; expected: string[] } {
  const bearers = [estate.contracts, estate.systems, estate.consumers, estate.waivers].flat();
  const documents: Documents = new Map(
    bearers.map(({ id: name, file }) => [name, JSON.parse(JSON.stringify(file.value)) as Node]),
  );
  const before = new Map(bearers.map(({ id: name, file }) => [name, JSON.stringify(file.value)]));
  const expected = POLICY_MUTATIONS[id]!(documents);
  const changed = new Map<string, SourceFile>();
  for (const { id: name, file } of bearers) {
    const text = JSON.stringify(documents.get(name));
    if (text !== before.get(name)) changed.set(name, parseSource(file.path, text).file);
  }
  const contracts = estate.contracts.map(contract => ofContract(contract, changed.get(contract.id)));
  const files = new Map([...estate.files, ...[...changed.values()].map(file => [file.path, file] as const)]);
  const entries = <T>(all: readonly Entry<T>[]) => all.map(entry => ofEntry(entry, changed.get(entry.id)));
  const broken = {
    ...estate,
    files,
    contracts,
    systems: entries(estate.systems),
    consumers: entries(estate.consumers),
    waivers: entries(estate.waivers),
  };
  return { broken, expected };
}

function ofContract(contract: Contract, file: SourceFile | undefined): Contract {
  if (!file) return contract;
  const document = file.value as JsonObject;
  return { ...contract, file, document, governance: document['x-governance'] as unknown as Governance };
}

function ofEntry<T>(entry: Entry<T>, file: SourceFile | undefined): Entry<T> {
  return file ? { ...entry, file, value: file.value as Json as T } : entry;
}
