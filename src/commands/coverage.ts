import { type Context, defineCommand, type Outcome, UsageError } from './command.ts';
import type { Workspace } from './workspace.ts';

export const coverage = defineCommand({
  name: 'coverage',
  summary: 'Say which requirements of the domain the estate covers, and what confirms it',
  description:
    'Holds what contracts, systems, consumers and rules claim to cover against the domain document of the estate. A row is confirmed when everything that it expects (an operation, a message, a field, an entry) is there, in something that claims the row; it is claimed when only a part is there, or when nothing in an estate could confirm it. Gaps do not fail the run unless asked; wrong claims do.',
  arguments: [
    { name: 'directory', brief: 'Directory of the contracts; the configured one unless given', optional: true },
  ],
  flags: {
    area: { kind: 'text', brief: 'Only this area, with everything that is missing', placeholder: 'ID' },
    uncovered: { kind: 'switch', brief: 'List only rows that nothing covers' },
    'fail-on-gaps': { kind: 'switch', brief: 'Fail where a row is uncovered or an expectation is not met' },
    format: { kind: 'choice', brief: 'How to print the result', choices: ['text', 'json'], default: 'text' },
  },
  examples: [
    { line: 'countersign coverage', does: 'counts all requirements' },
    { line: 'countersign coverage --area D4', does: 'shows what is missing in one area' },
    { line: 'countersign coverage --area D4 --fail-on-gaps', does: 'keeps an area complete, in CI' },
  ],
  output: 'coverage',
  async run([directory], { area, uncovered, 'fail-on-gaps': failOnGaps, format }, context) {
    const { dayOf, evidenceOf, openWorkspace, relocated } = await import('./workspace.ts');
    const { knownRules } = await import('./rules.ts');
    const { edgesOf } = await import('../graph/index.ts');
    const { coverageOf, gapsOf, inspectCoverage } = await import('../coverage/index.ts');
    const { applyWaivers } = await import('../lifecycle/index.ts');
    const { compareFindings } = await import('../model/index.ts');
    const { coverageDocument } = await import('./coverage.output.ts');
    const workspace = await openWorkspace(directory, context);
    const { estate, prefix } = workspace;
    requireDomain(workspace);
    const edges = edgesOf(estate, await evidenceOf(workspace, context));
    const areas = coverageOf(estate, edges, await knownRules(context));
    const chosen = area === undefined ? areas : areas.filter(({ id }) => id === area);
    if (chosen.length === 0) {
      throw new UsageError(`there is no area "${area}"; there are ${areas.map(({ id }) => id).join(', ')}`);
    }

    // Waivers of other rules were granted for checks that do not run here.
    const isOurs = (rule: string) => rule.startsWith('coverage/');
    const waivers = estate.waivers.filter(({ value }) => isOurs(value.rule));
    const claims = applyWaivers(inspectCoverage(estate, edges), waivers, dayOf(undefined, context), () => true);
    const wrong = relocated(claims.findings, prefix).sort(compareFindings);
    const gaps = relocated(gapsOf(chosen), prefix);
    const document = coverageDocument(chosen, [...wrong, ...gaps], row => !(uncovered && row.covered));
    const exitCode = exitCodeOf(workspace, wrong.length > 0 || (failOnGaps && gaps.length > 0), context);
    if (format === 'text') return { text: await coverageText(document, area !== undefined, context), exitCode };
    const { safeJson } = await import('../format/index.ts');
    return { text: safeJson(document), exitCode };
  },
});

function requireDomain({ estate, prefix }: Workspace): void {
  if (estate.domains.length > 0) return;
  const broken = [...estate.files.values()].find(({ text }) => /^countersign:\s*["']?domain\b/m.test(text));
  throw new UsageError(
    broken
      ? `the requirements in ${prefix}${broken.path} cannot be read; "countersign check" says what is wrong with them`
      : `the estate has no document of its requirements; write ${prefix}domain.yaml with "countersign: domain" as docs/coverage.md shows, and name its rows in "covers" of contracts, systems and consumers`,
  );
}

/** A contract that could not be read may be the one that covers what seems uncovered. */
function exitCodeOf({ estate }: Workspace, isFailure: boolean, context: Context): Outcome['exitCode'] {
  if (isFailure) return 1;
  const unread = estate.findings.filter(({ severity }) => severity === 'error');
  if (unread.length === 0) return 0;
  context.note(`${unread.length} errors in reading the estate may hide content; "countersign check" lists them`);
  return 3;
}

type CoverageDocument = import('./coverage.output.ts').CoverageDocument;
type Row = CoverageDocument['ids'][number];

/** Missing expectations listed for each row, unless an area was chosen. */
const MOST_MISSING = 3;

async function coverageText(document: CoverageDocument, isDetailed: boolean, context: Context): Promise<string> {
  const { align, cut, fold, pad, widthOf } = await import('../format/columns.ts');
  const { styleFor } = await import('../format/style.ts');
  const { plain } = await import('../format/untrusted.ts');
  const style = styleFor(context.color);
  const width = context.width ?? 100;
  const { ids, summary, findings } = document;

  const head = ['area', '', 'rows', 'confirmed', 'claimed', 'uncovered'];
  const sums = summary.areas.length > 1 ? [{ id: 'all', title: '', ...summary }] : [];
  const cells = [...summary.areas, ...sums].map(area => [
    area.id,
    cut(plain(area.title), 40),
    ...[area.rows, area.confirmed, area.covered - area.confirmed, area.uncovered].map(String),
  ]);
  const [heading, ...table] = align([head, ...cells], [2, 3, 4, 5]);

  const paint = { '✔': style.green, '~': style.yellow, '✘': style.red };
  const idWidth = Math.max(0, ...ids.map(({ id }) => widthOf(id)));
  const titleWidth = Math.min(Math.max(0, ...ids.map(({ title }) => widthOf(plain(title)))), width - idWidth - 20);
  const detail = (label: string, text: string) => {
    const indent = 4 + idWidth + 2;
    return fold(plain(text), width - indent - 9).map((line, at) => {
      return `${' '.repeat(indent)}${style.dim(`${pad(at === 0 ? label : '', 9)}${line}`)}`;
    });
  };
  const rowLines = (row: Row) => {
    const mark = row.confirmed ? '✔' : row.covered ? '~' : '✘';
    const title = pad(cut(plain(row.title), titleWidth), titleWidth);
    const met = row.expects.length - row.missing.length;
    const share = row.unchecked === undefined ? `${met} of ${row.expects.length}` : 'not checked';
    const missing = isDetailed ? row.missing : row.covered ? row.missing.slice(0, MOST_MISSING) : [];
    const more = row.covered && !isDetailed ? row.missing.length - missing.length : 0;
    return [
      `  ${paint[mark](mark)} ${pad(row.id, idWidth)}  ${title}  ${share}`,
      ...missing.flatMap(text => detail(row.covered ? 'missing' : 'expects', text)),
      ...(more > 0 ? detail('', `and ${more} more`) : []),
      ...(isDetailed && row.unchecked !== undefined ? detail('proof', row.unchecked) : []),
    ];
  };
  const sections = summary.areas.flatMap(area => {
    const rows = ids.filter(row => row.area === area.id);
    return rows.length === 0 ? [] : [['', style.bold(`${area.id}  ${plain(area.title)}`), ...rows.flatMap(rowLines)]];
  });

  const wrong = findings.filter(({ level }) => level === 'error');
  const faults = wrong.flatMap(({ rule, message, place }) => [
    '',
    `${style.red('✖ error')}  ${style.bold(plain(rule))}`,
    ...fold(plain(message), width - 4).map(line => `    ${line}`),
    `    ${style.dim(plain(`${place.file}:${place.line}:${place.column}`))}`,
  ]);
  const legend = [
    '✔ everything it expects is there',
    '~ claimed, but not all of it is there or can be checked',
    '✘ nothing covers it',
  ].map(style.dim);
  const lines = [style.bold(heading!), ...table, ...sections.flat(), '', ...legend, ...faults];
  return `${lines.join('\n')}\n`;
}
