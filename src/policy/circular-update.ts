import { operationsOf } from '../load/index.ts';
import { contractOf, type Edge, type Estate } from '../model/index.ts';
import { definePolicy } from './policy.ts';

export default definePolicy({
  rule: {
    id: 'policy/circular-update',
    severity: 'error',
    title: 'A consumer writes back what it was told by an event',
    policies: ['D6.18'],
    why: 'The write causes the event that causes the write: two systems keep changing a record, or one of them undoes what the other corrected.',
    fix: 'Let the consumer keep a copy and change the record only on behalf of a person; or let it write attributes of its own, and name those in `systemOfRecord`.',
  },
  /** Subscribing to events about an entity and calling an operation that writes the same attributes of it. */
  *check({ estate, edges }) {
    const records = recordsOf(estate);
    const writes = new Set(
      estate.contracts.flatMap(contract =>
        operationsOf(estate, contract)
          .filter(({ method }) => method !== 'get' && method !== 'head')
          .map(({ id }) => id),
      ),
    );
    for (const { id, value } of estate.consumers) {
      const own = edges.filter(({ from }) => from === id);
      const told = own.filter(({ relation }) => relation === 'subscribes');
      const written = own.filter(({ relation, to }) => relation === 'calls' && writes.has(to));
      for (const [event, write] of pairsOf(told, written)) {
        const shared = (records.get(contractOf(event.to)) ?? []).find(
          record =>
            // Its own records it may announce and change.
            record.system !== value.system &&
            records.get(contractOf(write.to))?.some(other => other.name === record.name),
        );
        if (!shared) continue;
        yield {
          subject: id,
          message: `is told of ${shared.name} by ${event.to} and writes it by ${write.to}`,
          facts: { event: event.to, operation: write.to },
          location: write.source,
          evidence: { related: [{ message: 'where it subscribes', location: event.source }] },
        };
      }
    }
  },
});

interface Record {
  /** `supplier legalName` */
  readonly name: string;
  readonly system: string;
}

function recordsOf(estate: Estate): Map<string, Record[]> {
  return new Map(
    estate.contracts.map(({ id, governance }) => [
      id,
      (governance?.systemOfRecord ?? []).flatMap(({ entity, attributes, system }) =>
        (attributes ?? ['']).map(attribute => ({ name: `${entity} ${attribute}`.trim(), system })),
      ),
    ]),
  );
}

/** One pair for each two contracts is enough to show the circle. */
function pairsOf(told: readonly Edge[], written: readonly Edge[]): [Edge, Edge][] {
  const pairs = new Map<string, [Edge, Edge]>();
  for (const event of told) {
    for (const write of written) {
      const key = `${contractOf(event.to)} ${contractOf(write.to)}`;
      if (!pairs.has(key)) pairs.set(key, [event, write]);
    }
  }
  return [...pairs.values()];
}
