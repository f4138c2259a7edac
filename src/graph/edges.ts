/** The catalog's edges, computed from what the estate and the evidence say. Nothing here is typed in twice. */
import {
  deref,
  down,
  elements,
  type Message,
  messagesOf,
  operationsOf,
  referencesOf,
  resolveRef,
  rootOf,
  subjectIdAt,
  usageOf,
} from '../load/index.ts';
import {
  asString,
  type Contract,
  compareText,
  contentHash,
  contractOf,
  type Edge,
  type Entry,
  type Estate,
  type Evidence,
  extend,
  get,
  type Json,
  type Known,
  type Mapping,
  noCache,
  type ResultCache,
  type SourceFile,
  segment,
} from '../model/index.ts';
import { dataId } from './layout-schema.ts';
import { mappingFields } from './mapping-fields.ts';

/** All edges, sorted; `evidence` makes what a pact shows `verified` where a provider was run against it. */
export function edgesOf(estate: Estate, evidence: readonly Evidence[] = [], cache = noCache): Edge[] {
  const owners = new Map(estate.contracts.map(contract => [contract.file, contract]));
  const edges = [
    ...estate.contracts.flatMap(contract => [...metadataEdges(contract), ...referenceEdges(estate, owners, contract)]),
    ...estate.contracts.flatMap(contract => workflowEdges(estate, contract)),
    ...estate.mappings.flatMap(mapping => mappingEdges(estate, mapping, cache)),
    ...estate.systems.map(({ id, file, value }) => declared(id, 'owned-by', value.owner, file.locate(['owner']))),
    ...estate.domains.map(({ id, file, value }) => declared(id, 'owned-by', value.owner, file.locate(['owner']))),
    ...estate.consumers.flatMap(({ id, file, value }) => [
      declared(id, 'owned-by', value.owner, file.locate(['owner'])),
      ...(value.system ? [declared(id, 'provided-by', value.system, file.locate(['system']))] : []),
      ...value.uses.map((use, index) => declared(id, relationTo(use.id), use.id, file.locate(['uses', index, 'id']))),
    ]),
    ...usageEdges(estate, evidence),
  ];
  return distinct(edges);
}

function declared(from: string, relation: Edge['relation'], to: string, source: Edge['source']): Edge {
  return { from, relation, to, known: 'declared', source };
}

function relationTo(id: string): Edge['relation'] {
  if (id.startsWith('file:')) return 'reads';
  return id.startsWith('event:') ? 'subscribes' : 'calls';
}

function metadataEdges({ id, governance, file }: Contract): Edge[] {
  if (!governance) return [];
  const at = (...path: (string | number)[]) => file.locate(['x-governance', ...path]);
  return [
    ...(governance.owner ? [declared(id, 'owned-by', governance.owner, at('owner'))] : []),
    ...(governance.system ? [declared(id, 'provided-by', governance.system, at('system'))] : []),
    ...(governance.systemOfRecord ?? []).map((record, index) =>
      declared(id, 'records-in', record.system, at('systemOfRecord', index, 'system')),
    ),
    ...(governance.lifecycle?.successors ?? []).map((successor, index) =>
      declared(id, 'succeeded-by', successor, at('lifecycle', 'successors', index)),
    ),
  ];
}

/** A `$ref` from one place to another, in the same contract or in another one. */
function referenceEdges(estate: Estate, owners: ReadonlyMap<SourceFile, Contract>, contract: Contract): Edge[] {
  if (contract.kind === 'mapping') return [];
  return referencesOf(contract.file).flatMap(({ ref, from }) => {
    const resolution = resolveRef(estate.files, contract.file, ref);
    if (!('target' in resolution)) return [];
    const owner = owners.get(resolution.target.file);
    if (!owner) return [];
    const [user, used] = [subjectIdAt(contract, from.path), subjectIdAt(owner, resolution.target.path)];
    // A message of a channel and the component it refers to have one id.
    if (user === used) return [];
    const source = from.file.locate([...from.path, '$ref']);
    return [{ from: user, relation: 'references', to: used, known: 'derived', source }];
  });
}

/** Each step of a workflow calls the operation, or sends or receives the messages, that it names. */
function workflowEdges(estate: Estate, contract: Contract): Edge[] {
  if (contract.dialect.name !== 'arazzo') return [];
  const bindingOf = bindingsBySource(estate, contract);
  return elements(down(rootOf(contract.file), 'workflows')).flatMap(workflow =>
    elements(down(workflow, 'steps')).flatMap(step => {
      const binding = bindingOf(step.value);
      const name = asString(get(step.value, 'stepId'));
      if (binding === undefined || name === undefined) return [];
      const from = extend(contract.id, segment(name));
      const source = step.file.locate([...step.path, binding.field]);
      return binding.targets.map(to => ({ from, relation: binding.relation, to, known: 'derived' as const, source }));
    }),
  );
}

/** What a step of a workflow is bound to. */
export interface Binding {
  readonly field: 'operationId' | 'channelPath';
  /** As the step states it. */
  readonly stated: string;
  readonly relation: 'calls' | 'subscribes' | 'writes';
  /** Ids of an operation or of messages; none where the source descriptions have nothing of that name. */
  readonly targets: readonly string[];
}

/**
 * Reads `operationId` and `channelPath` of a step (Arazzo 1.1, Step Object; 1.0 has the first only). An operation of an
 * OpenAPI document is one target; of an AsyncAPI document, the messages of the operation or channel are. Which way they
 * go says the step's `action`: it is that of the workflow, the opposite of that of the application described.
 */
export function bindingsBySource(estate: Estate, workflow: Contract): (step: Json) => Binding | undefined {
  const sources = new Map<string, Source>();
  for (const description of elements(down(rootOf(workflow.file), 'sourceDescriptions'))) {
    const name = asString(get(description.value, 'name')) ?? '';
    const url = asString(get(description.value, 'url')) ?? '';
    const resolution = resolveRef(estate.files, workflow.file, url);
    const target = 'target' in resolution ? resolution.target.file : undefined;
    sources.set(
      name,
      sourceOf(
        estate,
        estate.contracts.find(({ file }) => file === target),
      ),
    );
  }
  return step => {
    const operationId = asString(get(step, 'operationId'));
    const stated = operationId ?? asString(get(step, 'channelPath'));
    if (stated === undefined) return undefined;
    const field = operationId === undefined ? 'channelPath' : 'operationId';
    const { targets, areMessages } =
      field === 'operationId' ? ofOperation(sources, stated) : ofChannel(sources, stated);
    const relation = areMessages ? (get(step, 'action') === 'send' ? 'writes' : 'subscribes') : 'calls';
    return { field, stated, relation, targets };
  };
}

interface Source {
  readonly operations: ReadonlyMap<string, string>;
  readonly messages: readonly Message[];
}

function sourceOf(estate: Estate, contract: Contract | undefined): Source {
  const operations = contract ? operationsOf(estate, contract) : [];
  return {
    operations: new Map(operations.map(operation => [operation.name, operation.id])),
    messages: contract ? messagesOf(estate, contract) : [],
  };
}

type Targets = { readonly targets: readonly string[]; readonly areMessages: boolean };

/** `operationId`, or `$sourceDescriptions.<name>.<operationId>` where there are several sources. */
function ofOperation(sources: ReadonlyMap<string, Source>, stated: string): Targets {
  const qualified = /^\$sourceDescriptions\.([A-Za-z0-9_-]+)\.(.+)$/.exec(stated);
  const name = qualified?.[2] ?? stated;
  const candidates = qualified ? [sources.get(qualified[1]!)] : [...sources.values()];
  const call = candidates.map(source => source?.operations.get(name)).find(id => id !== undefined);
  if (call !== undefined) return { targets: [call], areMessages: false };
  const messages = candidates.map(
    source => source?.messages.filter(({ operations }) => operations.includes(name)) ?? [],
  );
  return { targets: messages.find(found => found.length > 0)?.map(({ id }) => id) ?? [], areMessages: true };
}

/** `$sourceDescriptions.<name>#/channels/<channel>`; the name may be written as `{$sourceDescriptions.<name>.url}`. */
function ofChannel(sources: ReadonlyMap<string, Source>, stated: string): Targets {
  const [, name, plain, channel] =
    /^(?:\{\$sourceDescriptions\.([A-Za-z0-9_-]+)\.url\}|\$sourceDescriptions\.([A-Za-z0-9_-]+))#\/channels\/([^/]+)$/.exec(
      stated,
    ) ?? [];
  const wanted = channel?.replaceAll('~1', '/').replaceAll('~0', '~');
  const messages = sources.get(name ?? plain ?? '')?.messages.filter(message => message.channel === wanted) ?? [];
  return { targets: messages.map(({ id }) => id), areMessages: true };
}

/** Fields that a mapping reads and writes, as fields of the schemas on its two sides. */
function mappingEdges(estate: Estate, mapping: Entry<Mapping>, cache: ResultCache): Edge[] {
  const side = (name: 'canonical' | 'vendor') => {
    const target = deref(estate.files, down(rootOf(mapping.file), name));
    const owner = target && estate.contracts.find(({ file }) => file === target.file);
    return owner && target ? (path: readonly string[]) => dataId(estate, owner, target, path) : undefined;
  };
  const sides = { canonical: side('canonical'), vendor: side('vendor') };
  return mappingFields(mapping, cache).fields.flatMap(({ direction, role, path, location }) => {
    const isCanonical = (direction === 'toVendor') === (role === 'reads');
    const idOf = isCanonical ? sides.canonical : sides.vendor;
    if (idOf === undefined) return [];
    const relation = role === 'reads' ? 'maps-from' : 'maps-to';
    return [{ from: mapping.id, relation, to: idOf(path), known: 'derived', source: location }];
  });
}

/** What the interactions of a pact use; verified where the last run of that very pact against a provider passed. */
function usageEdges(estate: Estate, evidence: readonly Evidence[]): Edge[] {
  const latest = new Map(evidence.map(entry => [entry.pact, entry]));
  const verified = new Map(
    estate.pacts.map(({ file, document }) => [file.path, new Set(latest.get(contentHash(document))?.verified)]),
  );
  return usageOf(estate).flatMap(({ consumer, target, fields, location }) => {
    const known: Known = verified.get(location.file)?.has(target) ? 'verified' : 'derived';
    const common = { from: consumer, known, source: location };
    return [
      { ...common, relation: relationTo(target), to: target },
      ...fields.map(field => ({
        ...common,
        relation: field.includes('/request/') ? ('writes' as const) : ('reads' as const),
        to: field,
      })),
    ];
  });
}

/** One edge for each pair and relation and way of knowing; the first source stands for the others. */
function distinct(edges: readonly Edge[]): Edge[] {
  const found = new Map<string, Edge>();
  for (const edge of edges) {
    const key = `${edge.from} ${edge.relation} ${edge.to} ${edge.known}`;
    if (!found.has(key)) found.set(key, edge);
  }
  return [...found].sort(([a], [b]) => compareText(a, b)).map(([, edge]) => edge);
}

/** Every id that an edge may end at without being dangling: contracts and entries. */
export function knownIds(estate: Estate): Set<string> {
  const bearers = [estate.contracts, estate.teams, estate.systems, estate.consumers].flat();
  return new Set(bearers.map(({ id }) => contractOf(id)));
}
