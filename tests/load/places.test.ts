/**
 * Places keep their names. Fingerprints, and so waivers and baselines, are built from the ids of places, and a contract
 * that is reformatted, reordered, reworded or moved is the same contract.
 */
import { posix } from 'node:path';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { load, snapshotOfDirectory, subjectAt } from '../../src/load/index.ts';
import { parseSource } from '../../src/load/parse.ts';
import { type Contract, type Estate, isObject, type Json, type JsonObject, type Path } from '../../src/model/index.ts';
import { diceOf, moved, reordered, reworded, written } from '../commands/rewrites.ts';

/** The largest ones say nothing that the others do not, and take most of the time. */
const LARGEST = 26_000;

let estate: Estate;
let contracts: readonly Contract[];
beforeAll(async () => {
  estate = load(await snapshotOfDirectory('contracts'));
  contracts = estate.contracts.filter(({ file }) => file.text.length <= LARGEST);
}, 60_000);

/** Every place of a document, but for those in lists of bare values: these are known by their values. */
function* places(value: Json, path: Path = []): Iterable<Path> {
  yield path;
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) if (typeof item === 'object') yield* places(item, [...path, index]);
  } else if (isObject(value)) {
    for (const [key, child] of Object.entries(value)) yield* places(child, [...path, key]);
  }
}

/** As they are shipped, worked out once for each contract. */
const shipped = new Map<Contract, string[]>();

function namesOf(contract: Contract, files: Estate['files']): string[] {
  return [...places(contract.document)].map(path => {
    const { id, rest } = subjectAt(contract, path, files);
    return JSON.stringify([id, rest]);
  });
}

interface Rewrite {
  readonly name: string;
  readonly change: (document: Json, seed: number) => Json;
}
const REWRITES: readonly Rewrite[] = [
  { name: 'reformatted', change: document => document },
  { name: 'reordered', change: (document, seed) => reordered(document, diceOf(seed)) },
  { name: 'reworded', change: document => reworded(document) },
  { name: 'all at once', change: (document, seed) => reworded(reordered(document, diceOf(seed))) },
];

/** The contract as it is read again once it was rewritten, and lies elsewhere where `to` says so. */
function rewritten(contract: Contract, { change }: Rewrite, seed: number, to: string): [Contract, Estate['files']] {
  const path = contract.file.path;
  const changed = change(contract.document, seed);
  const documents = new Map<string, Json>([...estate.files].map(([name, file]) => [name, file.value ?? null]));
  const value = to === path ? changed : moved(new Map([[path, changed]]), path, to, documents).get(path)!.value;
  const { file } = parseSource(to, written(value, diceOf(seed)));
  const files = new Map([...estate.files].filter(([name]) => name !== path)).set(to, file);
  return [{ ...contract, file, document: file.value as JsonObject }, files];
}

test.each(REWRITES)(
  'in contracts that are $name, and in those that are moved as well',
  rewrite => {
    fc.assert(
      fc.property(fc.nat(contracts.length - 1), fc.nat(), fc.boolean(), (which, seed, isMoved) => {
        const contract = contracts[which]!;
        const { dir, base } = posix.parse(contract.file.path);
        const to = isMoved ? `elsewhere/${posix.basename(dir)}/and/deeper/renamed-${base}` : contract.file.path;
        const [again, files] = rewritten(contract, rewrite, seed, to);
        const names = shipped.get(contract) ?? namesOf(contract, estate.files).sort();
        shipped.set(contract, names);
        expect(namesOf(again, files).sort()).toEqual(names);
      }),
      { numRuns: 260 },
    );
  },
  120_000,
);
