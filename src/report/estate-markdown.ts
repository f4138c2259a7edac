/** The page of an estate as GitHub Flavored Markdown, for wikis, issues and mail. The sections are those of the page. */
import { DIRECTIONS } from '../model/index.ts';
import { ident, list, prose, table } from './markdown-text.ts';
import { counted, dayInWords } from './printable.ts';
import type {
  ChangesView,
  ConsumerView,
  ContractView,
  DeprecationView,
  EstateView,
  FindingView,
  MappingView,
  Named,
  Tally,
  WorkflowView,
} from './view.ts';
import { DIRECTION_WORDS, ledeOf, PACT_WORDS, SEVERITY_WORDS, VERDICT_WORDS } from './words.ts';

const MARKS = { pass: '✅', fail: '❌', inconclusive: '❔' } as const;
const NONE = '–';

export function estateMarkdown(view: EstateView): string {
  const blocks = [
    ...header(view),
    ...section('Key figures', table(['What', { number: 'Count' }, 'Of which'], view.figures.map(figureRow))),
    ...(view.changes ? changes(view.changes) : []),
    ...dependencies(view),
    ...contracts(view.contracts),
    ...deprecations(view.deprecations),
    ...systems(view),
    ...consumers(view),
    ...section('Mappings', ...orNothing(view.mappings, 'The estate has no mappings.', mapping)),
    ...section('Workflows', ...orNothing(view.workflows, 'The estate has no workflows.', workflow)),
    ...section('Findings', findingTable(view.findings, 'Nothing was found.')),
    ...waivers(view),
    ...unknowns(view),
    `---\n\nWritten by ${prose(view.generator)} from the contracts and the recorded evidence.`,
  ];
  return `${blocks.join('\n\n')}\n`;
}

function section(title: string, ...blocks: readonly string[]): string[] {
  return [`## ${title}`, ...blocks];
}

function orNothing<T>(items: readonly T[], nothing: string, block: (item: T) => readonly string[]): string[] {
  return items.length === 0 ? [nothing] : items.flatMap(block);
}

function header(view: EstateView): string[] {
  const { verdict, tally, label, today, changes: compared } = view;
  const against = compared ? `, compared with ${prose(compared.base)}` : '';
  return [
    '# Integration estate',
    `State ${prose(label)} as of ${prose(dayInWords(today))}${against}.`,
    prose(ledeOf(view)),
    table(
      ['Verdict', { number: 'Errors' }, { number: 'Warnings' }, { number: 'Info' }, { number: 'Waived' }],
      [
        [
          `${MARKS[verdict]} **${VERDICT_WORDS[verdict]}**`,
          ...[tally.error, tally.warn, tally.info, tally.waived].map(String),
        ],
      ],
    ),
  ];
}

function figureRow({ label, value, detail }: EstateView['figures'][number]): string[] {
  return [label, String(value), prose(detail)];
}

function changes({ base, compared, unproven, findings }: ChangesView): string[] {
  const open = unproven === 0 ? '' : `, ${counted(unproven, 'part')} that could not be compared`;
  return section(
    'What this change breaks',
    `Compared with ${prose(base)}: ${counted(compared, 'contract')} that both states have${open}.`,
    findingTable(findings, 'Nothing that a consumer could notice was found.'),
  );
}

function dependencies({ dependencies: { links } }: EstateView): string[] {
  const rows = links.map(({ from, to, verb, known, edges }) => [ident(from), verb, ident(to), known, String(edges)]);
  const body =
    rows.length === 0
      ? 'Nothing depends on anything.'
      : table(['Who', 'Does', 'What', 'Known', { number: 'Edges' }], rows);
  return section('Who depends on what', body);
}

function contracts(views: readonly ContractView[]): string[] {
  const head = [
    'Contract',
    'Id',
    'Version',
    'Status',
    'Owner',
    'System',
    'Classification',
    { number: 'Consumers' },
    { number: 'Dependants' },
    { number: 'Findings' },
  ];
  const rows = views.map(view => [
    prose(view.name),
    ident(view.id),
    prose(view.version),
    prose(view.status ?? 'not stated'),
    prose(view.owner?.name ?? 'not stated'),
    prose(view.system?.name ?? NONE),
    prose(view.classification ?? 'not stated'),
    String(view.consumers.length),
    String(view.dependants.length),
    tallyText(view.findings),
  ]);
  return section('Contracts', rows.length === 0 ? 'The estate has no contracts.' : table(head, rows));
}

function tallyText({ error, warn, info }: Tally): string {
  const parts = [
    ...(error > 0 ? [counted(error, 'error')] : []),
    ...(warn > 0 ? [counted(warn, 'warning')] : []),
    ...(info > 0 ? [`${info} info`] : []),
  ];
  return parts.length === 0 ? '0' : parts.join(', ');
}

function deprecations(views: readonly DeprecationView[]): string[] {
  const head = ['Contract', 'Since', 'Until', { number: 'Days left' }, 'Successors', 'Remaining consumers', 'Guide'];
  const rows = views.map(({ id, name, since, until, daysLeft, successors, consumers: left, guide }) => [
    `${prose(name)} ${ident(id)}`,
    prose(since ?? NONE),
    prose(until ?? NONE),
    daysLeft === undefined ? NONE : String(daysLeft),
    ids(successors),
    names(left, 'none known'),
    guide === undefined ? NONE : ident(guide),
  ]);
  return section('On the way out', rows.length === 0 ? 'Nothing is deprecated.' : table(head, rows));
}

function systems({ systems: views, records }: EstateView): string[] {
  const rows = views.map(({ id, name, hosting, owner, records: kept, contracts: provided }) => [
    `${prose(name)} ${ident(id)}`,
    prose(hosting),
    prose(owner.name),
    kept.length === 0 ? NONE : kept.map(({ entity, attributes }) => prose(`${entity}: ${attributes}`)).join('<br>'),
    ids(provided),
  ]);
  const fields = records.map(({ contract, entity, attributes, system }) => [
    ident(contract.id),
    prose(entity),
    prose(system.name),
    attributes.length === 0 ? 'all' : attributes.map(ident).join(', '),
  ]);
  return section(
    'Systems',
    rows.length === 0
      ? 'The estate names no systems.'
      : table(['System', 'Hosting', 'Owner', 'System of record for', 'Contracts'], rows),
    ...(fields.length === 0
      ? []
      : ['### System of record, field by field', table(['Contract', 'Entity', 'System of record', 'Fields'], fields)]),
  );
}

function consumers({ consumers: views, pacts }: EstateView): string[] {
  const rows = pacts.map(({ consumer, provider, interactions, state, at, target }) => [
    prose(consumer.name),
    ident(provider.id),
    String(interactions),
    PACT_WORDS[state],
    at === undefined ? NONE : prose(`${at} against ${target}`),
  ]);
  const head = ['Consumer', 'Provider', { number: 'Interactions' }, 'Evidence', 'Run'];
  return section(
    'Consumers',
    ...orNothing(views, 'The estate knows no consumers.', consumer),
    ...(rows.length === 0 ? [] : ['### Pacts', table(head, rows)]),
  );
}

function consumer({ id, name, description, owner, uses }: ConsumerView): string[] {
  const rows = uses.map(use => [
    ident(use.id),
    use.known.join(', '),
    String(use.reads),
    String(use.writes),
    prose(use.purpose ?? 'not declared'),
    ident(use.source),
  ]);
  const head = ['Uses', 'Known', { number: 'Fields read' }, { number: 'Fields sent' }, 'For what', 'Told by'];
  return [
    `### ${prose(name)}`,
    [
      `${ident(id)}, owner: ${prose(owner?.name ?? 'not stated')}.`,
      ...(description === undefined ? [] : [prose(description)]),
    ].join(' '),
    rows.length === 0 ? 'It uses nothing that the estate knows of.' : table(head, rows),
  ];
}

function mapping({ id, name, version, sides, mapped, tests, lost, assumes }: MappingView): string[] {
  const rows = DIRECTIONS.map(direction => [
    DIRECTION_WORDS[direction],
    String(mapped[direction]),
    String(lost.filter(each => each.direction === direction).length),
  ]);
  const assumed = assumes.map(({ direction, field, reason }) => [
    field === undefined ? 'the document' : ident(field),
    DIRECTION_WORDS[direction],
    prose(reason),
  ]);
  const dropped = lost.map(({ direction, field, reason }) => [ident(field), DIRECTION_WORDS[direction], prose(reason)]);
  return [
    `### ${prose(name)}`,
    `${ident(id)} ${prose(version)}, between ${ident(sides.canonical)} and ${ident(sides.vendor)}. ${counted(tests, 'test')}.`,
    table(['Direction', { number: 'Fields mapped' }, { number: 'Fields lost' }], rows),
    ...(assumed.length === 0 ? [] : ['What is assumed:', table(['Field', 'Direction', 'Why'], assumed)]),
    ...(dropped.length === 0 ? [] : ['What is lost:', table(['Field', 'Direction', 'Why'], dropped)]),
  ];
}

function workflow({ id, name, version, summary, steps }: WorkflowView): string[] {
  const rows = steps.map(({ name: step, operation, stated, description }, index) => {
    const called =
      operation === undefined ? prose(stated === undefined ? NONE : `unknown: ${stated}`) : ident(operation);
    return [String(index + 1), ident(step), called, prose(description ?? '')];
  });
  return [
    `### ${prose(name)}`,
    [`${ident(id)} ${prose(version)}.`, ...(summary === undefined ? [] : [prose(summary)])].join(' '),
    ...(rows.length === 0 ? [] : [table([{ number: 'Step' }, 'Name', 'Calls', 'What it does'], rows)]),
  ];
}

function findingTable(findings: readonly FindingView[], nothing: string): string {
  if (findings.length === 0) return nothing;
  const rows = findings.map(({ severity, rule, message, subject, affected, place }) => [
    SEVERITY_WORDS[severity],
    `${prose(message)}<br>${ident(rule)}`,
    ident(subject),
    names(affected, NONE),
    ident(place),
  ]);
  return table(['Severity', 'Finding', 'About', 'Affects', 'Where'], rows);
}

function waivers({ waivers: views }: EstateView): string[] {
  const head = ['Waiver', 'Rule', 'Subject', 'Reason', 'Approved by', 'Expires', { number: 'Days left' }];
  const rows = views.map(({ id, rule, subject, reason, approver, expires, daysLeft }) => [
    ident(id),
    ident(rule),
    ident(subject),
    prose(reason),
    prose(approver),
    prose(expires),
    String(daysLeft),
  ]);
  return section('Waivers in force', rows.length === 0 ? 'No waiver is in force.' : table(head, rows));
}

function unknowns({ unknowns: views }: EstateView): string[] {
  return section(
    'What this page does not know',
    ...orNothing(views, 'No gap is known.', ({ title, why, items }) => [`### ${title}`, why, list(items.map(prose))]),
  );
}

function ids(refs: readonly Named[]): string {
  return refs.length === 0 ? NONE : refs.map(({ id }) => ident(id)).join('<br>');
}

function names(refs: readonly Named[], none: string): string {
  return refs.length === 0 ? none : refs.map(({ name }) => prose(name)).join('<br>');
}
