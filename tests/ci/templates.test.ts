/** The pipeline templates say what the program understands: their commands are run as they stand. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ROOT } from '../cli/cli.ts';
import { createProject, gitIn, type Project, runScript, SCRIPTS, template } from './pipelines.ts';

/** What each CI system sets for a change that goes to `main`, and the files its template leaves behind. */
const SYSTEMS: readonly {
  readonly name: string;
  readonly variables: (project: Project) => Readonly<Record<string, string>>;
  readonly files: readonly string[];
}[] = [
  {
    name: 'github-actions.yaml',
    variables: ({ bin }) => ({
      GITHUB_REPOSITORY: 'lakeshore/contracts',
      PULL_REQUEST: '7',
      GITHUB_STEP_SUMMARY: join(bin, 'summary.md'),
      GH_TOKEN: 'none',
      COMMENT: '',
    }),
    files: ['countersign.md', 'countersign.sarif'],
  },
  {
    name: 'gitlab-ci.yaml',
    variables: ({ base }) => ({
      CI_MERGE_REQUEST_DIFF_BASE_SHA: base,
      CI_MERGE_REQUEST_IID: '7',
      CI_API_V4_URL: 'https://gitlab.example/api/v4',
      CI_PROJECT_ID: '42',
      COUNTERSIGN_GITLAB_TOKEN: '',
    }),
    files: ['countersign.md', 'countersign.xml', 'gl-code-quality-report.json'],
  },
  {
    name: 'azure-pipelines.yaml',
    variables: ({ directory }) => ({ BUILD_SOURCESDIRECTORY: directory }),
    files: ['countersign.md', 'countersign.sarif', 'countersign.xml'],
  },
  {
    name: 'Jenkinsfile',
    variables: () => ({ CHANGE_TARGET: 'main' }),
    files: ['countersign.md', 'countersign.sarif', 'countersign.xml'],
  },
  { name: 'pre-commit-config.yaml', variables: () => ({}), files: [] },
];

let breaking: Project;
let harmless: Project;
beforeAll(() => {
  breaking = createProject(true);
  harmless = createProject(false);
});
afterAll(() => {
  for (const { directory, bin } of [breaking, harmless]) {
    rmSync(directory, { recursive: true });
    rmSync(bin, { recursive: true });
  }
});

test('every template is run here, and says at its head what it does', () => {
  expect(readdirSync(join(ROOT, 'ci')).sort()).toEqual(SYSTEMS.map(({ name }) => name).sort());
  for (const { name } of SYSTEMS) expect(template(name)).toMatch(/^(#|\/\/) Countersign .*[\s\S]*copy to/);
});

describe.each(SYSTEMS)('$name', ({ name, variables, files }) => {
  const scripts = SCRIPTS[name]!(template(name));
  const isCheck = (script: string) => script.includes('countersign check');
  // Before a commit the working tree holds the change; here it is committed, so the commit before it is the base.
  const asCommitted = (script: string) => (name.startsWith('pre-commit') ? script.replace('HEAD', 'HEAD^1') : script);

  test('checks once, and puts no expression of the CI system into a script', () => {
    expect(scripts.filter(isCheck)).toHaveLength(1);
    // What others may choose, such as the name of a branch, comes through the environment alone.
    expect(scripts.filter(script => /\$\{\{|\$\(\w+\.\w+\)/.test(script))).toEqual([]);
  });

  test('fails a change that breaks consumers, and still says why', () => {
    for (const script of scripts) {
      const { status, stderr } = runScript(asCommitted(script), breaking, variables(breaking));
      expect([script, stderr, status]).toEqual([script, '', isCheck(script) ? 1 : 0]);
    }
    const left = files.map(file => readFileSync(join(breaking.directory, file), 'utf8'));
    for (const text of left) expect(text).toContain('compat/response-property-removed');
  });

  test('passes one that does not', () => {
    for (const script of scripts) {
      const { status, stderr } = runScript(asCommitted(script), harmless, variables(harmless));
      expect([script, stderr, status]).toEqual([script, '', 0]);
    }
    for (const file of files) expect(existsSync(join(harmless.directory, file))).toBe(true);
  });
});

describe('GitHub Actions', () => {
  interface Step {
    readonly run?: string;
    readonly uses?: string;
    readonly if?: string;
    readonly with?: Readonly<Record<string, unknown>>;
  }
  const text = template('github-actions.yaml');
  const workflow = load(text) as {
    readonly permissions: object;
    readonly jobs: Readonly<Record<string, { readonly steps: readonly Step[] }>>;
  };
  const steps = Object.values(workflow.jobs).flatMap(job => job.steps);
  const post = steps.find(({ run }) => run?.includes('gh api'))!;

  test('may read, and write no more than its job asks for', () => {
    expect(workflow.permissions).toEqual({ contents: 'read' });
  });

  test('fetches the parents of the merge, with which it compares', () => {
    expect(steps.find(({ uses }) => uses?.startsWith('actions/checkout@'))?.with).toMatchObject({ 'fetch-depth': 2 });
  });

  test('uploads the file that the check writes', () => {
    const { sarif_file: file } = steps.find(({ uses }) => uses?.includes('upload-sarif'))!.with!;
    expect(steps.find(({ run }) => run?.includes('check'))!.run).toContain(`sarif=${String(file)}`);
  });

  test('writes nothing on behalf of a fork', () => {
    for (const step of [post, steps.find(({ uses }) => uses?.includes('upload-sarif'))!]) {
      expect(step.if).toContain('head.repo.full_name == github.repository');
    }
  });

  test('posts one comment, and writes it anew where there is one', () => {
    const log = join(breaking.bin, 'gh.log');
    const { variables } = SYSTEMS[0]!;
    rmSync(log, { force: true });
    runScript(post.run!, breaking, { ...variables(breaking), COMMENT: '' });
    runScript(post.run!, breaking, { ...variables(breaking), COMMENT: '99' });
    const calls = readFileSync(log, 'utf8').trim().split('\n');
    const list = 'repos/lakeshore/contracts/issues/7/comments';
    expect(calls[1]).toBe(`api --silent --method POST ${list} --field body=@comment.md`);
    expect(calls[3]).toBe(
      'api --silent --method PATCH repos/lakeshore/contracts/issues/comments/99 --field body=@comment.md',
    );
    expect(readFileSync(join(breaking.directory, 'comment.md'), 'utf8')).toMatch(
      /^<!-- countersign -->\n## ❌ countersign/,
    );
  });
});

test('GitLab gets a note where a token is given for it', () => {
  const system = SYSTEMS.find(({ name }) => name === 'gitlab-ci.yaml')!;
  const script = SCRIPTS[system.name]!(template(system.name)).at(-1)!;
  const variables = { ...system.variables(breaking), COUNTERSIGN_GITLAB_TOKEN: 'glpat-example' };
  expect(runScript(script, breaking, variables)).toMatchObject({ status: 0, stderr: '' });
  expect(readFileSync(join(breaking.bin, 'curl.log'), 'utf8')).toContain(
    'body@countersign.md https://gitlab.example/api/v4/projects/42/merge_requests/7/notes',
  );
});

test('Azure gets a command for the summary that names the file', () => {
  const script = SCRIPTS['azure-pipelines.yaml']!(template('azure-pipelines.yaml')).at(-1)!;
  const { stdout } = runScript(script, breaking, { BUILD_SOURCESDIRECTORY: breaking.directory });
  expect(stdout).toBe(`##vso[task.uploadsummary]${breaking.directory}/countersign.md\n`);
});

test('in a clone that does not reach the base the answer says what to do', () => {
  const directory = mkdtempSync(join(tmpdir(), 'pipeline-shallow-'));
  gitIn(directory, 'clone', '--quiet', '--depth=1', `file://${breaking.directory}`, '.');
  const script = SCRIPTS['github-actions.yaml']!(template('github-actions.yaml')).find(text => text.includes('check'))!;
  const { status, stderr } = runScript(script, { ...breaking, directory }, {});
  expect(status).toBe(2);
  expect(stderr).toContain('"HEAD^1" is neither a directory nor a revision that git knows');
  expect(stderr).toContain('the clone is shallow: let it reach further (fetch-depth, GIT_DEPTH, fetchDepth)');
  rmSync(directory, { recursive: true });
});
