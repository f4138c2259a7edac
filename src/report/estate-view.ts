/**
 * What the page of an estate says, as plain data: every number is counted here, and HTML and Markdown only show it.
 * A function of its arguments alone; the day is one of them.
 */
import { bindingsBySource, mappingFields } from '../graph/index.ts';
import { type Deprecation, daysBetween } from '../lifecycle/index.ts';
import { contractById, deref, down, elements, messagesOf, operationsOf, rootOf, subjectIdAt } from '../load/index.ts';
import {
  asString,
  CONTRACT_KINDS,
  type Contract,
  type ContractKind,
  compareFindings,
  compareText,
  contractOf,
  DIRECTIONS,
  type Direction,
  type Edge,
  type Entry,
  type Estate,
  type Finding,
  get,
  isWithin,
  KNOWN,
  type Mapping,
  type Severity,
} from '../model/index.ts';
import { dependenciesOf } from './dependencies.ts';
import { allPrintable, counted } from './printable.ts';
import { unknownsOf } from './unknowns.ts';
import { pactViews } from './verifications.ts';
import type {
  ConsumerView,
  ContractView,
  DeprecationView,
  EstateFacts,
  EstateView,
  Figure,
  FindingView,
  MappingView,
  Named,
  RecordView,
  SystemView,
  Tally,
  Use,
  WaiverView,
  WorkflowView,
} from './view.ts';

export function estateView(facts: EstateFacts): EstateView {
  const { estate, edges, comparison } = facts;
  const nameOf = namer(estate);
  const findings = [...facts.findings].sort(compareFindings);
  const isChange = ({ rule }: Finding) => comparison !== undefined && rule.startsWith('compat/');
  const consumers = consumerViews(facts, nameOf);
  const pacts = pactViews(estate, facts.evidence, nameOf);
  return allPrintable({
    label: estate.label,
    today: facts.today,
    generator: facts.generator,
    verdict: facts.verdict,
    tally: { ...tallyOf(findings), waived: facts.waived.length },
    figures: figuresOf(facts),
    changes: comparison && {
      base: comparison.base,
      compared: comparison.compared.length,
      unproven: comparison.unproven.length,
      findings: findings.filter(isChange).map(found => findingView(found, nameOf)),
    },
    dependencies: dependenciesOf(estate, edges),
    contracts: estate.contracts.map(contract => contractView(contract, facts, nameOf)),
    deprecations: facts.deprecations.map(deprecation => deprecationView(deprecation, estate, nameOf)),
    systems: estate.systems.map(system => systemView(system, edges, nameOf)),
    records: estate.contracts.flatMap(contract => recordViews(contract, nameOf)),
    consumers,
    pacts,
    mappings: estate.mappings.map(mapping => mappingView(mapping, estate, nameOf)),
    workflows: estate.contracts.flatMap(contract => workflowViews(contract, estate, nameOf)),
    findings: findings.filter(found => !isChange(found)).map(found => findingView(found, nameOf)),
    waivers: waiverViews(facts, nameOf),
    unknowns: unknownsOf(facts, consumers, pacts),
  });
}

type NameOf = (id: string) => Named;

/** What people call whatever bears an id, with its version where the name alone is not enough. */
function namer(estate: Estate): NameOf {
  const entries = [estate.teams, estate.systems, estate.consumers].flat();
  const names = new Map([
    ...entries.map(({ id, value }) => [id, value.name] as const),
    ...estate.contracts.map(({ id, title, version }) => {
      const isShared = estate.contracts.some(other => other.id !== id && other.title === title);
      return [id, isShared ? `${title} ${version}` : title] as const;
    }),
  ]);
  return id => ({ id, name: names.get(contractOf(id)) ?? id });
}

function maybe<T>(id: string | undefined, make: (id: string) => T): T | undefined {
  return id === undefined ? undefined : make(id);
}

function tallyOf(findings: readonly Finding[]): Tally {
  const count = (severity: Severity) => findings.filter(found => found.severity === severity).length;
  return { error: count('error'), warn: count('warn'), info: count('info') };
}

const KIND_NOUNS: Readonly<Record<ContractKind, readonly [singular: string, plural: string]>> = {
  api: ['API', 'APIs'],
  event: ['event API', 'event APIs'],
  schema: ['schema', 'schemas'],
  file: ['file layout', 'file layouts'],
  mapping: ['mapping', 'mappings'],
  workflow: ['workflow', 'workflows'],
};

function figuresOf({ estate, edges, counts, waived, evidence, deprecations }: EstateFacts): Figure[] {
  const operations = estate.contracts.flatMap(contract => operationsOf(estate, contract));
  const messages = estate.contracts.flatMap(contract => messagesOf(estate, contract));
  const outdated = operations.filter(({ deprecated }) => deprecated).length;
  const kinds = CONTRACT_KINDS.map(kind => [kind, estate.contracts.filter(each => each.kind === kind).length] as const);
  const present = <T extends readonly [string, number]>(pairs: readonly T[]) => pairs.filter(([, count]) => count > 0);
  const known = KNOWN.map(how => [how, edges.filter(edge => edge.known === how).length] as const);
  const left = new Set(deprecations.flatMap(({ consumers }) => consumers)).size;
  const figures: readonly (readonly [value: number, noun: string, detail: string])[] = [
    [
      estate.contracts.length,
      'contract',
      listed(present(kinds).map(([kind, count]) => counted(count, ...KIND_NOUNS[kind]))),
    ],
    [operations.length, 'operation', `${outdated} deprecated`],
    [messages.length, 'message', 'of event APIs'],
    [counts.policies, 'policy', `among ${counts.rules} lint rules, and across contracts`],
    [counts.examples, 'example', 'held against their schemas'],
    [estate.pacts.length, 'pact', `${counted(counts.interactions, 'interaction')} held against the contracts`],
    [edges.length, 'edge', listed(present(known).map(([how, count]) => `${count} ${how}`))],
    [counts.mappingTests, 'mapping test', `of ${counted(estate.mappings.length, 'mapping')}`],
    [
      estate.systems.length,
      'system',
      `${counted(estate.consumers.length, 'consumer')}, ${counted(estate.teams.length, 'team')}`,
    ],
    [estate.waivers.length, 'waiver', `${counted(waived.length, 'finding')} set aside`],
    [deprecations.length, 'deprecation', `${counted(left, 'consumer')} left to move`],
    [evidence.length, 'verification', 'recorded as evidence'],
  ];
  return figures.map(([value, noun, detail]) => ({ label: value === 1 ? noun : pluralOf(noun), value, detail }));
}

function listed(parts: readonly string[]): string {
  return parts.length === 0 ? 'none' : parts.join(', ');
}

function pluralOf(noun: string): string {
  return noun.endsWith('cy') ? `${noun.slice(0, -1)}ies` : `${noun}s`;
}

const FORMATS = {
  openapi: 'OpenAPI',
  asyncapi: 'AsyncAPI',
  'json-schema': 'JSON Schema',
  arazzo: 'Arazzo',
  mapping: 'Mapping',
  layout: 'File layout',
} as const;

/** Dialects of JSON Schema are addresses; people call them by their draft. */
function formatOf({ name, version }: Contract['dialect']): string {
  const draft = /draft[/-](\d[\d-]*)/.exec(version)?.[1];
  return `${FORMATS[name]} ${draft ?? version}`.trim();
}

function contractView(contract: Contract, { estate, edges, findings }: EstateFacts, nameOf: NameOf): ContractView {
  const { id, governance, dialect } = contract;
  const users = edges.filter(({ from, to, relation }) => {
    return isWithin(to, id) && !isWithin(from, id) && USING.has(relation);
  });
  const ids = [...new Set(users.map(({ from }) => contractOf(from)))].sort(compareText);
  return {
    id,
    name: contract.title,
    kind: contract.kind,
    version: contract.version,
    format: formatOf(dialect),
    status: governance?.lifecycle?.status,
    layer: governance?.layer,
    owner: maybe(governance?.owner, nameOf),
    system: maybe(governance?.system, nameOf),
    classification: governance?.classification,
    operations: operationsOf(estate, contract).length,
    messages: messagesOf(estate, contract).length,
    consumers: ids.filter(user => user.startsWith('consumer:')).map(nameOf),
    dependants: ids.filter(user => !user.startsWith('consumer:')).map(nameOf),
    findings: tallyOf(findings.filter(({ subject }) => isWithin(subject, id))),
  };
}

const USING = new Set<Edge['relation']>([
  'calls',
  'reads',
  'writes',
  'subscribes',
  'references',
  'maps-from',
  'maps-to',
]);

function deprecationView(deprecation: Deprecation, estate: Estate, nameOf: NameOf): DeprecationView {
  const { id, title, since, until, daysLeft, successors, consumers } = deprecation;
  return {
    id,
    name: title,
    since,
    until,
    daysLeft,
    successors: successors.map(nameOf),
    consumers: consumers.map(nameOf),
    guide: contractById(estate, id)?.governance?.lifecycle?.migrationGuide,
  };
}

function systemView({ id, value }: Estate['systems'][number], edges: readonly Edge[], nameOf: NameOf): SystemView {
  const provided = edges.filter(
    ({ relation, to, from }) => relation === 'provided-by' && to === id && !from.startsWith('consumer:'),
  );
  return {
    id,
    name: value.name,
    description: value.description,
    hosting: value.hosting,
    owner: nameOf(value.owner),
    records: value.recordsOf,
    contracts: provided.map(({ from }) => nameOf(from)),
    release: value.releases && { current: value.releases.current, next: value.releases.next },
  };
}

function recordViews({ id, governance }: Contract, nameOf: NameOf): RecordView[] {
  return (governance?.systemOfRecord ?? []).map(({ entity, attributes, system }) => ({
    contract: nameOf(id),
    entity,
    attributes: attributes ?? [],
    system: nameOf(system),
  }));
}

/** The estate's consumers, and those that only a pact knows. */
function consumerViews({ estate, edges }: EstateFacts, nameOf: NameOf): ConsumerView[] {
  const using = edges.filter(({ from }) => from.startsWith('consumer:'));
  const ids = new Set([...estate.consumers.map(({ id }) => id), ...using.map(({ from }) => from)]);
  return [...ids].map(id => {
    const entry = estate.consumers.find(consumer => consumer.id === id)?.value;
    const own = using.filter(({ from }) => from === id);
    const targets = own.filter(({ relation }) => relation === 'calls' || relation === 'subscribes');
    return {
      ...nameOf(id),
      description: entry?.description,
      owner: maybe(entry?.owner, nameOf),
      system: maybe(entry?.system, nameOf),
      uses: [...new Set(targets.map(({ to }) => to))].map(to => useOf(to, own, estate, nameOf, entry)),
    };
  });
}

function useOf(
  id: string,
  edges: readonly Edge[],
  estate: Estate,
  nameOf: NameOf,
  entry: Estate['consumers'][number]['value'] | undefined,
): Use {
  const own = edges.filter(edge => edge.to === id).sort((a, b) => KNOWN.indexOf(a.known) - KNOWN.indexOf(b.known));
  const contract = contractOf(id);
  const fields = (relation: Edge['relation']) =>
    new Set(edges.filter(edge => edge.relation === relation && isWithin(edge.to, id)).map(({ to }) => to)).size;
  const status = contractById(estate, contract)?.governance?.lifecycle?.status;
  const { file, line } = own.at(-1)!.source;
  return {
    id,
    contract: nameOf(contract),
    part: id.slice(contract.length + 1),
    relation: own[0]!.relation === 'subscribes' ? 'subscribes to' : 'calls',
    known: [...new Set(own.map(({ known }) => known))],
    purpose: entry?.uses.find(use => use.id === id)?.purpose,
    reads: fields('reads'),
    writes: fields('writes'),
    isDeprecated: status === 'deprecated' || status === 'retired',
    source: `${file}:${line}`,
  };
}

function mappingView(mapping: Entry<Mapping>, estate: Estate, nameOf: NameOf): MappingView {
  const { id, value } = mapping;
  const { fields } = mappingFields(mapping);
  const sideOf = (side: 'canonical' | 'vendor') => {
    const target = deref(estate.files, down(rootOf(mapping.file), side));
    const owner = target && estate.contracts.find(({ file }) => file === target.file);
    return owner && target ? subjectIdAt(owner, target.path) : value[side].$ref;
  };
  const mapped = DIRECTIONS.map(direction => {
    const written = fields.filter(field => field.direction === direction && field.role === 'writes');
    const paths = [...new Set(written.map(({ path }) => path.join('/')))];
    // A list is not a field beside the fields of its items.
    const leaves = paths.filter(path => !paths.some(other => other.startsWith(`${path}/`)));
    return [direction, leaves.length] as const;
  });
  return {
    ...nameOf(id),
    version: value.version,
    owner: maybe(value['x-governance'].owner, nameOf),
    sides: { canonical: sideOf('canonical'), vendor: sideOf('vendor') },
    mapped: Object.fromEntries(mapped) as Record<Direction, number>,
    tests: value.tests.length,
    lost: value.lost,
    assumes: (value.assumes ?? []).map(({ direction, field, reason }) => ({ direction, field, reason })),
  };
}

function workflowViews(contract: Contract, estate: Estate, nameOf: NameOf): WorkflowView[] {
  if (contract.dialect.name !== 'arazzo') return [];
  const bindingOf = bindingsBySource(estate, contract);
  return elements(down(rootOf(contract.file), 'workflows')).map(({ value, ...cursor }) => {
    const text = (from: typeof value, key: string) => asString(get(from, key));
    const name = text(value, 'workflowId') ?? contract.title;
    return {
      id: contract.id,
      name,
      version: contract.version,
      contract: nameOf(contract.id),
      summary: text(value, 'summary'),
      steps: elements(down({ value, ...cursor }, 'steps')).map(step => {
        const binding = bindingOf(step.value);
        return {
          name: text(step.value, 'stepId') ?? '',
          description: text(step.value, 'description'),
          operation: binding?.targets[0],
          stated: binding?.stated ?? text(step.value, 'operationPath') ?? text(step.value, 'workflowId'),
        };
      }),
    };
  });
}

function findingView({ severity, rule, subject, message, location, evidence }: Finding, nameOf: NameOf): FindingView {
  return {
    severity,
    rule,
    subject,
    message,
    place: `${location.file}:${location.line}`,
    affected: (evidence?.affected ?? []).map(({ id }) => nameOf(id)),
  };
}

/** Those without a fault of their own: a faulty waiver excuses nothing and stands among the findings. */
function waiverViews({ estate, findings, waived, today }: EstateFacts, nameOf: NameOf): WaiverView[] {
  const faulty = new Set(findings.map(({ subject }) => subject));
  return estate.waivers
    .filter(({ id }) => !faulty.has(id))
    .map(({ id, value }) => ({
      id,
      rule: value.rule,
      subject: value.subject,
      reason: value.reason,
      owner: nameOf(value.owner),
      author: value.author,
      approver: value.approver,
      expires: value.expires,
      daysLeft: daysBetween(today, value.expires),
      excuses: waived.filter(({ waiver }) => waiver.id === id).length,
    }))
    .sort((a, b) => compareText(a.expires, b.expires));
}
