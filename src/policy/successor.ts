import { definePolicy } from './policy.ts';

export default definePolicy({
  rule: {
    id: 'policy/successor',
    severity: 'error',
    title: 'Consumers are sent to a successor that is no place to go',
    policies: ['D6.16'],
    why: 'Whoever migrates to something that is a draft, is deprecated itself, or is of another kind has to migrate twice, and does not believe the next announcement.',
    fix: 'Name a successor that is active and of the same kind in `lifecycle.successors`, or move the deprecation until there is one.',
  },
  *check({ estate }) {
    const contracts = new Map(estate.contracts.map(contract => [contract.id, contract]));
    for (const { id, kind, governance, file } of estate.contracts) {
      if (governance?.lifecycle?.status !== 'deprecated') continue;
      for (const [index, named] of (governance.lifecycle.successors ?? []).entries()) {
        const successor = contracts.get(named);
        // One that does not exist is found with the other unknown targets.
        if (!successor) continue;
        const status = successor.governance?.lifecycle?.status;
        const fault =
          named === id
            ? 'is itself'
            : successor.kind !== kind
              ? `is of the kind ${successor.kind}`
              : status === 'active' || status === undefined
                ? undefined
                : `is ${status}`;
        if (fault === undefined) continue;
        yield {
          subject: id,
          message: `is succeeded by ${named}, which ${fault}`,
          facts: { successor: named },
          location: file.locate(['x-governance', 'lifecycle', 'successors', index]),
        };
      }
    }
  },
});
