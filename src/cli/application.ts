/** Commands as a Stricli application: argv in, the outcome's text and exit code out. Nothing is decided here. */
import { type Application, buildApplication, buildCommand, buildRouteMap, type CommandContext } from '@stricli/core';
import type { Command, Context, Flag } from '../commands/command.ts';

export interface Surroundings {
  readonly context: Context;
  readonly print: (text: string) => Promise<void>;
  readonly save: (file: string, text: string) => Promise<void>;
  readonly complain: (text: string) => void;
}

export interface CliApplication {
  readonly application: Application<CommandContext>;
  /** Exit code of the command that ran; undefined where none did. */
  readonly outcome: () => number | undefined;
}

export function applicationOf(
  commands: readonly Command[],
  groups: Readonly<Record<string, string>>,
  version: string,
  surroundings: Surroundings,
): CliApplication {
  let exitCode: number | undefined;
  const perform = async (command: Command, args: readonly string[], flags: Readonly<Record<string, unknown>>) => {
    exitCode = await runCommand(command, args, flags, surroundings);
  };
  const built = (command: Command) => buildStricliCommand(command, perform);
  const top = commands
    .filter(({ name }) => !name.includes(' ') && !(name in groups))
    .map(command => [command.name, built(command)] as const);
  const nested = Object.entries(groups).map(([group, brief]) => {
    const members = commands.filter(({ name }) => name.startsWith(`${group} `));
    const routes = Object.fromEntries(members.map(command => [command.name.slice(group.length + 1), built(command)]));
    // A group that is a command as well: what names no member is the command's first argument.
    const own = commands.find(({ name }) => name === group);
    if (!own) return [group, buildRouteMap({ routes, docs: { brief } })] as const;
    const defaultCommand = own.arguments[0]?.name ?? group;
    const all = { [defaultCommand]: built(own), ...routes };
    return [group, buildRouteMap({ routes: all, defaultCommand, docs: { brief } })] as const;
  });
  const root = buildRouteMap({
    routes: Object.fromEntries([...top, ...nested]),
    docs: { brief: 'Governance and contract tests for healthcare procure-to-pay integrations' },
  });
  const application = buildApplication(root, {
    name: 'countersign',
    versionInfo: { currentVersion: version },
    scanner: { caseStyle: 'original' },
    documentation: { disableAnsiColor: !surroundings.context.color, onlyRequiredInUsageLine: true },
  });
  return { application, outcome: () => exitCode };
}

/** 2 for what the user can mend, 70 (EX_SOFTWARE of sysexits) for what we must. */
async function runCommand(
  command: Command,
  args: readonly string[],
  { output, ...flags }: Readonly<Record<string, unknown>>,
  { context, print, save, complain }: Surroundings,
): Promise<number> {
  try {
    const outcome = await command.run(args, flags as never, context);
    if (typeof output === 'string') await save(output, outcome.text);
    else await print(outcome.text);
    for (const [file, text] of outcome.files ?? []) await save(file, text);
    return outcome.exitCode;
  } catch (error) {
    if (error instanceof Error && (error.name === 'UsageError' || 'syscall' in error)) {
      complain(`countersign ${command.name}: ${error.message}\n`);
      return 2;
    }
    const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
    complain(
      `countersign ${command.name}: this is a bug in Countersign, please report it with what follows\n${detail}\n`,
    );
    return 70;
  }
}

type Perform = (command: Command, args: readonly string[], flags: Readonly<Record<string, unknown>>) => Promise<void>;

function buildStricliCommand(command: Command, perform: Perform) {
  const flags = Object.entries(command.flags).map(([name, flag]) => [name, stricliFlag(flag)]);
  const output = {
    kind: 'parsed',
    parse: String,
    brief: 'Write the result to this file',
    placeholder: 'FILE',
    optional: true,
  };
  const parameters = command.arguments.map(({ name, brief, optional, many }) => ({
    brief,
    placeholder: name,
    parse: String,
    ...(optional && !many ? { optional: true } : {}),
  }));
  const [first] = parameters;
  const positional =
    first && command.arguments[0]?.many
      ? { kind: 'array', parameter: first, ...(command.arguments[0].optional ? {} : { minimum: 1 }) }
      : { kind: 'tuple', parameters };
  return buildCommand({
    // The shapes are computed, so Stricli's compile-time checks of them do not apply.
    parameters: {
      flags: Object.fromEntries([...flags, ['output', output]]),
      positional,
    } as never,
    docs: {
      brief: command.summary,
      fullDescription: [
        command.description,
        '',
        ...command.examples.map(({ line, does }) => `  ${line}\n      ${does}`),
      ].join('\n'),
    },
    func: (values: Readonly<Record<string, unknown>>, ...args: readonly string[]) => perform(command, args, values),
  });
}

function stricliFlag(flag: Flag): object {
  switch (flag.kind) {
    case 'switch':
      return { kind: 'boolean', brief: flag.brief, default: false, withNegated: false };
    case 'choice':
      return { kind: 'enum', values: flag.choices, brief: flag.brief, default: flag.default };
    case 'number':
      return {
        kind: 'parsed',
        parse: Number,
        brief: flag.brief,
        placeholder: flag.placeholder,
        ...fallback(flag.default),
      };
    case 'text':
      return {
        kind: 'parsed',
        parse: String,
        brief: flag.brief,
        placeholder: flag.placeholder,
        ...fallback(flag.default),
      };
  }
}

function fallback(value: string | number | undefined): object {
  return value === undefined ? { optional: true } : { default: String(value) };
}
