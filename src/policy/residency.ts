import { contractOf } from '../model/index.ts';
import { definePolicy } from './policy.ts';

export default definePolicy({
  rule: {
    id: 'policy/residency',
    severity: 'error',
    title: 'Data are kept, or go, where they may not be',
    policies: ['D6.17'],
    why: 'A contract promises a country. A system, or a consumer of the data, that runs in another one breaks the promise without anybody having changed the contract.',
    fix: 'Host the system or consumer in a country that the contract names; or, if law and suppliers allow it, add the country to `residency`.',
  },
  *check({ estate, edges }) {
    const systems = new Map(estate.systems.map(({ id, value }) => [id, value]));
    const allowed = new Map(estate.contracts.map(({ id, governance }) => [id, governance?.residency]));
    const outside = (system: string | undefined, contract: string) => {
      const countries = allowed.get(contract);
      if (system === undefined || countries === undefined) return [];
      return (systems.get(system)?.residency ?? []).filter(country => !countries.includes(country));
    };
    for (const { id, governance, file } of estate.contracts) {
      const countries = outside(governance?.system, id);
      if (countries.length === 0) continue;
      yield {
        subject: id,
        message: `may be kept in ${governance!.residency!.join(', ')}, and ${governance!.system} keeps data in ${countries.join(', ')}`,
        facts: { system: governance!.system!, countries },
        location: file.locate(['x-governance', 'residency']),
      };
    }
    for (const { id, value } of estate.consumers) {
      const used = new Map(edges.filter(({ from }) => from === id).map(edge => [contractOf(edge.to), edge]));
      for (const [contract, edge] of used) {
        const countries = outside(value.system, contract);
        if (countries.length === 0) continue;
        yield {
          subject: id,
          message: `takes data of ${contract}, which stay in ${allowed.get(contract)!.join(', ')}, to ${countries.join(', ')}`,
          facts: { contract, countries },
          location: edge.source,
        };
      }
    }
  },
});
