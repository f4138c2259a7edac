import { type Contract, contractOf, type Edge, groupBy } from '../model/index.ts';
import { definePolicy } from './policy.ts';

const DEPENDS = new Set<Edge['relation']>(['calls', 'subscribes', 'writes']);

export default definePolicy({
  rule: {
    id: 'policy/critical-dependency',
    severity: 'error',
    title: 'A critical flow depends on something that is not prepared for it',
    policies: ['D6.14', 'D6.15'],
    why: 'A flow is as available as the least of what it calls. What nobody called critical has no runbook, no time to recover and no one on call when it stops the payments.',
    fix: 'Raise the criticality of what is called and state its `slo` and `runbook`, or take it out of the critical flow.',
  },
  /** Workflows and the consumers that provide APIs, with what they call, wait for or send. */
  *check({ estate, edges }) {
    const contracts = new Map(estate.contracts.map(contract => [contract.id, contract]));
    const provided = new Map(estate.consumers.map(({ id, value }) => [id, value.provides ?? []]));
    const isCritical = (id: string) => contracts.get(id)?.governance?.criticality === 'critical';
    const flows = edges.filter(({ from, relation }) => {
      const flow = contractOf(from);
      return DEPENDS.has(relation) && (isCritical(flow) || (provided.get(flow) ?? []).some(isCritical));
    });
    const uses = groupBy(flows, ({ from, to }) => `${contractOf(from)} ${contractOf(to)}`);
    for (const [edge] of uses.values() as Iterable<[Edge]>) {
      const target = contracts.get(contractOf(edge.to));
      const lacks = target ? missingOf(target) : [];
      if (lacks.length === 0) continue;
      yield {
        subject: contractOf(edge.from),
        message: `is critical and depends on ${target!.id}, which has no ${lacks.join(', no ')}`,
        facts: { on: target!.id, lacks },
        location: edge.source,
      };
    }
  },
});

function missingOf({ governance }: Contract): string[] {
  return [
    ...(governance?.criticality === 'critical' || governance?.criticality === 'high'
      ? []
      : ['criticality of high or critical']),
    ...(governance?.slo?.recoveryMinutes === undefined ? ['time to recover'] : []),
    ...(governance?.runbook === undefined ? ['runbook'] : []),
  ];
}
