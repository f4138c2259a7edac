import { defineCommand } from './command.ts';
import { findingFlags } from './finding-flags.ts';

export const diff = defineCommand({
  name: 'diff',
  summary: 'Say what the step from one state of the contracts to another breaks',
  description:
    'Compares two states, each a git revision, a directory or a single document, and prints what breaks consumers, what may, and what is offered in addition, with the consumers that are known to be hit. The second state is the configured estate unless it is given.',
  arguments: [
    { name: 'base', brief: 'Earlier state: git revision, directory or document' },
    { name: 'revision', brief: 'Later state; the configured estate unless given', optional: true },
  ],
  flags: { ...findingFlags },
  examples: [
    { line: 'countersign diff main', does: 'compares the working tree with the branch main' },
    { line: 'countersign diff HEAD~1 HEAD', does: 'compares a commit with the one before' },
    {
      line: 'countersign diff old/contracts new/contracts --format json',
      does: 'compares two directories, for a script',
    },
    {
      line: 'countersign diff old.yaml new.yaml',
      does: 'compares two documents, whether or not they are in an estate',
    },
  ],
  output: 'diff',
  async run([base, revision], flags, context) {
    const { dayOf, openFreeState, openState, openWorkspace, evidenceOf, noticeDaysOf, relocated, textOf } =
      await import('./workspace.ts');
    const { EXIT_CODES, renderFindings, rulesOf, verdictOf } = await import('./findings.ts');
    const { changeFindings, compare, compatRules } = await import('../compat/index.ts');
    const { edgesOf } = await import('../graph/index.ts');
    const { compareFindings } = await import('../model/index.ts');
    const { loadConfig } = await import('../load/index.ts');
    const free = revision === undefined ? undefined : await openFreeState(revision, context);
    const freeBase = free && (await openFreeState(base!, context));
    // Two states that are there by themselves need no estate around them.
    const workspace = freeBase ? undefined : await openWorkspace(undefined, context);
    const earlier = freeBase ?? (await openState(base!, workspace!, context));
    const later = free ?? (revision === undefined ? workspace! : await openState(revision, workspace!, context));
    const { estate: before } = earlier;
    const { estate: after, prefix } = later;
    const config = workspace?.config ?? (await loadConfig(context.cwd));
    const comparison = await compare(before, after, {
      today: dayOf(flags['as-of'], context),
      noticeDays: earlier.isDocument ? 0 : noticeDaysOf(config),
    });
    // What is gone is used by those who used it before.
    const evidence = workspace ? await evidenceOf(workspace, context) : [];
    const edges = [...edgesOf(after, evidence), ...edgesOf(before, evidence)];
    const findings = relocated(changeFindings(comparison, edges), prefix).sort(compareFindings);
    const verdict = verdictOf(findings, flags['fail-on'], comparison.unproven.length > 0);
    if (flags.format === 'json') {
      const { diffDocument } = await import('./diff.output.ts');
      const document = diffDocument(before.label, after.label, comparison, edges, prefix);
      const { safeJson } = await import('../format/index.ts');
      return { text: safeJson(document), exitCode: EXIT_CODES[verdict] };
    }
    const title = `countersign diff ${[base, revision].filter(part => part !== undefined).join(' ')}`;
    const hurting = comparison.changes.filter(({ severity }) => severity !== 'info').length;
    const looked = [
      { label: 'compared', value: comparison.compared.length, detail: 'contracts that both states have' },
      { label: 'changes', value: comparison.changes.length, detail: `${hurting} of them can hurt a consumer` },
    ];
    return renderFindings(
      {
        title,
        toolVersion: context.version,
        verdict,
        failOn: flags['fail-on'],
        findings,
        waived: [],
        looked,
        rules: rulesOf(findings, compatRules),
        textOf: textOf({ estate: after, prefix }),
      },
      flags.format,
      context,
      flags,
    );
  },
});
