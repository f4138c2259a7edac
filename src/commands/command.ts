/**
 * A command is data: what it is called, what it takes, what it does and how the result is shown. The CLI is one reader
 * of it; completion, reference pages and the HTTP API are others.
 */
export type Flag =
  | { readonly kind: 'text'; readonly brief: string; readonly placeholder: string; readonly default?: string }
  | { readonly kind: 'number'; readonly brief: string; readonly placeholder: string; readonly default?: number }
  | { readonly kind: 'choice'; readonly brief: string; readonly choices: readonly string[]; readonly default: string }
  | { readonly kind: 'switch'; readonly brief: string };

export interface Argument {
  readonly name: string;
  readonly brief: string;
  readonly optional?: boolean;
  /** Whether it may be given several times; then it is the only one. */
  readonly many?: boolean;
}

export type FlagValue<F> = F extends { kind: 'switch' }
  ? boolean
  : F extends { kind: 'choice'; choices: readonly (infer C)[] }
    ? C
    : F extends { kind: 'number'; default: number }
      ? number
      : F extends { kind: 'number' }
        ? number | undefined
        : F extends { kind: 'text'; default: string }
          ? string
          : string | undefined;

export type FlagValues<F extends Readonly<Record<string, Flag>>> = { readonly [K in keyof F]: FlagValue<F[K]> };

/** What a command may know about the world. Nothing else reads the clock, the environment or the terminal. */
export interface Context {
  /** Where the user stands; relative paths are relative to it. */
  readonly cwd: string;
  readonly now: Date;
  /** Whether the output may carry colours, and how wide a line may be. */
  readonly color: boolean;
  readonly width: number | undefined;
  readonly version: string;
  /** Where the package's own rulesets and mocks are. */
  readonly home: string;
  /** Directory for results that are kept from run to run, as the environment names it; relative to `cwd`. */
  readonly cacheDirectory: string | undefined;
  /** Absolute directory for images of programs, which all projects of a user share; undefined where none are wanted. */
  readonly imageDirectory?: string | undefined;
  /** Reads standard input to its end; undefined where a person would have to type it. */
  readonly stdin?: (() => Promise<string>) | undefined;
  /** Progress and remarks, one line each; never data. */
  readonly note: (line: string) => void;
  /** Shows how much of long work is done; undefined where no terminal would show it. */
  readonly progress?: ((done: number, total: number) => void) | undefined;
  /** A signal that ends when the user interrupts: what a server waits for. */
  readonly interrupted: () => AbortSignal;
}

export interface Outcome {
  /** What goes to stdout, or to `--output`. */
  readonly text: string;
  /** What goes to further files, by path from where the user stands. */
  readonly files?: ReadonlyMap<string, string>;
  /** 0 clean, 1 findings, 2 usage or configuration, 3 inconclusive. */
  readonly exitCode: 0 | 1 | 2 | 3;
}

export interface Command<F extends Readonly<Record<string, Flag>> = Readonly<Record<string, Flag>>> {
  /** `check`, or `catalog show` for one of a group. */
  readonly name: string;
  readonly summary: string;
  /** What a newcomer needs to know beyond the summary. */
  readonly description: string;
  readonly arguments: readonly Argument[];
  readonly flags: F;
  readonly examples: readonly { readonly line: string; readonly does: string }[];
  /** Name of the published schema of its `--format json` output, without `.schema.json`. */
  readonly output?: string;
  readonly run: (args: readonly string[], flags: FlagValues<F>, context: Context) => Promise<Outcome>;
}

/** The user asked for something that cannot be done: printed without a stack trace, exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Errors of the lower rooms whose message is meant for the user; anything else is a bug of ours. */
const FOR_THE_USER = new Set([
  'SnapshotError',
  'BaselineError',
  'RulesetError',
  'LedgerError',
  'LockError',
  'VerifierError',
]);

/**
 * Checks the types of a command and forgets its flags' names, so that commands can stand in one list. What a lower room
 * throws for the user leaves every command as a {@link UsageError}.
 */
export function defineCommand<const F extends Readonly<Record<string, Flag>>>(command: Command<F>): Command {
  const run: Command<F>['run'] = async (...input) => {
    try {
      return await command.run(...input);
    } catch (error) {
      const isForTheUser = error instanceof Error && FOR_THE_USER.has(error.name);
      throw isForTheUser ? new UsageError(error.message, { cause: error }) : error;
    }
  };
  return { ...command, run } as unknown as Command;
}
