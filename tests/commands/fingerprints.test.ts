/**
 * What waivers and baselines are bound to: a faulty contract that is reformatted, reordered, reworded and moved has the
 * same fingerprints, and no two of its faults share one. tests/load/places.test.ts has the law that this rests on, over
 * all contracts; here faults are found by the checks themselves.
 */
import { beforeAll, expect, test } from 'vitest';
import { loadRulesets } from '../../src/commands/rulesets.ts';
import { changeFindings, compare } from '../../src/compat/index.ts';
import { edgesOf, inspectGraph } from '../../src/graph/index.ts';
import { applyWaivers, inspectLifecycle } from '../../src/lifecycle/index.ts';
import { lint } from '../../src/lint/index.ts';
import { beginValidation } from '../../src/load/documents.ts';
import { load, loadConfig, snapshotOfDirectory, sourceId } from '../../src/load/index.ts';
import { type Estate, type Finding, type Json, type JsonObject, noCache } from '../../src/model/index.ts';
import { checkExamples } from '../../src/verify/examples.ts';
import { checkLayouts } from '../../src/verify/layouts.ts';
import { ROOT } from '../cli/cli.ts';
import { diceOf, moved, reordered, reworded, withFaults, written } from './rewrites.ts';

/** Contracts that refer to no other file, so that a case takes milliseconds. */
const CONTRACTS = [
  'vendor/workday/financial-accounting/v1/openapi.yaml',
  'vendor/sap-s4hana/cost-center/v1/openapi.yaml',
  'files/x12/855/v1/layout.yaml',
  'files/receiving/receipts/v1/layout.yaml',
] as const;
const CASES = 18;
const TODAY = '2026-11-21';

const texts = new Map<string, string>();
let rulesets: Awaited<ReturnType<typeof loadRulesets>>;
beforeAll(async () => {
  const { files } = await snapshotOfDirectory('contracts');
  for (const path of CONTRACTS) texts.set(path, files.get(path)!);
  rulesets = await loadRulesets(await loadConfig(ROOT), ROOT);
}, 60_000);

function estateOf(label: string, path: string, text: string): Estate {
  return load({ label, files: new Map([[path, text]]), skipped: [] });
}

async function findingsOf(estate: Estate, base: Estate): Promise<Finding[]> {
  const edges = edgesOf(estate, []);
  const selections = rulesets.map(({ ruleset, layers }, index) => ({
    ruleset,
    contracts: estate.contracts.filter(({ governance }) =>
      governance?.layer === undefined ? index === 0 : layers.includes(governance.layer),
    ),
  }));
  return [
    ...estate.findings,
    ...checkExamples(estate).findings,
    ...checkLayouts(estate).findings,
    ...inspectGraph(estate, edges),
    ...inspectLifecycle(estate, edges, { today: TODAY, noticeDays: 365 }),
    ...changeFindings(await compare(base, estate, { today: TODAY, noticeDays: 180 }), edges),
    ...(await lint(estate, selections, noCache)),
    ...(await (await beginValidation(estate))()),
  ];
}

const prints = (findings: readonly Finding[]) => [...new Set(findings.map(({ fingerprint }) => fingerprint))].sort();

test.each(CONTRACTS)(
  '%s',
  async path => {
    const shipped = estateOf('shipped', path, texts.get(path)!);
    let seen = 0;
    for (let seed = 0; seed < CASES; seed += 1) {
      const dice = diceOf(seed * 7919 + path.length);
      const faulty = withFaults(shipped.files.get(path)!.value as JsonObject, 1 + dice(3), dice);
      const before = await findingsOf(estateOf('faulty', path, JSON.stringify(faulty, null, 2)), shipped);
      seen += before.length;

      const elsewhere = `elsewhere/renamed-${seed}.yaml`;
      const changed = moved(new Map<string, Json>([[path, reworded(reordered(faulty, dice))]]), path, elsewhere);
      const again = estateOf('again', elsewhere, written(changed.get(path)!.value, dice));
      const after = await findingsOf(again, shipped);
      // What has no id but its path is known by what it would be called there.
      const isNamed = ({ subject }: Finding) => !subject.startsWith('source:');
      expect(prints(after.filter(isNamed)), `seed ${seed}`).toEqual(prints(before.filter(isNamed)));
      expect(left(before, after, again), `seed ${seed}`).toEqual([]);

      const places = new Map<string, Set<string>>();
      for (const { fingerprint, rule, message, location } of before) {
        const known = places.get(fingerprint) ?? new Set();
        places.set(fingerprint, known.add(`${rule} ${location.pointer} ${message}`));
      }
      expect(
        [...places.values()].filter(({ size }) => size > 1),
        `seed ${seed}`,
      ).toEqual([]);
    }
    expect(seen).toBeGreaterThan(CASES);
  },
  120_000,
);

/** What is not excused in the rewritten contract by waivers that were granted for all that was found in the first one. */
function left(before: readonly Finding[], after: readonly Finding[], { files }: Estate): Finding[] {
  const waivers = before.map(({ rule, subject, fingerprint }, index) => ({
    id: `waiver:${index}`,
    file: [...files.values()][0]!,
    value: {
      countersign: 'waiver' as const,
      id: `waiver:${index}`,
      rule,
      subject,
      fingerprint,
      reason: 'a reason that is long enough',
      owner: 'team:a',
      author: 'a@lakeshore.example',
      approver: 'b@lakeshore.example',
      granted: '2026-01-01',
      expires: '2027-01-01',
    },
  }));
  const sources = new Set([...files.keys()].map(sourceId));
  const { findings } = applyWaivers(
    after,
    waivers,
    TODAY,
    () => true,
    source => !sources.has(source),
  );
  return [...findings];
}
