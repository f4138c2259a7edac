import { type Contract, groupBy, type Location } from '../model/index.ts';
import { definePolicy } from './policy.ts';

interface Claim {
  readonly contract: Contract;
  readonly entity: string;
  readonly attribute: string;
  readonly system: string;
  readonly location: Location;
}

export default definePolicy({
  rule: {
    id: 'policy/one-writer',
    severity: 'error',
    title: 'Two systems are said to be the writer of the same attribute',
    policies: ['D6.18'],
    why: 'When two systems own a field, each overwrites the corrections of the other, and both believe that they are right.',
    fix: 'Agree on one system and name it in `systemOfRecord` of all contracts; if they mean different things, give the entities or attributes different names.',
  },
  /** What the canonical model says counts; without it, what most contracts say. */
  *check({ estate }) {
    const groups = groupBy(estate.contracts.flatMap(claimsOf), ({ entity, attribute }) => `${entity} ${attribute}`);
    for (const group of groups.values()) {
      const right = rightful(group);
      for (const { contract, entity, attribute, system, location } of group) {
        if (system === right.system) continue;
        yield {
          subject: contract.id,
          message: `says that ${system} writes ${attribute} of ${entity}; by ${right.contract.id} it is ${right.system}`,
          facts: { entity, attribute, system },
          location,
          evidence: { related: [{ message: 'the other claim', location: right.location }] },
        };
      }
    }
  },
});

function claimsOf(contract: Contract): Claim[] {
  return (contract.governance?.systemOfRecord ?? []).flatMap(({ entity, attributes, system }, index) =>
    (attributes ?? ['all of it']).map(attribute => ({
      contract,
      entity,
      attribute,
      system,
      location: contract.file.locate(['x-governance', 'systemOfRecord', index, 'system']),
    })),
  );
}

function rightful(group: readonly Claim[]): Claim {
  const votes = (system: string) => group.filter(claim => claim.system === system).length;
  const isCanonical = ({ contract }: Claim) => contract.governance?.layer === 'canonical';
  return group.reduce((best, claim) => {
    if (isCanonical(best) !== isCanonical(claim)) return isCanonical(claim) ? claim : best;
    return votes(claim.system) > votes(best.system) ? claim : best;
  });
}
