import type { FindingsReport } from '../format/index.ts';
import { defineCommand } from './command.ts';
import { findingFlags } from './finding-flags.ts';
import type { Inspection } from './inspection.ts';
import type { Workspace } from './workspace.ts';

/** The main job: may this change land? */
export const check = defineCommand({
  name: 'check',
  summary: 'Check every contract of an estate, and what a change would break',
  description:
    'Loads the estate, validates its documents, lints them against the policies, checks examples, mappings, pacts, dates and waivers, and derives the graph. With --base it also compares with an earlier state and names who would be hit.',
  arguments: [
    { name: 'directory', brief: 'Directory of the contracts; the configured one unless given', optional: true },
  ],
  flags: {
    base: { kind: 'text', brief: 'Compare with this git revision or directory', placeholder: 'REF|DIR' },
    ...findingFlags,
  },
  examples: [
    { line: 'countersign check', does: 'checks the configured estate' },
    { line: 'countersign check --base origin/main', does: 'also says what this branch breaks' },
    { line: 'countersign check --format sarif --output results.sarif', does: 'for code scanning' },
  ],
  output: 'findings',
  async run([directory], flags, context) {
    const { dayOf, evidenceOf, openState, openWorkspace, relocated, textOf } = await import('./workspace.ts');
    const { renderFindings, rulesOf, verdictOf } = await import('./findings.ts');
    const { inspect } = await import('./inspection.ts');
    const { allRules } = await import('./rules.ts');
    const workspace = await openWorkspace(directory, context);
    const base = flags.base === undefined ? undefined : await openState(flags.base, workspace, context);
    const inspection = await inspect(workspace.estate, {
      config: workspace.config,
      home: context.home,
      today: dayOf(flags['as-of'], context),
      evidence: await evidenceOf(workspace, context),
      base: base?.estate,
    });
    const findings = relocated(inspection.findings, workspace.prefix);
    const report: FindingsReport = {
      title: `countersign check${flags.base === undefined ? '' : ` --base ${flags.base}`}`,
      toolVersion: context.version,
      verdict: verdictOf(findings, flags['fail-on'], inspection.incomplete || workspace.estate.contracts.length === 0),
      failOn: flags['fail-on'],
      findings,
      waived: inspection.waived.map(({ finding, waiver }) => ({
        finding: relocated([finding], workspace.prefix)[0]!,
        waiver,
      })),
      looked: lookedAt(workspace, inspection),
      rules: rulesOf(findings, [...allRules, ...inspection.rules]),
      textOf: textOf(workspace),
    };
    return renderFindings(report, flags.format, context);
  },
});

/** What was looked at, in numbers that were counted and not assumed. */
function lookedAt(
  { estate }: Workspace,
  { edges, deprecations, comparison, counts }: Inspection,
): FindingsReport['looked'] {
  const kinds = tally(estate.contracts.map(({ kind }) => KIND_NOUNS[kind]));
  const known = tally(edges.map(edge => edge.known));
  const dates = deprecations.map(({ id, until, daysLeft, consumers }) =>
    until === undefined
      ? `${id} without a sunset`
      : `${id} until ${until} (${daysLeft} days, ${consumers.length} consumers left)`,
  );
  return [
    { label: 'contracts', value: estate.contracts.length, detail: kinds },
    {
      label: 'entries',
      value: estate.systems.length + estate.consumers.length + estate.teams.length,
      detail: `${estate.systems.length} systems, ${estate.consumers.length} consumers, ${estate.teams.length} teams`,
    },
    { label: 'policies', value: counts.policies, detail: 'lint rules in force' },
    { label: 'examples', value: counts.examples, detail: 'held against their schemas' },
    { label: 'mappings', value: estate.mappings.length, detail: `${counts.mappingTests} tests run` },
    {
      label: 'pacts',
      value: estate.pacts.length,
      detail: `${counts.interactions} interactions held against the contracts`,
    },
    { label: 'edges', value: edges.length, detail: known },
    { label: 'deprecations', value: deprecations.length, ...(dates.length > 0 ? { detail: dates.join('; ') } : {}) },
    { label: 'waivers', value: estate.waivers.length },
    ...(comparison
      ? [
          {
            label: 'compared',
            value: comparison.compared.length,
            detail: `${comparison.changes.length} changes that can hurt`,
          },
        ]
      : []),
  ];
}

const KIND_NOUNS = {
  api: 'API',
  event: 'event API',
  schema: 'schema',
  file: 'file layout',
  mapping: 'mapping',
  workflow: 'workflow',
};

/** `3 API, 2 schema`, in the order of first appearance. */
function tally(values: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].map(([value, count]) => `${count} ${value}`).join(', ');
}
