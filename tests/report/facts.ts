/** The facts of an estate as `countersign report` gathers them, without the parts that take long. */
import { type Comparison, changeFindings } from '../../src/compat/index.ts';
import { edgesOf, inspectGraph } from '../../src/graph/index.ts';
import { applyWaivers, deprecationsOf, inspectLifecycle } from '../../src/lifecycle/index.ts';
import { interactionsOf } from '../../src/load/index.ts';
import type { Estate, Evidence } from '../../src/model/index.ts';
import type { EstateFacts } from '../../src/report/index.ts';

export const TODAY = '2026-11-20';

export function factsOf(
  estate: Estate,
  { evidence = [], comparison }: { evidence?: readonly Evidence[]; comparison?: Comparison } = {},
): EstateFacts {
  const edges = edgesOf(estate, evidence);
  const found = [
    ...estate.findings,
    ...inspectGraph(estate, edges),
    ...inspectLifecycle(estate, edges, { today: TODAY, noticeDays: 180 }),
    ...(comparison ? changeFindings(comparison, edges) : []),
  ];
  const { findings, waived } = applyWaivers(found, estate.waivers, TODAY, () => false);
  return {
    estate,
    findings,
    waived,
    verdict: findings.some(({ severity }) => severity === 'error') ? 'fail' : 'pass',
    edges,
    deprecations: deprecationsOf(estate, edges, TODAY),
    evidence,
    counts: {
      rules: 5,
      policies: 3,
      examples: 5,
      interactions: estate.pacts.reduce((sum, pact) => sum + interactionsOf(pact).length, 0),
      mappingTests: estate.mappings.reduce((sum, { value }) => sum + value.tests.length, 0),
    },
    comparison: comparison && { ...comparison, base: 'test' },
    today: TODAY,
    generator: 'Countersign 0.0.0',
  };
}
