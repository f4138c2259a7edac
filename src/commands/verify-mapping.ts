import type { Entry, Finding, Mapping } from '../model/index.ts';
import type { Proof } from '../verify/mapping-proof.ts';
import { defineCommand, UsageError } from './command.ts';
import { findingFlags } from './finding-flags.ts';

/** A run of more documents than this does not end while somebody waits. */
const MAX_RUNS = 1_000_000;

export const verifyMapping = defineCommand({
  name: 'verify mapping',
  summary: 'Prove mappings with generated documents',
  description:
    'Generates valid documents from the schemas of both sides, biased to edges. Each must become a valid document of the other side and come back as it was, except for what the mapping lists as lost. A counterexample is shrunk and printed as the witness. With --mutate faults are planted one at a time: every expression is dropped, and within it items of lists, entries of tables, branches, texts, numbers, comparisons and signs. A test or a generated document has to notice; a code (an entry, an item, a text) has to be stated by a test, because one that is wrong in both directions comes back all the same. The tests of the mappings run too.',
  arguments: [
    {
      name: 'mappings',
      brief: 'Only these, e.g. sap-s4hana/supplier, or sap-s4hana for all of a system',
      optional: true,
      many: true,
    },
  ],
  flags: {
    runs: { kind: 'number', brief: 'Documents for each direction', placeholder: 'N', default: 1000 },
    seed: { kind: 'number', brief: 'Which documents: the same seed draws the same ones', placeholder: 'N', default: 1 },
    mutate: { kind: 'switch', brief: 'Plant faults into the expressions and ask what notices' },
    ...findingFlags,
  },
  examples: [
    { line: 'countersign verify mapping', does: 'proves all mappings with 1,000 documents for each direction' },
    {
      line: 'countersign verify mapping sap-s4hana --mutate --seed 7',
      does: 'proves those of one system with other documents, and plants faults',
    },
  ],
  output: 'findings',
  async run(wanted, flags, context) {
    const { openWorkspace, relocated, textOf } = await import('./workspace.ts');
    const { renderFindings, rulesOf, verdictOf } = await import('./findings.ts');
    const { checkMapping } = await import('../verify/mappings.ts');
    const { testsOf } = await import('../verify/mapping-tests.ts');
    const { proveMapping } = await import('../verify/mapping-proof.ts');
    const { compareFindings, DIRECTIONS } = await import('../model/index.ts');
    const { allRules } = await import('./rules.ts');
    const { runs, seed, mutate } = flags;
    if (!Number.isInteger(runs) || runs < 1 || runs > MAX_RUNS) {
      throw new UsageError(`--runs takes a whole number from 1 to ${MAX_RUNS}, not "${runs}"`);
    }
    if (!Number.isInteger(seed) || Math.abs(seed) > 0x7fff_ffff) {
      throw new UsageError(`--seed takes a whole number of 32 bits, not "${seed}"`);
    }
    const workspace = await openWorkspace(undefined, context);
    const { estate, prefix } = workspace;
    const mappings = chooseMappings(estate.mappings, wanted);

    const found: Finding[] = [];
    const proofs: Proof[] = [];
    for (const [index, mapping] of mappings.entries()) {
      context.note(`${index + 1} of ${mappings.length}: ${mapping.id}`);
      const proof = await proveMapping(estate, mapping, { runs, seed, mutate });
      found.push(...(await checkMapping(estate, mapping)), ...proof.findings);
      proofs.push(proof);
    }
    const findings = relocated(found, prefix).sort(compareFindings);
    const sum = (of: (proof: (typeof proofs)[number]) => number) =>
      proofs.reduce((total, proof) => total + of(proof), 0);
    const documents = sum(proof => DIRECTIONS.reduce((total, direction) => total + proof.documents[direction], 0));
    const count = (of: keyof Proof['mutations']) => sum(({ mutations }) => mutations[of]);
    const noticed = count('byTests') + count('byDocuments') + count('equivalent');
    return renderFindings(
      {
        title: ['countersign verify mapping', ...wanted].join(' '),
        toolVersion: context.version,
        // Where no document went through, nothing is known.
        verdict: verdictOf(
          findings,
          flags['fail-on'],
          proofs.length === 0 || proofs.some(proof => DIRECTIONS.some(direction => proof.documents[direction] === 0)),
        ),
        failOn: flags['fail-on'],
        findings,
        waived: [],
        looked: [
          { label: 'mappings', value: mappings.length, detail: `seed ${seed}` },
          { label: 'tests', value: mappings.reduce((total, { value }) => total + testsOf(value).length, 0) },
          { label: 'documents', value: documents, detail: 'generated, and sent there and back' },
          ...assumptions(mappings),
          ...(mutate
            ? [
                {
                  label: 'faults',
                  value: count('planted'),
                  detail: `planted: ${count('byTests')} noticed by tests, ${count('byDocuments')} by documents, ${count('planted') - noticed} by nothing; ${count('equivalent')} make no difference`,
                },
              ]
            : []),
        ],
        rules: rulesOf(findings, allRules),
        textOf: textOf(workspace),
      },
      flags.format,
      context,
      flags,
    );
  },
});

/** What the documents were restricted to: a proof holds as far as this. */
function assumptions(mappings: readonly Entry<Mapping>[]) {
  const all = mappings.flatMap(({ value }) => value.assumes ?? []);
  return all.length === 0
    ? []
    : [{ label: 'assumptions', value: all.length, detail: 'restrict the documents; the report lists them' }];
}

/** All, or those that are named: by id, by name, or by the system before the slash. */
function chooseMappings(mappings: readonly Entry<Mapping>[], wanted: readonly string[]): readonly Entry<Mapping>[] {
  if (wanted.length === 0) return mappings;
  const nameOf = (id: string) => id.replace(/^mapping:/, '');
  for (const text of wanted) {
    if (mappings.some(({ id }) => isMeant(nameOf(id), nameOf(text)))) continue;
    const known = mappings.map(({ id }) => nameOf(id)).sort();
    throw new UsageError(`there is no mapping "${text}"; there are ${known.join(', ') || 'none'}`);
  }
  return mappings.filter(({ id }) => wanted.some(text => isMeant(nameOf(id), nameOf(text))));
}

function isMeant(name: string, wanted: string): boolean {
  return name === wanted || name.replace(/@[^@]*$/, '') === wanted || name.startsWith(`${wanted}/`);
}
