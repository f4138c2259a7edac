import { contractOf, type Edge, type Estate, type Governance } from '../model/index.ts';
import { definePolicy, type Fault, type Look } from './policy.ts';

type Layer = NonNullable<Governance['layer']>;

/** Whose shapes a contract may use beside its own. Mappings and workflows connect layers, and may use all. */
const SHAPES: Partial<Record<Layer, readonly Layer[]>> = {
  canonical: ['canonical'],
  system: ['canonical'],
  process: ['canonical'],
  experience: ['canonical'],
  event: ['canonical'],
};
/** What the implementation of an API may call. */
const CALLS: Partial<Record<Layer, readonly Layer[]>> = {
  system: ['vendor'],
  process: ['system', 'vendor'],
  experience: ['process'],
};

export default definePolicy({
  rule: {
    id: 'policy/layering',
    severity: 'error',
    title: 'A layer is skipped, or used from below',
    policies: ['D6.19'],
    why: 'An experience API that calls a system API, or shows the shape of an ERP, has to change when the ERP is replaced; a system API that calls upwards makes a circle in which an outage goes round.',
    fix: 'Call the process API between them, or refer to the canonical type instead; what only the ERP has belongs into a mapping.',
  },
  *check(look) {
    const layers = new Map(look.estate.contracts.map(({ id, governance }) => [id, governance?.layer]));
    yield* shapes(look, layers);
    yield* calls(look, layers);
  },
});

type Layers = ReadonlyMap<string, Layer | undefined>;

function* shapes({ edges }: Look, layers: Layers): Iterable<Fault> {
  for (const edge of edges) {
    if (edge.relation !== 'references' || contractOf(edge.from) === contractOf(edge.to)) continue;
    const [from, to] = [layers.get(contractOf(edge.from)), layers.get(contractOf(edge.to))];
    if (!from || !to || SHAPES[from]?.includes(to) !== false) continue;
    const message = `is of the layer ${from} and uses a shape of ${contractOf(edge.to)}, which is of the layer ${to}`;
    yield { subject: edge.from, message, facts: { uses: edge.to }, location: edge.source };
  }
}

/** A consumer that provides an API calls as that API does; any other is an application, which vendors' APIs are not for. */
function* calls({ estate, edges }: Look, layers: Layers): Iterable<Fault> {
  for (const { from, to, source } of edges.filter(isCall)) {
    const target = layers.get(contractOf(to));
    if (!target) continue;
    for (const provided of providedBy(estate, from)) {
      const layer = provided === undefined ? undefined : layers.get(provided);
      const isAllowed = layer === undefined ? target !== 'vendor' : CALLS[layer]?.includes(target) !== false;
      if (isAllowed) continue;
      const who = layer === undefined ? 'is an application' : `provides ${provided}, of the layer ${layer},`;
      const message = `${who} and calls ${to}, which is of the layer ${target}`;
      yield { subject: from, message, facts: { calls: to }, location: source };
    }
  }
}

function isCall({ from, relation }: Edge): boolean {
  return from.startsWith('consumer:') && relation === 'calls';
}

function providedBy(estate: Estate, consumer: string): readonly (string | undefined)[] {
  return estate.consumers.find(({ id }) => id === consumer)?.value.provides ?? [undefined];
}
