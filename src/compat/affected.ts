import { type Affected, contractOf, type Edge, isWithin, KNOWN } from '../model/index.ts';
import type { Change } from './kind.ts';

/**
 * Who depends on what changed. A change of something that consumers must send hits everyone who calls the operation;
 * any other hits those who use the thing itself, or something inside it. The strongest evidence stands for the rest.
 */
export function affectedBy(change: Pick<Change, 'subject' | 'rule' | 'direction'>, edges: readonly Edge[]): Affected[] {
  const demands = change.direction === 'request' && change.rule.id.endsWith('-required');
  const target = demands ? operationOf(change.subject) : change.subject;
  const found = new Map<string, Affected>();
  for (const edge of edges) {
    if (!DEPENDS.has(edge.relation) || !isWithin(edge.to, target)) continue;
    const before = found.get(edge.from);
    if (before && KNOWN.indexOf(before.known) >= KNOWN.indexOf(edge.known)) continue;
    found.set(edge.from, { id: edge.from, known: edge.known, location: edge.source });
  }
  return [...found.values()];
}

const DEPENDS = new Set<Edge['relation']>([
  'calls',
  'reads',
  'writes',
  'subscribes',
  'maps-from',
  'maps-to',
  'references',
]);

/** `api:x@1#createSupplier/request/body/taxId` → `api:x@1#createSupplier`. */
function operationOf(id: string): string {
  const contract = contractOf(id);
  const first = id.slice(contract.length + 1).split('/')[0];
  return first === undefined || first === '' ? contract : `${contract}#${first}`;
}
