import type { FindingsReport } from '../format/index.ts';
import type { ContractKind } from '../model/index.ts';
import { defineCommand } from './command.ts';
import { baselineFlags, cacheFlag, findingFlags } from './finding-flags.ts';
import type { Inspection } from './inspection.ts';
import type { Workspace } from './workspace.ts';

/** The main job: may this change land? */
export const check = defineCommand({
  name: 'check',
  summary: 'Check every contract of an estate, and what a change would break',
  description:
    'Loads the estate, validates its documents, lints them against the policies, checks examples, mappings, pacts, dates, waivers and claims of coverage, and derives the graph. With --base it also compares with an earlier state and names who would be hit.',
  arguments: [
    { name: 'directory', brief: 'Directory of the contracts; the configured one unless given', optional: true },
  ],
  flags: {
    config: {
      kind: 'text',
      brief: 'Use this configuration instead of the nearest countersign.yaml',
      placeholder: 'FILE',
    },
    base: { kind: 'text', brief: 'Compare with this git revision or directory', placeholder: 'REF|DIR' },
    ...findingFlags,
    ...baselineFlags,
    ...cacheFlag,
  },
  examples: [
    { line: 'countersign check', does: 'checks the configured estate' },
    { line: 'countersign check --base origin/main', does: 'also says what this branch breaks' },
    { line: 'countersign check --config countersign.public.yaml', does: 'holds the estate against other rulesets' },
    {
      line: 'countersign check --baseline baseline.json --write-baseline',
      does: 'adopts the gate: tolerates what is found today, and from then on only less',
    },
    { line: 'countersign check --format sarif --output results.sarif', does: 'for code scanning' },
    {
      line: 'countersign check --format github --also sarif=results.sarif,markdown=verdict.md',
      does: 'for a pipeline: annotations, and two files of the same run',
    },
  ],
  output: 'findings',
  async run([directory], flags, context) {
    const { prepareSecondThread } = await import('./second-thread.ts');
    const { openCache } = await import('./result-cache.ts');
    const cache = await openCache(flags['no-cache'], context);
    const secondThread = prepareSecondThread({ isNeeded: cache.isEmpty });
    const { dayOf, evidenceOf, openConfigured, openState, relocated, textOf } = await import('./workspace.ts');
    const { furtherFiles, renderFindings, rulesOf, verdictOf } = await import('./findings.ts');
    // A mistake in it is told before the work, not after it.
    furtherFiles(flags.also);
    const { loadConfig } = await import('../load/config.ts');
    const { beginRulesets } = await import('./rulesets.ts');
    const config = await loadConfig(context.cwd, flags.config);
    const rulesets = beginRulesets(config, context.home, cache, secondThread.openRuleset);
    const { inspect } = await import('./inspection.ts');
    const { allRules } = await import('./rules.ts');
    const { gate, openBaseline } = await import('./baseline.ts');
    const workspace = await openConfigured(config, directory, context);
    const listed = await openBaseline(flags, workspace.config, context);
    const base = flags.base === undefined ? undefined : await openState(flags.base, workspace, context);
    const inspection = await inspect(workspace.estate, {
      config,
      rulesets,
      today: dayOf(flags['as-of'], context),
      apart: flags.config !== undefined,
      evidence: await evidenceOf(workspace, context),
      base: base?.estate,
      secondThread,
      cache,
    });
    await cache.save();
    const isOtherDay = flags['as-of'] !== undefined;
    const gated = await gate(
      {
        findings: relocated(inspection.findings, workspace.prefix),
        waived: inspection.waived,
        isGone: inspection.isGone,
        // On another day other dates have passed: what is not found then is not gone.
        ran: rule => inspection.ran(rule) && !(isOtherDay && rule.startsWith('lifecycle/')),
      },
      listed,
      flags,
      context,
    );
    const { findings, baseline } = gated;
    const textOfEstate = textOf(workspace);
    const report: FindingsReport = {
      title: titleOf(flags.base, flags.baseline),
      toolVersion: context.version,
      verdict: verdictOf(findings, flags['fail-on'], inspection.incomplete || workspace.estate.contracts.length === 0),
      failOn: flags['fail-on'],
      findings,
      waived: inspection.waived.map(({ finding, waiver }) => ({
        finding: relocated([finding], workspace.prefix)[0]!,
        waiver,
      })),
      baseline,
      looked: lookedAt(workspace, inspection),
      rules: rulesOf(
        [...findings, ...inspection.waived.map(({ finding }) => finding), ...(baseline?.tolerated ?? [])],
        [...allRules, ...inspection.rules],
        workspace.config.config.rulePages,
      ),
      textOf: file => gated.textOf(file) ?? textOfEstate(file),
    };
    return renderFindings(report, flags.format, context, flags);
  },
});

function titleOf(base: string | undefined, baseline: string | undefined): string {
  const flags = Object.entries({ base, baseline }).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name} ${value}`],
  );
  return ['countersign check', ...flags].join(' ');
}

/** What was looked at, in numbers that were counted and not assumed. */
function lookedAt({ estate }: Workspace, inspection: Inspection): FindingsReport['looked'] {
  const { edges, deprecations, comparison, counts } = inspection;
  const { systems, consumers, teams } = estate;
  const entries = [some(systems, 'system'), some(consumers, 'consumer'), some(teams, 'team')].join(', ');
  const known = tally(edges.map(edge => edge.known)).map(([how, count]) => `${count} ${how}`);
  const kinds = tally(estate.contracts.map(({ kind }) => kind)).map(([kind, count]) => plural(count, NOUNS[kind]));
  const dates = deprecations.map(describeDeprecation);
  return [
    { label: 'contracts', value: estate.contracts.length, detail: kinds.join(', ') },
    { label: 'entries', value: systems.length + consumers.length + teams.length, detail: entries },
    {
      label: 'policies',
      value: counts.policies,
      detail: `${counts.policyRules} of ${plural(counts.rules, 'lint rule')} in force, ${counts.policies - counts.policyRules} across contracts`,
    },
    { label: 'examples', value: counts.examples, detail: 'held against their schemas' },
    { label: 'layouts', value: estate.layouts.length, detail: `${plural(counts.exampleFiles, 'example file')} read` },
    { label: 'mappings', value: estate.mappings.length, detail: `${plural(counts.mappingTests, 'test')} run` },
    {
      label: 'pacts',
      value: estate.pacts.length,
      detail: `${plural(counts.interactions, 'interaction')} held against the contracts`,
    },
    { label: 'edges', value: edges.length, detail: known.join(', ') },
    { label: 'deprecations', value: deprecations.length, ...(dates.length > 0 ? { detail: dates.join('; ') } : {}) },
    { label: 'waivers', value: estate.waivers.length },
    ...(comparison ? [comparedWith(comparison)] : []),
  ];
}

function comparedWith({ compared, changes }: NonNullable<Inspection['comparison']>) {
  return { label: 'compared', value: compared.length, detail: `${plural(changes.length, 'change')} that can hurt` };
}

function describeDeprecation({ id, until, daysLeft, consumers }: Inspection['deprecations'][number]): string {
  if (until === undefined) return `${id} without a sunset`;
  return `${id} until ${until} (${plural(daysLeft ?? 0, 'day')}, ${some(consumers, 'consumer')} left)`;
}

const NOUNS: Readonly<Record<ContractKind, string>> = {
  api: 'API',
  event: 'event API',
  schema: 'schema',
  file: 'file layout',
  mapping: 'mapping',
  workflow: 'workflow',
};

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function some(things: readonly unknown[], noun: string): string {
  return plural(things.length, noun);
}

/** How often each value occurs, in the order of first appearance. */
function tally<T>(values: readonly T[]): [T, number][] {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts];
}
