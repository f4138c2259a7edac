/**
 * The shipped contracts, broken in one way for each rule, at every place of a sample of documents: the rule has to say so,
 * there. Each document is linted with the one rule alone, all in one run, so that thousands of places cost seconds.
 */
import { readdirSync } from 'node:fs';
import { beforeAll, expect, it } from 'vitest';
import { lint, loadRuleset } from '../../src/lint/index.ts';
import { load, snapshotOfDirectory } from '../../src/load/index.ts';
import { parseSource } from '../../src/load/parse.ts';
import {
  type Contract,
  type Estate,
  extend,
  type Finding,
  type Governance,
  isWithin,
  type JsonObject,
} from '../../src/model/index.ts';
import type { Node } from './document.ts';
import { MUTATIONS } from './document-mutations.ts';

/** Documents for each rule. */
const SAMPLE = 6;
const folders = readdirSync('rulesets', { withFileTypes: true })
  .filter(entry => entry.isDirectory() && entry.name !== 'functions')
  .map(entry => entry.name);

interface Broken {
  readonly rule: string;
  readonly contract: Contract;
  /** Ids at which the rule has to report. */
  readonly expected: readonly string[];
}

let broken: readonly Broken[];
let found: Map<string, Finding[]>;

beforeAll(async () => {
  const estate = load(await snapshotOfDirectory('contracts'));
  broken = (await Promise.all(folders.map(rule => brokenFor(rule, estate)))).flat();
  // Beside the contracts they were made of: references of each lead where those of the original do.
  const files = new Map([...estate.files, ...broken.map(({ contract: { file } }) => [file.path, file] as const)]);
  const contracts = [...estate.contracts, ...broken.map(({ contract }) => contract)];
  const selections = folders.map(async rule => ({
    ruleset: await loadRuleset('rulesets', `${rule}/ruleset.yaml`),
    contracts: broken.filter(each => each.rule === rule).map(({ contract }) => contract),
  }));
  const findings = await lint({ ...estate, files, contracts }, await Promise.all(selections));
  found = new Map();
  for (const one of findings) found.set(one.location.file, [...(found.get(one.location.file) ?? []), one]);
}, 120_000);

it('there is a mutation for each rule', () => {
  expect(Object.keys(MUTATIONS).sort()).toEqual(folders.sort());
});

it.each(folders)('%s', rule => {
  const ofRule = broken.filter(each => each.rule === rule);
  expect(ofRule.length).toBeGreaterThan(0);
  expect(ofRule.flatMap(missedIn)).toEqual([]);
});

it('at least 99 of 100 are caught', () => {
  const places = broken.flatMap(({ expected }) => expected).length;
  const missed = broken.flatMap(missedIn).length;
  expect(places).toBeGreaterThan(1000);
  expect((places - missed) / places).toBeGreaterThanOrEqual(0.99);
});

function missedIn({ rule, contract, expected }: Broken): string[] {
  const subjects = (found.get(contract.file.path) ?? [])
    .filter(one => one.rule === `lint/${rule}`)
    .map(one => one.subject);
  return expected.filter(place => !subjects.some(subject => isWithin(subject, place)));
}

async function brokenFor(rule: string, { contracts }: Estate): Promise<Broken[]> {
  const indexes = await Promise.all(INDEXES.map(async name => (await indexRules(name)).has(`lint/${rule}`)));
  const isMeant = ({ governance }: Contract) => indexes[indexOf(governance?.layer)] === true;
  return sampleOf(contracts.filter(isMeant).flatMap(contract => brokenBy(rule, contract)));
}

const INDEXES = ['platform.yaml', 'vendor.yaml', 'internal.yaml'];
const known = new Map<string, Promise<ReadonlyMap<string, unknown>>>();

function indexRules(name: string): Promise<ReadonlyMap<string, unknown>> {
  const rules = known.get(name) ?? loadRuleset('rulesets', name).then(({ rules }) => rules);
  known.set(name, rules);
  return rules;
}

function indexOf(layer: Governance['layer'] | undefined): number {
  if (layer === 'vendor') return 1;
  return layer === 'mapping' || layer === 'workflow' || layer === 'file' ? 2 : 0;
}

function brokenBy(rule: string, contract: Contract): Broken[] {
  const document = JSON.parse(JSON.stringify(contract.document)) as JsonObject;
  const places = MUTATIONS[rule]!(document as unknown as Node);
  if (places.length === 0) return [];
  const { file } = parseSource(contract.file.path.replace(/[^/]*$/, `${rule}.json`), JSON.stringify(document));
  const governance = document['x-governance'] as unknown as Governance;
  return [
    {
      rule,
      contract: { ...contract, file, document: file.value as JsonObject, governance },
      expected: places.map(place => (place === '' ? contract.id : extend(contract.id, place))),
    },
  ];
}

/** Spread over all of them: the first documents are of one kind. */
function sampleOf(all: readonly Broken[]): Broken[] {
  const step = Math.max(1, all.length / SAMPLE);
  return Array.from({ length: Math.min(SAMPLE, all.length) }, (_, index) => all[Math.floor(index * step)]!);
}
