/** What the edges themselves show to be wrong. */
import { down, elements, messagesOf, operationsOf, rootOf, subjectIdAt } from '../load/index.ts';
import { contractOf, type Edge, type Estate, extend, type Finding, finding, isWithin } from '../model/index.ts';
import { duplicateConcepts } from './concepts.ts';
import { bindingsBySource, knownIds } from './edges.ts';
import rule from './rules.ts';

export function inspectGraph(estate: Estate, edges: readonly Edge[]): Finding[] {
  return [
    ...unknownTargets(estate, edges),
    ...disagreements(edges),
    ...unboundSteps(estate),
    ...duplicateConcepts(estate),
  ];
}

/** Declared targets must exist, down to the operation or message. Derived ones were found, so they do. */
function unknownTargets(estate: Estate, edges: readonly Edge[]): Finding[] {
  const known = knownIds(estate);
  const inner = new Set(
    estate.contracts.flatMap(contract => [
      ...operationsOf(estate, contract).map(({ id }) => id),
      ...messagesOf(estate, contract).map(({ id }) => id),
    ]),
  );
  for (const { id, value } of estate.layouts) {
    for (const [record, { fields }] of Object.entries(value.records)) {
      inner.add(extend(id, record));
      for (const { name } of fields) inner.add(extend(id, record, name));
    }
  }
  // A contract that could not be parsed is known by its id all the same, and has its own finding.
  const broken = new Set(estate.findings.map(({ subject }) => contractOf(subject)));
  return edges.flatMap(edge => {
    if (edge.known !== 'declared') return [];
    const contract = contractOf(edge.to);
    if (broken.has(contract)) return [];
    // What lies inside an operation or message is not listed; of a layout every field is.
    const isInside = () =>
      contract.startsWith('file:') ? inner.has(edge.to) : withAncestors(edge.to).some(id => inner.has(id));
    const isThere = known.has(contract) && (edge.to === contract || isInside());
    if (isThere) return [];
    return [
      finding(rule.unknownTarget, {
        subject: edge.from,
        message: `${edge.from} is ${PHRASES[edge.relation] ?? edge.relation} ${edge.to}, which the estate does not have`,
        facts: { relation: edge.relation, to: edge.to },
        location: edge.source,
      }),
    ];
  });
}

/** The id itself and the ids of what it lies in, down to the operation or message. */
function withAncestors(id: string): string[] {
  const segments = id.slice(contractOf(id).length).split('/');
  return segments.map((_, index) => contractOf(id) + segments.slice(0, index + 1).join('/'));
}

const PHRASES: Partial<Record<Edge['relation'], string>> = {
  'owned-by': 'owned by',
  'provided-by': 'provided by',
  'records-in': 'recorded in',
  'succeeded-by': 'succeeded by',
  calls: 'declared to call',
  subscribes: 'declared to subscribe to',
  reads: 'declared to read',
};

/** What consumers say they use, against what their pacts show. */
function disagreements(edges: readonly Edge[]): Finding[] {
  const uses = edges.filter(
    ({ from, relation }) => from.startsWith('consumer:') && (relation === 'calls' || relation === 'subscribes'),
  );
  const isAlone = (use: Edge) => {
    const others = uses.filter(
      other => other.from === use.from && (other.known === 'declared') !== (use.known === 'declared'),
    );
    return !others.some(other => isWithin(other.to, use.to) || isWithin(use.to, other.to));
  };
  const alone = uses.filter(isAlone);
  const undeclared = alone.filter(({ known }) => known !== 'declared');
  // One for each contract: an application that has no pact yet declares dozens of operations.
  const unproven = new Map<string, Edge[]>();
  for (const use of alone) {
    if (use.known !== 'declared') continue;
    const key = `${use.from} ${contractOf(use.to)}`;
    unproven.set(key, [...(unproven.get(key) ?? []), use]);
  }
  return [
    ...[...unproven.values()].map(group => {
      const [{ from, to, source }] = group as [Edge, ...Edge[]];
      const more = group.length - 1;
      const message = `${from} declares that it uses ${to}${more === 0 ? '' : ` and ${more} more of ${contractOf(to)}`}, but no pact shows it`;
      return finding(rule.unprovenUse, {
        subject: from,
        message,
        facts: { uses: group.map(use => use.to) },
        location: source,
      });
    }),
    ...undeclared.map(({ from, to, source }) => {
      const message = `a pact shows that ${from} uses ${to}, which it does not declare`;
      return finding(rule.undeclaredUse, { subject: from, message, facts: { uses: to }, location: source });
    }),
  ];
}

function unboundSteps(estate: Estate): Finding[] {
  return estate.contracts.flatMap(contract => {
    if (contract.dialect.name !== 'arazzo') return [];
    const bindingOf = bindingsBySource(estate, contract);
    const workflows = elements(down(rootOf(contract.file), 'workflows'));
    return workflows.flatMap(workflow =>
      elements(down(workflow, 'steps')).flatMap(step => {
        const binding = bindingOf(step.value);
        if (binding === undefined || binding.targets.length > 0) return [];
        const { field, stated } = binding;
        const what = field === 'operationId' ? 'operation' : 'channel';
        return [
          finding(rule.stepUnbound, {
            subject: subjectIdAt(contract, step.path),
            message: `the step names the ${what} "${stated}", which none of the source descriptions has`,
            facts: { [what]: stated },
            location: step.file.locate([...step.path, field]),
          }),
        ];
      }),
    );
  });
}
