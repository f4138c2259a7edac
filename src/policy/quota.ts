import { type Contract, type Estate, groupBy, type Location, type System } from '../model/index.ts';
import { definePolicy } from './policy.ts';

type Demand = NonNullable<NonNullable<Contract['governance']>['demand']>[number];
type Quota = NonNullable<System['quotas']>[number];

interface Demander {
  readonly contract: Contract;
  readonly demands: readonly { readonly demand: Demand; readonly location: Location }[];
}

export default definePolicy({
  rule: {
    id: 'policy/quota',
    severity: 'error',
    title: 'Together, more calls are declared than the vendor’s product allows',
    policies: ['D6.8', 'D6.21'],
    why: 'Each adapter stays within the limit, and all of them together run into it at month end. Then the one that matters is refused as often as the one that does not.',
    fix: 'Lower the `demand` of one of the contracts and keep to it, spread the calls over time, or buy a higher quota and state it in the system entry.',
  },
  /** For each quota of each system, the sum of what all contracts declare for it. */
  *check({ estate }) {
    for (const { id, value } of estate.systems) {
      const demanders = demandersOf(estate, id);
      for (const quota of value.quotas ?? []) {
        const shares = demanders.flatMap(({ contract, demands }) => {
          const share = shareOf(
            demands.map(({ demand }) => demand),
            quota,
          );
          return share === 0 ? [] : [{ contract, share, location: demands[0]!.location }];
        });
        const sum = shares.reduce((total, { share }) => total + share, 0);
        const limit = quota.parallel ?? quota.requests;
        if (limit === undefined || sum <= limit) continue;
        const largest = shares.reduce((most, each) => (each.share > most.share ? each : most));
        const unit = quota.parallel === undefined ? `calls in ${quota.perSeconds ?? 1} s` : 'calls at a time';
        yield {
          subject: id,
          message: `allows ${limit} ${unit} (${quota.name}), and ${shares.map(({ contract, share }) => `${contract.id} declares ${share}`).join(', ')}: ${sum} together`,
          facts: { quota: quota.name },
          location: largest.location,
        };
      }
    }
  },
});

function demandersOf(estate: Estate, system: string): Demander[] {
  const stated = estate.contracts.flatMap(contract =>
    (contract.governance?.demand ?? []).flatMap((demand, index) =>
      demand.on === system
        ? [{ contract, demand, location: contract.file.locate(['x-governance', 'demand', index]) }]
        : [],
    ),
  );
  return [...groupBy(stated, ({ contract }) => contract.id).values()].map(demands => ({
    contract: demands[0]!.contract,
    demands,
  }));
}

/** The most that the statements of one contract, all of which hold, leave possible in the window of a quota. */
function shareOf(demands: readonly Demand[], quota: Quota): number {
  if (quota.parallel !== undefined) return Math.max(0, ...demands.map(({ parallel }) => parallel ?? 0));
  const window = quota.perSeconds ?? 1;
  const bounds = demands.flatMap(({ requests, perSeconds = 1 }) =>
    requests === undefined ? [] : [requests * Math.ceil(window / perSeconds)],
  );
  return bounds.length === 0 ? 0 : Math.min(...bounds);
}
