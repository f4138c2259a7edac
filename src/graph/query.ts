import { contractOf, type Edge, type Estate, extend, isWithin } from '../model/index.ts';

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
  /** Whoever depends on it: a consumer, a workflow step, a mapping, a place in a contract. */
  readonly id: string;
  /** 1 where it uses the thing itself, more where through others. */
  readonly distance: number;
  /** The edge by which it was found. */
  readonly edge: Edge;
}

/**
 * Everyone who depends on `id`, directly or through others, nearest first. Follows fields through references: where a
 * response refers to a schema, whoever reads a field of the response uses that field of the schema. Who is only known to
 * call an operation, not what of it it reads, may use anything in it.
 */
export function whoUses(edges: readonly Edge[], id: string): User[] {
  const dependencies = dependenciesOf(edges);
  const found = new Map<string, User>();
  const travelled = new Set<Edge>();
  let targets = [id];
  for (let distance = 1; targets.length > 0; distance += 1) {
    const next: string[] = [];
    const byContract = grouped(targets, contractOf);
    for (const edge of edgesInto(dependencies, byContract.keys())) {
      const candidates = byContract.get(contractOf(edge.to)) ?? [];
      const user = candidates.map(target => userOf(edge, target, dependencies)).find(name => name !== undefined);
      if (user === undefined || found.has(user) || isWithin(user, id) || travelled.has(edge)) continue;
      // Once each: a schema that refers to itself would go on for ever.
      travelled.add(edge);
      found.set(user, { id: user, distance, edge });
      next.push(user);
    }
    targets = next;
  }
  return [...found.values()];
}

/** The edges along which changes travel, for looking up: an estate has tens of thousands. */
interface Dependencies {
  /** By the contract (or entry) of what is used. */
  readonly into: ReadonlyMap<string, readonly Edge[]>;
  readonly from: ReadonlyMap<string, readonly Edge[]>;
  readonly order: ReadonlyMap<Edge, number>;
}

const known = new WeakMap<readonly Edge[], Dependencies>();

function dependenciesOf(edges: readonly Edge[]): Dependencies {
  const found = known.get(edges);
  if (found) return found;
  const dependencies = edges.filter(({ relation }) => DEPENDENCY.has(relation));
  const indexed = {
    into: grouped(dependencies, ({ to }) => contractOf(to)),
    from: grouped(dependencies, ({ from }) => from),
    order: new Map(dependencies.map((edge, index) => [edge, index])),
  };
  known.set(edges, indexed);
  return indexed;
}

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}

/** In their own order, on which it depends by which edge a user is found. */
function edgesInto({ into, order }: Dependencies, contracts: Iterable<string>): Edge[] {
  const found = [...contracts].flatMap(contract => into.get(contract) ?? []);
  return found.sort((a, b) => order.get(a)! - order.get(b)!);
}

/** Who uses `target` by this edge; undefined where nobody does. */
function userOf(edge: Edge, target: string, dependencies: Dependencies): string | undefined {
  if (isWithin(edge.to, target)) return edge.from;
  if (!isWithin(target, edge.to)) return undefined;
  if (edge.relation === 'references') {
    const inside = target.slice(edge.to.length + 1);
    return extend(edge.from, ...inside.split('/'));
  }
  const readsFile = edge.relation === 'reads' && edge.to.startsWith('file:');
  const isCoarse = edge.relation === 'calls' || edge.relation === 'subscribes' || readsFile;
  const ofThatUser = dependencies.from.get(edge.from) ?? [];
  return isCoarse && !ofThatUser.some(other => isFiner(other, edge)) ? edge.from : undefined;
}

/** Whether `other`, of the same user, says more exactly what is used. */
function isFiner(other: Edge, edge: Edge): boolean {
  return other.to !== edge.to && isWithin(other.to, edge.to);
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
  const bearers = [
    estate.contracts,
    estate.systems,
    estate.consumers,
    estate.teams,
    estate.domains,
    estate.waivers,
  ].flat();
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
