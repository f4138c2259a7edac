import type { RunningMock } from '../mock/index.ts';
import type { Evidence, PactFile } from '../model/index.ts';
import type { InteractionOutcome } from '../verify/pact-provider.ts';
import { type Context, defineCommand, UsageError } from './command.ts';
import { findingFlags } from './finding-flags.ts';
import type { Workspace } from './workspace.ts';

export const verify = defineCommand({
  name: 'verify',
  summary: 'Run the pacts of the consumers against a provider, or against our mocks',
  description:
    'Replays every interaction with the Pact verifier. Without --url each provider is a mock of its contract, so that a pact which no implementation of the contract can satisfy is found before one exists. Messages are produced from the examples of the event contract.',
  arguments: [
    {
      name: 'pacts',
      brief: 'Only those of this consumer or provider, e.g. ap-automation or suppliers@2',
      optional: true,
    },
  ],
  flags: {
    url: { kind: 'text', brief: 'Address of the running provider, with its base path', placeholder: 'URL' },
    record: { kind: 'switch', brief: 'Keep the results as evidence in .countersign/ledger.jsonl' },
    ...findingFlags,
  },
  examples: [
    { line: 'countersign verify', does: 'runs all pacts against mocks of the contracts' },
    {
      line: 'countersign verify suppliers@2 --url http://localhost:8080/suppliers/v2',
      does: 'runs those of one provider against it',
    },
  ],
  output: 'findings',
  async run([wanted], flags, context) {
    const { openWorkspace, relocated, textOf } = await import('./workspace.ts');
    const { renderFindings, rulesOf, verdictOf } = await import('./findings.ts');
    const { verifyProvider, exampleOf } = await import('../verify/pact-provider.ts');
    const { allRules } = await import('./rules.ts');
    const workspace = await openWorkspace(undefined, context);
    const { estate, prefix } = workspace;
    const pacts = choosePacts(estate.pacts, wanted, flags.url);
    if (flags.url !== undefined && !URL.canParse(flags.url)) throw new UsageError(`"${flags.url}" is no URL`);

    const mocks =
      flags.url === undefined ? await serveProviders(workspace, pacts, context) : new Map<string, RunningMock>();
    try {
      const { outcomes, findings } = await verifyProvider(estate, {
        pacts,
        baseUrl: ({ provider }) => flags.url ?? mocks.get(provider)?.urlOf(`api:${provider}`),
        onStates: (states, { provider }) => mocks.get(provider)?.setStates(states.map(({ name }) => name)),
        produce: exampleOf,
      });
      if (flags.record) await record(workspace, pacts, outcomes, flags.url ?? 'mock', context);
      const failed = outcomes.filter(({ success }) => !success).length;
      const printed = relocated(findings, prefix);
      const looked = [
        { label: 'pacts', value: pacts.length },
        {
          label: 'interactions',
          value: outcomes.length,
          detail: `${outcomes.length - failed} passed, ${failed} failed`,
        },
      ];
      return renderFindings(
        {
          title: `countersign verify${wanted === undefined ? '' : ` ${wanted}`}`,
          toolVersion: context.version,
          // Where nothing was run, nothing is known.
          verdict: verdictOf(printed, flags['fail-on'], outcomes.length === 0),
          failOn: flags['fail-on'],
          findings: printed,
          waived: [],
          looked,
          rules: rulesOf(printed, allRules),
          textOf: textOf(workspace),
        },
        flags.format,
        context,
        flags,
      );
    } finally {
      await Promise.all([...mocks.values()].map(running => running.close()));
    }
  },
});

/** The pacts to run: all, or those that have the wanted consumer or provider. */
function choosePacts(pacts: readonly PactFile[], wanted: string | undefined, url: string | undefined): PactFile[] {
  const name = wanted?.replace(/^(consumer|api|event):/, '');
  const chosen = pacts.filter(pact => name === undefined || pact.consumer === name || pact.provider === name);
  if (chosen.length === 0) {
    const known = [...new Set(pacts.flatMap(({ consumer, provider }) => [consumer, provider]))].sort();
    throw new UsageError(`no pact has the consumer or provider "${wanted}"; there are ${known.join(', ')}`);
  }
  const providers = [...new Set(chosen.map(({ provider }) => provider))];
  if (url !== undefined && providers.length > 1) {
    throw new UsageError(`--url is one provider, but these pacts have ${providers.join(', ')}: name one of them`);
  }
  return chosen;
}

/** A mock for each provider that has HTTP interactions. */
async function serveProviders(workspace: Workspace, pacts: readonly PactFile[], context: Context) {
  const { serveMock } = await import('../mock/index.ts');
  const { contractById } = await import('../load/index.ts');
  const { planFor } = await import('./mock.ts');
  const running = new Map<string, RunningMock>();
  for (const provider of new Set(pacts.map(pact => pact.provider))) {
    if (!contractById(workspace.estate, `api:${provider}`)) continue;
    const plan = await planFor(workspace, `api:${provider}`, context);
    running.set(provider, await serveMock(plan, { port: 0 }));
  }
  return running;
}

/** One piece of evidence for each pact that was run. */
async function record(
  { config }: Workspace,
  pacts: readonly PactFile[],
  outcomes: readonly InteractionOutcome[],
  target: string,
  { now, note }: Context,
): Promise<void> {
  const { mkdir } = await import('node:fs/promises');
  const { dirname } = await import('node:path');
  const { appendEvidence } = await import('../ledger/index.ts');
  const { contentHash, contractOf } = await import('../model/index.ts');
  const { ledgerFile } = await import('./workspace.ts');
  const evidence: Evidence[] = pacts.flatMap(({ consumer, provider, file, document }) => {
    const own = outcomes.filter(({ pact }) => pact === file.path);
    if (own.length === 0) return [];
    const passed = own.flatMap(({ success, target: id }) => (success && id !== undefined ? [id] : []));
    return [
      {
        type: 'verification',
        at: now.toISOString(),
        consumer: `consumer:${consumer}`,
        provider: contractOf(passed[0] ?? `api:${provider}`),
        pact: contentHash(document),
        target,
        success: own.every(({ success }) => success),
        verified: [...new Set(passed)],
      },
    ];
  });
  const ledger = ledgerFile(config);
  await mkdir(dirname(ledger), { recursive: true });
  const entries = await appendEvidence(ledger, evidence);
  note(`recorded ${entries.length} verifications in ${ledger}`);
}
