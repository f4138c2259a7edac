/** Every mapping of one system, with a thousand documents for each direction. One test file a system, to run in parallel. */
import { describe, expect, test } from 'vitest';
import { load, snapshotOfDirectory } from '../../../src/load/index.ts';
import type { Estate } from '../../../src/model/index.ts';
import { proveMapping } from '../../../src/verify/mapping-proof.ts';

const RUNS = 1000;
/** Far above what it takes, so that only a mapping that became hopelessly slow fails here. */
const LIMIT_MS = 120_000;

let estate: Promise<Estate> | undefined;

export function proveSystem(system: string, entities: readonly string[]): void {
  describe(`the mappings of ${system}`, async () => {
    estate ??= snapshotOfDirectory('contracts', 'contracts').then(load);
    const { mappings } = await estate;
    const own = mappings.filter(({ id }) => id.startsWith(`mapping:${system}/`));

    test('are these', () => {
      const names = own.map(({ id }) => id.replace(/^.*\/|@.*$/g, ''));
      expect(names.sort()).toEqual([...entities].sort());
    });

    test.each(own.map(mapping => [mapping.id, mapping] as const))(
      '%s keeps its promises, and its tests notice every fault',
      async (_, mapping) => {
        const { findings, documents, mutations } = await proveMapping(await estate!, mapping, {
          runs: RUNS,
          seed: 20_261_121,
          mutate: true,
        });
        const said = findings.map(
          ({ rule, message, evidence }) => `${rule}: ${message} ${JSON.stringify(evidence?.witness ?? null)}`,
        );
        expect(said).toEqual([]);
        expect(documents).toEqual({ toVendor: RUNS, toCanonical: RUNS });
        const { planted, byTests, byDocuments, equivalent } = mutations;
        expect(byTests + byDocuments + equivalent).toBe(planted);
        expect(planted).toBeGreaterThan(0);
      },
      LIMIT_MS,
    );
  });
}
