import type { MockDescription, MockPlan } from '../mock/index.ts';
import { type Context, defineCommand, UsageError } from './command.ts';
import type { Workspace } from './workspace.ts';

export const mock = defineCommand({
  name: 'mock',
  summary: 'Serve a system or a contract on localhost',
  description:
    'Answers with the examples of the contracts, validates every request against them, and behaves like the product where its mock definition says how: CSRF tokens, ETags, error bodies. Runs until it is interrupted. --describe prints what it does, and what of that is verified or modelled.',
  arguments: [{ name: 'target', brief: 'System or contract, e.g. sap-s4hana or suppliers@2' }],
  flags: {
    port: { kind: 'number', brief: 'Port to listen on; 0 takes any free one', placeholder: 'PORT', default: 4010 },
    host: { kind: 'text', brief: 'Address to listen on', placeholder: 'ADDRESS', default: '127.0.0.1' },
    describe: { kind: 'switch', brief: 'Print what the mock does instead of serving it' },
    format: { kind: 'choice', brief: 'How to print the description', choices: ['text', 'json'], default: 'text' },
  },
  examples: [
    { line: 'countersign mock sap-s4hana', does: 'serves SAP S/4HANA on port 4010' },
    { line: 'countersign mock sap-s4hana --describe', does: 'says what the mock does, and how that is known' },
  ],
  output: 'mock-describe',
  async run([target], { port, host, describe, format }, context) {
    const { openWorkspace } = await import('./workspace.ts');
    const { describeMock, serveMock } = await import('../mock/index.ts');
    if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new UsageError(`--port takes 0 to 65535`);
    const workspace = await openWorkspace(undefined, context);
    const plan = await planFor(workspace, target!, context);
    if (describe) {
      const description = describeMock(plan);
      const { revealed, safeJson } = await import('../format/index.ts');
      const lines = () => describeText(description).split('\n').map(revealed).join('\n');
      return { text: format === 'json' ? safeJson(description) : lines(), exitCode: 0 };
    }
    const interrupted = context.interrupted();
    const running = await serveMock(plan, { port, host });
    for (const { id } of plan.contracts) context.note(`${id}  ${running.urlOf(id)}`);
    context.note('Press Ctrl-C to stop.');
    await new Promise<void>(resolve => interrupted.addEventListener('abort', () => resolve(), { once: true }));
    const answered = running.journal().length;
    await running.close();
    return { text: `answered ${answered} requests\n`, exitCode: 0 };
  },
});

/** The plan for a system or contract, with the mock definitions of the configuration. */
export async function planFor(workspace: Workspace, target: string, context: Context): Promise<MockPlan> {
  const { existsSync } = await import('node:fs');
  const { join } = await import('node:path');
  const { planMock, readMocks } = await import('../mock/index.ts');
  const { snapshotOfDirectory } = await import('../load/index.ts');
  const { config, root, file } = workspace.config;
  // Without a configuration, the definitions that come with the program.
  const directory = file === undefined ? join(context.home, 'mocks') : join(root, config.mocks ?? 'mocks');
  const mocks = existsSync(directory) ? readMocks(await snapshotOfDirectory(directory)) : undefined;
  const plan = planMock(workspace.estate, target, mocks);
  if ('error' in plan) throw new UsageError(plan.error);
  return plan;
}

function describeText({ target, title, operations, behaviours, states }: MockDescription): string {
  const list = (heading: string, lines: readonly string[]) => (lines.length === 0 ? [] : ['', heading, ...lines]);
  const served = operations.map(({ method, paths, id, deprecated }) => {
    const remark = deprecated ? ', deprecated' : '';
    return `  ${method.padEnd(6)} ${paths.join(' or ')}  (${id}${remark})`;
  });
  const known = behaviours.flatMap(({ statement, status, source }) => [
    `  ${status.padEnd(8)}  ${statement}`,
    ...(source === undefined ? [] : [`            Source: ${source}`]),
  ]);
  const lines = [
    `${target}  ${title}`,
    ...list('Operations', served),
    ...list('Behaviour', known),
    ...list(
      'Provider states',
      states.map(state => `  ${state}`),
    ),
  ];
  return `${lines.join('\n')}\n`;
}
