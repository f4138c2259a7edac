import { whoUses } from '../graph/index.ts';
import { type Affected, contractOf, type Edge, KNOWN, parseId } from '../model/index.ts';
import type { Change } from './kind.ts';

/** Kinds that stand for someone with work to do; places in between are only the way to them. */
const ENDS = new Set(['consumer', 'workflow', 'mapping']);

/**
 * Who depends on what changed. A change of something that consumers must send hits everyone who calls the operation;
 * any other hits those who use the thing itself, or something inside it. The strongest evidence stands for the rest.
 */
export function affectedBy(
  { direction, action, places, schema }: Pick<Change, 'direction' | 'action' | 'places' | 'schema'>,
  edges: readonly Edge[],
): Affected[] {
  const demands = direction === 'request' && action === 'required';
  const ids = [...places.map(({ id }) => id), ...(schema === undefined ? [] : [schema])];
  const targets = new Set(ids.map(id => (demands ? operationOf(id) : id)));
  const users = [...targets].flatMap(target => whoUses(edges, target));
  const ends = new Map(users.filter(({ id }) => ENDS.has(parseId(id)?.kind ?? '')).map(({ id, edge }) => [id, edge]));
  return [...ends].map(([id, edge]) => {
    const { known, source } = strongest(edges, edge);
    return { id, known, location: source };
  });
}

/** The best known edge between the same two. */
function strongest(edges: readonly Edge[], { from, relation, to }: Edge): Edge {
  const same = edges.filter(edge => edge.from === from && edge.relation === relation && edge.to === to);
  return same.reduce((best, edge) => (KNOWN.indexOf(edge.known) > KNOWN.indexOf(best.known) ? edge : best));
}

/** `api:x@1#createSupplier/request/body/taxId` → `api:x@1#createSupplier`. */
function operationOf(id: string): string {
  const contract = contractOf(id);
  const first = id.slice(contract.length + 1).split('/')[0];
  return first === undefined || first === '' ? contract : `${contract}#${first}`;
}
