import type { OpenEngine } from '../lint/spectral/fleet.ts';
import type { Diagnostic, LintSetting, Submission } from '../lint/spectral/types.ts';
import { type Context, defineCommand, type FlagValues, type Outcome, UsageError } from './command.ts';
import { baselineFlags, cacheFlag, FORMAT_NAMES } from './finding-flags.ts';

/** What a severity is called, by the number that Spectral gives it. */
const SEVERITIES = ['error', 'warn', 'info', 'hint'] as const;

/** In place of spectral-cli. */
export const lint = defineCommand({
  name: 'lint',
  summary: 'Lint API descriptions with a Spectral ruleset, in place of spectral-cli',
  description:
    'Takes any OpenAPI, AsyncAPI, Arazzo or other YAML and JSON document and any Spectral ruleset, and finds what spectral-cli finds, at the same places. No project and no configuration is needed. Results of documents that have not changed are kept, outside of projects in the cache directory of the user. Nothing is fetched, no file outside of --root is read, and code of rulesets runs only with --allow-code.',
  arguments: [
    {
      name: 'documents',
      brief: 'Files, globs, and directories whose API descriptions are meant; standard input unless given',
      optional: true,
      many: true,
    },
  ],
  flags: {
    ruleset: {
      kind: 'text',
      brief: 'Spectral ruleset; .spectral.yaml, .yml, .json or .js of this directory unless given',
      placeholder: 'FILE',
    },
    format: {
      kind: 'choice',
      brief: "How to print the result; spectral-json is what spectral-cli prints with '--format json'",
      choices: [...FORMAT_NAMES, 'spectral-json'],
      default: 'text',
    },
    'fail-severity': {
      kind: 'choice',
      brief: 'Least severity that makes the run fail',
      choices: SEVERITIES,
      default: 'error',
    },
    'display-only-failures': { kind: 'switch', brief: 'Print nothing below --fail-severity' },
    'ignore-unknown-format': { kind: 'switch', brief: 'Say nothing about documents of formats that no rule is about' },
    'fail-on-unmatched-globs': { kind: 'switch', brief: 'Fail where an argument matches no document' },
    'stdin-filepath': {
      kind: 'text',
      brief: 'Path that the document on standard input is taken to have',
      placeholder: 'FILE',
    },
    root: {
      kind: 'text',
      brief: 'Read no file outside of this directory that a document refers to; the current one unless given',
      placeholder: 'DIR',
    },
    'allow-code': {
      kind: 'switch',
      brief: 'Run custom functions, JavaScript rulesets and packages that the ruleset names, which may do anything',
    },
    ...baselineFlags,
    ...cacheFlag,
  },
  examples: [
    { line: 'countersign lint openapi.yaml --ruleset .spectral.yaml', does: 'lints one document' },
    {
      line: "countersign lint 'apis/**/*.yaml' --format github",
      does: 'lints a fleet with the ruleset of this directory',
    },
    {
      line: 'countersign lint apis --baseline lint-baseline.json --write-baseline',
      does: 'tolerates what is found today, and from then on only less',
    },
    { line: 'countersign lint apis --format spectral-json', does: 'prints what spectral-cli prints as JSON' },
  ],
  output: 'findings',
  async run(patterns, flags, context) {
    const { join } = await import('node:path');
    const { openCache } = await import('./result-cache.ts');
    const { lintFleet } = await import('../lint/spectral/fleet.ts');
    const listed = await baselineOf(flags, context);
    const [setting, submissions, cache] = await Promise.all([
      settingOf(flags, context),
      submissionsOf(patterns, flags, context),
      openCache(flags['no-cache'], context, context.imageDirectory && join(context.imageDirectory, 'results')),
    ]);
    const progress = context.progress ? { progress: context.progress } : {};
    const engine = await engineFor(setting, context);
    const { rules, results } = await lintFleet(submissions, setting, { cache, open: engine, ...progress });
    await cache.save();
    const level = SEVERITIES.indexOf(flags['fail-severity']) as 0 | 1 | 2 | 3;
    const diagnostics = results.flatMap(result => result.diagnostics);
    if (flags.format === 'spectral-json') return spectralJson(diagnostics, level, flags['display-only-failures']);
    const { lintReport } = await import('./lint-report.ts');
    return lintReport({ submissions, diagnostics, rules }, level, listed, { ...flags, format: flags.format }, context);
  },
});

interface LintFlags {
  readonly ruleset: string | undefined;
  readonly root: string | undefined;
  readonly 'allow-code': boolean;
  readonly 'ignore-unknown-format': boolean;
  readonly 'fail-on-unmatched-globs': boolean;
  readonly 'stdin-filepath': string | undefined;
}

async function settingOf(flags: LintFlags, { cwd }: Context): Promise<LintSetting> {
  const { realpath } = await import('node:fs/promises');
  const { basename, dirname, relative, resolve, sep } = await import('node:path');
  const { rulesetFile } = await import('./lint-targets.ts');
  const file = await realpath(await rulesetFile(flags.ruleset, cwd));
  const here = await realpath(cwd);
  const isHere = file.startsWith(here + sep);
  const root = await realpath(resolve(cwd, flags.root ?? '.')).catch(() => undefined);
  if (root === undefined) throw new UsageError(`there is no directory "${flags.root}"`);
  return {
    ruleset: {
      // A ruleset may extend others beside it, and below where the user stands.
      root: isHere ? here : dirname(file),
      name: isHere ? relative(here, file).split(sep).join('/') : basename(file),
      code: flags['allow-code'] ? 'any' : 'none',
    },
    root,
    ignoreUnknownFormat: flags['ignore-unknown-format'],
  };
}

async function submissionsOf(patterns: readonly string[], flags: LintFlags, context: Context): Promise<Submission[]> {
  const { readDocument, targetsOf } = await import('./lint-targets.ts');
  if (patterns.length === 0) {
    if (!context.stdin) throw new UsageError('name the documents to lint, or give one on standard input');
    return [{ text: await context.stdin(), source: flags['stdin-filepath'] ?? '<STDIN>' }];
  }
  const targets = await targetsOf(patterns, context, flags['fail-on-unmatched-globs']);
  return targets.map(readDocument);
}

/** Code of rulesets can only be loaded where there is a whole Node; all else is done by processes made for it. */
async function engineFor({ ruleset }: LintSetting, { imageDirectory, now }: Context): Promise<OpenEngine> {
  const { enginePrograms, engineProgram, makeImage } = await import('../lint/spectral/snapshot.ts');
  const program = ruleset.code === 'none' ? engineProgram() : undefined;
  if (program === undefined) return (await import('../lint/spectral/here.ts')).openHere;
  const { openProcesses } = await import('../lint/spectral/processes.ts');
  return async (setting, work) => {
    const engine = await openProcesses(enginePrograms(program, imageDirectory))(setting, work);
    if (imageDirectory !== undefined) await makeImage(program, imageDirectory, now);
    return engine;
  };
}

async function spectralJson(
  diagnostics: readonly Diagnostic[],
  level: number,
  onlyFailures: boolean,
): Promise<Outcome> {
  const { safeJson } = await import('../format/untrusted.ts');
  const failures = diagnostics.filter(({ severity }) => severity <= level);
  return { text: safeJson(onlyFailures ? failures : diagnostics), exitCode: failures.length > 0 ? 1 : 0 };
}

/** Only that of the flag: one in the configuration is about the estate. */
async function baselineOf(flags: FlagValues<typeof baselineFlags> & { readonly format: string }, context: Context) {
  if (flags.baseline === undefined && !flags['write-baseline'] && !flags['allow-growth']) return undefined;
  if (flags.format === 'spectral-json') {
    throw new UsageError('spectral-json is what spectral-cli prints, which knows no baseline: choose another --format');
  }
  const { openBaseline } = await import('./baseline.ts');
  return openBaseline(flags, { config: {}, root: context.cwd, file: undefined }, context);
}
