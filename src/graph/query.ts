import { contractOf, type Edge, type Estate, isWithin } from '../model/index.ts';

/** Relations along which a change travels from what is used to its user. */
const DEPENDENCY = new Set<Edge['relation']>([
  'calls',
  'reads',
  'writes',
  'subscribes',
  'maps-from',
  'maps-to',
  'references',
]);

export interface User {
  /** Whoever depends on it: a consumer, a workflow step, a mapping, a contract. */
  readonly id: string;
  /** 1 where it uses the thing itself, more where through others. */
  readonly distance: number;
  /** The edge by which it was found. */
  readonly edge: Edge;
}

/** Everyone who depends on `id`, directly or through others, nearest first. */
export function whoUses(edges: readonly Edge[], id: string): User[] {
  const found = new Map<string, User>();
  let wanted = [id];
  for (let distance = 1; wanted.length > 0; distance += 1) {
    const next: string[] = [];
    for (const edge of edges) {
      if (!DEPENDENCY.has(edge.relation) || found.has(edge.from) || isWithin(edge.from, id)) continue;
      if (!wanted.some(target => isWithin(edge.to, target) || (distance > 1 && isWithin(target, edge.to)))) continue;
      found.set(edge.from, { id: edge.from, distance, edge });
      next.push(edge.from);
    }
    wanted = next;
  }
  return [...found.values()];
}

/** Edges that start or end at `id` or inside it. */
export function edgesAt(edges: readonly Edge[], id: string): { from: Edge[]; to: Edge[] } {
  return {
    from: edges.filter(edge => isWithin(edge.from, id)),
    to: edges.filter(edge => isWithin(edge.to, id) && !isWithin(edge.from, id)),
  };
}

/** The estate's id that `text` most probably means: itself, or the one that has it as its name. */
export function completeId(estate: Estate, text: string): { id?: string; candidates: string[] } {
  const bearers = [estate.contracts, estate.systems, estate.consumers, estate.teams, estate.waivers].flat();
  const all = bearers.map(({ id }) => id);
  if (all.includes(contractOf(text))) return { id: text, candidates: [] };
  const hash = text.indexOf('#');
  const [head, tail] = hash < 0 ? [text, ''] : [text.slice(0, hash), text.slice(hash)];
  const named = all.filter(id => id.slice(id.indexOf(':') + 1) === head || nameOf(id) === head);
  return named.length === 1 ? { id: named[0]! + tail, candidates: [] } : { candidates: named.length > 0 ? named : all };
}

function nameOf(id: string): string {
  return id.slice(id.indexOf(':') + 1).replace(/@.*$/, '');
}
