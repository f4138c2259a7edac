/** The pipeline templates say what the program understands: their commands are run as they stand. */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { load } from 'js-yaml';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ROOT } from '../cli/cli.ts';

interface Workflow {
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, { readonly env: Readonly<Record<string, string>>; readonly steps: Step[] }>>;
}
interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

const text = readFileSync(join(ROOT, 'ci/github-actions.yaml'), 'utf8');
const workflow = load(text) as Workflow;
const steps = Object.values(workflow.jobs).flatMap(job => job.steps);
const commands = steps.flatMap(({ run }) => (run?.includes('countersign') ? [run] : []));

/** A project like a user's: contracts, configuration, and `npx` that finds this program and nothing else. */
let project: string;
beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), 'template-'));
  for (const name of ['countersign.yaml', 'contracts', 'rulesets', 'mocks']) {
    cpSync(join(ROOT, name), join(project, name), { recursive: true });
  }
  cpSync(join(ROOT, 'contracts'), join(project, 'base'), { recursive: true });
  const npx = `#!/bin/sh\n[ "$1 $2 $3" = "--no -- countersign" ] || exit 99\nshift 3\nexec "${process.execPath}" "${join(ROOT, 'dist/cli.js')}" "$@"\n`;
  writeFileSync(join(project, 'npx'), npx, { mode: 0o755 });
});
afterAll(() => rmSync(project, { recursive: true }));

function run(command: string, base: string) {
  return spawnSync('bash', ['-e', '-c', command], {
    cwd: project,
    encoding: 'utf8',
    env: { ...process.env, PATH: `${project}${delimiter}${process.env['PATH']}`, BASE: base },
  });
}

describe('GitHub Actions', () => {
  test('says at its head what it does', () => {
    expect(text).toMatch(/^# Countersign .*copy to \.github\/workflows/);
  });

  test('may read, and fetches the history that it compares with', () => {
    expect(workflow.permissions).toEqual({ contents: 'read' });
    expect(steps.find(({ uses }) => uses?.startsWith('actions/checkout@'))?.with).toMatchObject({ 'fetch-depth': 0 });
  });

  test('puts no expression into a script', () => {
    expect(steps.filter(step => step.run?.includes('${{'))).toEqual([]);
  });

  test('has a command for annotations and one for code scanning', () => {
    expect(commands).toHaveLength(2);
  });

  test.each(commands)('%s', command => {
    const done = run(command, 'base');
    expect(done.stderr).toBe('');
    expect(done.status).toBe(0);
    const output = /--output (\S+)/.exec(command)?.[1];
    if (output === undefined) return;
    const uploaded = steps.find(({ uses }) => uses?.includes('upload-sarif'))?.with?.['sarif_file'];
    expect(output).toBe(uploaded);
    expect(JSON.parse(readFileSync(join(project, output), 'utf8'))).toMatchObject({ version: '2.1.0' });
  });

  test('fails where the base is not there', () => {
    const done = run(commands[0]!, 'origin/no-such-branch');
    expect(done.status).toBe(2);
    expect(existsSync(join(project, 'origin'))).toBe(false);
  });
});
