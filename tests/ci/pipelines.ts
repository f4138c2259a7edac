/** The commands of the pipeline templates, and a project to run them in as the CI system would. */
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { load } from 'js-yaml';
import { ROOT } from '../cli/cli.ts';

export function template(name: string): string {
  return readFileSync(join(ROOT, 'ci', name), 'utf8');
}

/** The shell scripts in a template, in their order. */
export const SCRIPTS: Readonly<Record<string, (text: string) => string[]>> = {
  'github-actions.yaml': text =>
    Object.values((load(text) as { jobs: Record<string, { steps: { run?: string }[] }> }).jobs).flatMap(({ steps }) =>
      steps.flatMap(({ run }) => run ?? []),
    ),
  'gitlab-ci.yaml': text => {
    const job = (load(text) as { countersign: Record<string, string[]> }).countersign;
    return ['before_script', 'script', 'after_script'].flatMap(part => job[part]!);
  },
  'azure-pipelines.yaml': text =>
    (load(text) as { steps: { script?: string }[] }).steps.flatMap(({ script }) => script ?? []),
  Jenkinsfile: text => [...text.matchAll(/sh '''\n([\s\S]*?)'''|sh '([^']+)'/g)].map(match => match[1] ?? match[2]!),
  'pre-commit-config.yaml': text =>
    (load(text) as { repos: { hooks: { entry: string }[] }[] }).repos.flatMap(({ hooks }) =>
      hooks.map(({ entry }) => entry),
    ),
};

const RULES = 'rules: {titled: {given: $.info, then: {field: title, function: truthy}}}\nfunctions: []\n';
const CONFIG = 'contracts: contracts\nrulesets: [{ruleset: rules.yaml, layers: [system]}]\n';

function contract(properties: string): string {
  return `openapi: 3.1.0
info: {title: Things, version: 1.0.0}
x-governance: {id: "api:things@1", layer: system}
paths:
  /things:
    get:
      operationId: getThings
      responses:
        "200": {description: ok, content: {application/json: {schema: {type: object, required: [id], properties: {${properties}}}}}}
`;
}
const WHOLE = 'id: {type: string}, name: {type: string}';

export interface Project {
  /** Where the pipeline stands: the merge of a change into the branch it goes to. */
  readonly directory: string;
  /** Programs that the templates call, which write down what they were asked for. */
  readonly bin: string;
  readonly base: string;
}

/** A repository whose last commit is the merge of a change, which takes a property away or leaves all as it was. */
export function createProject(isBreaking: boolean): Project {
  const directory = mkdtempSync(join(tmpdir(), 'pipeline-'));
  const bin = mkdtempSync(join(tmpdir(), 'pipeline-bin-'));
  const git = (...args: string[]) => gitIn(directory, ...args);
  const write = (name: string, text: string) => writeFileSync(join(directory, name), text);
  mkdirSync(join(directory, 'contracts'));
  write('countersign.yaml', CONFIG);
  write('rules.yaml', RULES);
  write('contracts/things.yaml', contract(WHOLE));
  write('.gitignore', '.countersign/\ncountersign.*\n!countersign.yaml\ncomment.md\ngl-code-quality-report.json\n');
  git('init', '--quiet', '--initial-branch=main');
  git('add', '.');
  git('commit', '--quiet', '-m', 'Start');
  git('checkout', '--quiet', '-b', 'change');
  write('contracts/things.yaml', contract(isBreaking ? 'name: {type: string}' : `${WHOLE}, note: {type: string}`));
  git('commit', '--quiet', '-a', '-m', 'Change');
  git('checkout', '--quiet', 'main');
  git('merge', '--quiet', '--no-ff', '-m', 'Merge', 'change');
  const base = git('rev-parse', 'HEAD^1').trim();
  git('update-ref', 'refs/remotes/origin/main', base);
  // It is its own remote, so that it can fetch from it.
  git('remote', 'add', 'origin', directory);
  program(
    bin,
    'npx',
    `[ "$1 $2 $3" = "--no -- countersign" ] || exit 99\nshift 3\nexec "${process.execPath}" "${join(ROOT, 'dist/cli.js')}" "$@"`,
  );
  program(bin, 'npm', `[ "$1" = ci ] || exit 99`);
  // Answers the list of comments with nothing, or with the id in $COMMENT.
  program(
    bin,
    'gh',
    `printf '%s\\n' "$*" >> "${bin}/gh.log"\ncase "$*" in *--paginate*) printf '%s' "$COMMENT" ;; esac`,
  );
  program(bin, 'curl', `printf '%s\\n' "$*" >> "${bin}/curl.log"`);
  return { directory, bin, base };
}

export function gitIn(directory: string, ...args: string[]): string {
  const identity = ['-c', 'user.name=Test', '-c', 'user.email=test@countersign.example', '-c', 'commit.gpgsign=false'];
  return execFileSync('git', ['-C', directory, ...identity, ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

function program(bin: string, name: string, script: string): void {
  writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`);
  chmodSync(join(bin, name), 0o755);
}

/** Runs a script as the CI systems do: by a shell that stops at the first error. */
export function runScript(script: string, { directory, bin }: Project, variables: Readonly<Record<string, string>>) {
  const env = {
    ...process.env,
    ...variables,
    PATH: `${bin}${delimiter}${process.env['PATH']}`,
    GIT_CONFIG_GLOBAL: '/dev/null',
  };
  const { status, stdout, stderr } = spawnSync('bash', ['-e', '-o', 'pipefail', '-c', script], {
    cwd: directory,
    encoding: 'utf8',
    env,
  });
  return { status, stdout, stderr };
}
