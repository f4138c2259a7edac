import { defineCommand } from './command.ts';
import { cacheFlag } from './finding-flags.ts';

/** What `check` finds and the catalog knows, drawn for people who read no YAML. */
export const report = defineCommand({
  name: 'report',
  summary: 'Write one page about the estate, to be read and forwarded',
  description:
    'Inspects the estate as check does and writes what it knows as one self-contained page: contracts, dependencies, deprecations, systems, consumers, mappings, workflows, findings, waivers, and what is not known. With --base the page also says what the change since then breaks. Writing it succeeds whatever was found; let check decide.',
  arguments: [
    { name: 'directory', brief: 'Directory of the contracts; the configured one unless given', optional: true },
  ],
  flags: {
    format: { kind: 'choice', brief: 'What to write', choices: ['html', 'markdown'], default: 'html' },
    base: { kind: 'text', brief: 'Compare with this git revision or directory', placeholder: 'REF|DIR' },
    'as-of': { kind: 'text', brief: 'Look at dates as if it were this day (UTC)', placeholder: 'YYYY-MM-DD' },
    ...cacheFlag,
  },
  examples: [
    { line: 'countersign report --output estate.html', does: 'writes the page' },
    { line: 'countersign report --base origin/main --output review.html', does: 'for the review of a branch' },
    { line: 'countersign report --format markdown', does: 'for a wiki' },
  ],
  async run([directory], { format, base, 'as-of': asOf, 'no-cache': isUncached }, context) {
    const { prepareSecondThread } = await import('./second-thread.ts');
    const { openCache } = await import('./result-cache.ts');
    const cache = await openCache(isUncached, context);
    const secondThread = prepareSecondThread({ isNeeded: cache.isEmpty });
    const { dayOf, evidenceOf, openConfigured, openState, relocated, relocatedEdge } = await import('./workspace.ts');
    const { verdictOf } = await import('./findings.ts');
    const { loadConfig } = await import('../load/config.ts');
    const { beginRulesets } = await import('./rulesets.ts');
    const config = await loadConfig(context.cwd);
    const rulesets = beginRulesets(config, context.home, cache, secondThread.openRuleset);
    const { inspect } = await import('./inspection.ts');
    const { estateMarkdown, estatePage, estateView } = await import('../report/index.ts');
    const workspace = await openConfigured(config, directory, context);
    const { estate, prefix } = workspace;
    const earlier = base === undefined ? undefined : await openState(base, workspace, context);
    const today = dayOf(asOf, context);
    const evidence = await evidenceOf(workspace, context);
    const inspection = await inspect(estate, {
      config,
      rulesets,
      today,
      evidence,
      base: earlier?.estate,
      secondThread,
      cache,
    });
    await cache.save();
    const { comparison } = inspection;
    const view = estateView({
      estate,
      findings: relocated(inspection.findings, prefix),
      waived: inspection.waived,
      verdict: verdictOf(inspection.findings, 'error', inspection.incomplete || estate.contracts.length === 0),
      edges: inspection.edges.map(edge => relocatedEdge(edge, prefix)),
      deprecations: inspection.deprecations,
      evidence,
      counts: inspection.counts,
      comparison: comparison && earlier && { ...comparison, base: earlier.estate.label },
      today,
      generator: `Countersign ${context.version}`,
    });
    return { text: format === 'markdown' ? estateMarkdown(view) : estatePage(view), exitCode: 0 };
  },
});
