/** Who depends on what, told between whole contracts and consumers: what an architect draws on a whiteboard. */
import { type Contract, compareText, contractOf, type Edge, type Estate, KNOWN, type Known } from '../model/index.ts';

export const COLUMNS = [
  'Consumers and workflows',
  'APIs, events and files',
  'Canonical schemas',
  'Mappings',
  'Vendor contracts',
] as const;

export interface DependencyNode {
  readonly id: string;
  readonly title: string;
  readonly kind: string;
  readonly status: string | undefined;
  /** Index into {@link COLUMNS}. */
  readonly column: number;
}

export interface Dependency {
  readonly from: string;
  readonly to: string;
  readonly verb: 'calls' | 'subscribes to' | 'refers to' | 'maps';
  /** The strongest way in which any part of it is known. */
  readonly known: Known;
  /** How many edges of the catalog it stands for. */
  readonly edges: number;
}

export interface Dependencies {
  readonly nodes: readonly DependencyNode[];
  readonly links: readonly Dependency[];
}

const VERBS: Partial<Record<Edge['relation'], Dependency['verb']>> = {
  calls: 'calls',
  reads: 'calls',
  writes: 'calls',
  subscribes: 'subscribes to',
  references: 'refers to',
  'maps-from': 'maps',
  'maps-to': 'maps',
};

export function dependenciesOf(estate: Estate, edges: readonly Edge[]): Dependencies {
  const nodes: DependencyNode[] = [
    ...estate.consumers.map(({ id, value }) => ({
      id,
      title: value.name,
      kind: 'consumer',
      status: undefined,
      column: 0,
    })),
    ...estate.contracts.map(contract => ({
      id: contract.id,
      title: contract.title,
      kind: contract.kind,
      status: contract.governance?.lifecycle?.status,
      column: columnOf(contract),
    })),
  ];
  const known = new Set(nodes.map(({ id }) => id));
  const links = new Map<string, Dependency>();
  for (const edge of edges) {
    const [from, to, verb] = [contractOf(edge.from), contractOf(edge.to), VERBS[edge.relation]];
    if (verb === undefined || from === to || !known.has(from) || !known.has(to)) continue;
    const key = `${from} ${to}`;
    const earlier = links.get(key);
    links.set(key, {
      from,
      to,
      // Fields are read from events too, and a workflow that calls an API may also refer to its schemas.
      verb: earlier === undefined || rank(verb) < rank(earlier.verb) ? verb : earlier.verb,
      known: earlier === undefined || isStronger(edge.known, earlier.known) ? edge.known : earlier.known,
      edges: (earlier?.edges ?? 0) + 1,
    });
  }
  return { nodes, links: [...links].sort(([a], [b]) => compareText(a, b)).map(([, link]) => link) };
}

function columnOf({ kind, governance }: Contract): number {
  if (kind === 'workflow') return 0;
  if (kind === 'mapping') return 3;
  if (governance?.layer === 'vendor') return 4;
  return kind === 'schema' ? 2 : 1;
}

function rank(verb: Dependency['verb']): number {
  return ['subscribes to', 'calls', 'maps', 'refers to'].indexOf(verb);
}

export function isStronger(a: Known, b: Known): boolean {
  return KNOWN.indexOf(a) > KNOWN.indexOf(b);
}

/**
 * Without the references that follow from others: if an API refers to a schema that refers to a common one, its own
 * line to the common one says nothing new. What is called or subscribed to always stays.
 */
export function withoutImplied(links: readonly Dependency[]): Dependency[] {
  const kept = new Set(links);
  for (const link of links) {
    if (link.verb !== 'refers to') continue;
    kept.delete(link);
    if (!reaches(kept, link.from, link.to)) kept.add(link);
  }
  return links.filter(link => kept.has(link));
}

function reaches(links: ReadonlySet<Dependency>, from: string, to: string): boolean {
  const seen = new Set([from]);
  for (const at of seen) {
    for (const link of links) {
      if (link.from === at && link.verb === 'refers to') seen.add(link.to);
    }
  }
  return seen.has(to);
}
