import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { COMMANDS } from '../../src/commands/index.ts';
import { countersign } from './cli.ts';
import { countersignHere } from './here.ts';

let empty: string;
beforeAll(() => {
  empty = mkdtempSync(join(tmpdir(), 'countersign-usage-'));
});
afterAll(() => rmSync(empty, { recursive: true, force: true }));

describe('usage', () => {
  test('help lists every command', async () => {
    const { code, stdout } = await countersign(['--help']);
    expect(code).toBe(0);
    for (const { name } of COMMANDS) expect(stdout).toContain(name.split(' ')[0]);
  });

  test('the version is that of the package', async () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
    expect((await countersign(['--version'])).stdout.trim()).toBe(version);
  });

  const mistakes: [what: string, args: string[], message: RegExp][] = [
    ['a mistyped command', ['chek'], /check/],
    ['a mistyped flag', ['check', '--bsae', 'main'], /--base/],
    ['a format that does not exist', ['check', '--format', 'xml'], /xml/],
    ['a directory that does not exist', ['check', 'no/such/directory'], /no directory ".*no\/such\/directory"/],
    ['a base that does not exist', ['check', '--base', 'no-such-ref'], /neither a directory nor a revision/],
    ['a base that is empty', ['check', '--base', ''], /the state to compare with is empty/],
    ['a day that is none', ['check', '--as-of', 'yesterday'], /YYYY-MM-DD/],
    ['a day that does not exist', ['check', '--as-of', '2026-02-31'], /YYYY-MM-DD/],
    ['a rule that does not exist', ['explain', 'compat/operation-remved'], /did you mean "compat\/operation-removed"/],
    ['an id that does not exist', ['catalog', 'show', 'api:supplers@2'], /did you mean api:suppliers@2/],
    ['a name that several bear', ['catalog', 'who-uses', 'suppliers'], /api:suppliers@1 or api:suppliers@2/],
    ['a mock of nothing', ['mock', 'sap'], /sap/],
    ['types of a workflow', ['types', 'workflow:supplier-onboarding@1'], /types come from/],
    ['pacts of nobody', ['verify', 'nobody'], /there are ap-automation/],
    ['a file that cannot be written', ['explain', '--output', '/no/such/directory/x'], /ENOENT/],
  ];
  test.each(mistakes)('%s is answered with 2, in words, on stderr', async (_, args, message) => {
    const { code, stdout, stderr } = await countersignHere(args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  test('a configuration with a mistyped key is answered with the key that was meant', async () => {
    writeFileSync(join(empty, 'countersign.yaml'), 'contracs: here\n');
    const { code, stderr } = await countersign(['check'], { cwd: empty });
    expect(code).toBe(2);
    expect(stderr).toMatch(/countersign\.yaml:1: .*"contracs"; did you mean "contracts"/);
  });

  test('a process that was misused says so as well', async () => {
    const { code, stdout, stderr } = await countersign(['check', '--bsae', 'main']);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/--base/);
  });

  test('an empty estate is no pass', async () => {
    const nothing = mkdtempSync(join(empty, 'nothing-'));
    const { code, stdout } = await countersignHere(['check', nothing]);
    expect(code).toBe(3);
    expect(stdout).toMatch(/inconclusive/);
  });

  test('a comparison with nothing is no pass', async () => {
    const nothing = mkdtempSync(join(empty, 'nothing-'));
    const { code, stdout } = await countersignHere(['diff', nothing]);
    expect(code).toBe(3);
    expect(stdout).toMatch(/holds no contracts/);
  });

  test('a result goes to the file that is named', async () => {
    const file = join(empty, 'rules.json');
    const { code, stdout } = await countersign(['explain', '--format', 'json', '--output', file]);
    expect([code, stdout]).toEqual([0, '']);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toHaveProperty('rules');
  });
});
