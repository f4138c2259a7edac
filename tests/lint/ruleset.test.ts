import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lint, loadRuleset, RulesetError } from '../../src/lint/index.ts';
import { load } from '../../src/load/index.ts';

let directory: string;
let root: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'countersign-rulesets-'));
  root = join(directory, 'rulesets');
});
afterAll(() => rm(directory, { recursive: true }));

async function given(files: Record<string, string>): Promise<void> {
  await rm(root, { recursive: true, force: true });
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, name)), { recursive: true });
    await writeFile(join(root, name), text);
  }
}

const RULE = "given: $\n    then: { function: truthy, field: info }\n    message: 'no {{property}}'";
const ONE = `rules:\n  has-info:\n    ${RULE}\n`;

async function errorOf(files: Record<string, string>, name = 'main.yaml'): Promise<string> {
  await given(files);
  const error = await loadRuleset(root, name).then(
    () => undefined,
    (cause: unknown) => cause,
  );
  expect(error).toBeInstanceOf(RulesetError);
  return (error as RulesetError).message;
}

describe('a ruleset that is wrong is refused, with the file and the reason', () => {
  it.each<[string, Record<string, string>, RegExp]>([
    ['missing', {}, /there is no directory/],
    ['no such file', { 'other.yaml': ONE }, /main\.yaml: there is no file for "main\.yaml"/],
    ['broken YAML', { 'main.yaml': 'rules: [' }, /^main\.yaml:1:\d+: /],
    ['a list', { 'main.yaml': '- rules' }, /^main\.yaml: .*not an object/],
    ['empty of rules', { 'main.yaml': 'description: nothing' }, /^main\.yaml: .*must have rules or extends/],
    ['an unknown key', { 'main.yaml': `${ONE}rulez: {}` }, /^main\.yaml: /],
    [
      'a rule without then',
      { 'main.yaml': 'rules: { a: { given: $ } }' },
      /^main\.yaml: rules\.a .*"given" and "then"/,
    ],
    ['a bad severity', { 'main.yaml': ONE.replace('given', 'severity: fatal\n    given') }, /^main\.yaml: .*has-info/],
    ['an unknown alias', { 'main.yaml': ONE.replace('given: $', "given: '#Nowhere'") }, /^main\.yaml: .*Nowhere/],
    [
      'an unknown function',
      { 'main.yaml': ONE.replace('truthy', 'truthfull') },
      /^main\.yaml: rules\.has-info uses the unknown function "truthfull"; did you mean "truthy"\?/,
    ],
    [
      'bad options of a core function',
      { 'main.yaml': ONE.replace('function: truthy', 'function: pattern, functionOptions: { matches: a }') },
      /^main\.yaml: .*"pattern" function/,
    ],
    [
      'an unknown format',
      { 'main.yaml': ONE.replace('given', 'formats: [oas4]\n    given') },
      /^main\.yaml: rules\.has-info\.formats names the unknown format "oas4"; did you mean "oas\d"/,
    ],
    [
      'an unknown built-in ruleset',
      { 'main.yaml': 'extends: spectral:openapi' },
      /^main\.yaml: extends the unknown ruleset "spectral:openapi"; did you mean/,
    ],
    [
      'a severity for a rule that is not there',
      { 'main.yaml': 'extends: spectral:oas\nrules: { oas3-shema: error }' },
      /^main\.yaml: rules\.oas3-shema .*did you mean "oas3-schema"/,
    ],
    [
      'a circle',
      { 'main.yaml': 'extends: ./b.yaml', 'b.yaml': 'extends: ./main.yaml' },
      /main\.yaml → b\.yaml → main\.yaml/,
    ],
    ['a fault further down', { 'main.yaml': 'extends: ./b.yaml', 'b.yaml': 'rules: 1' }, /^b\.yaml: /],
    ['an address', { 'main.yaml': 'extends: https://example.org/r.yaml' }, /nothing is fetched/],
    ['overrides', { 'main.yaml': `${ONE}overrides: [{ files: ['*'], rules: {} }]` }, /a waiver/],
    ['an extended file outside', { 'main.yaml': 'extends: ../outside.yaml' }, /leads out of the directory/],
    ['an extended file anywhere', { 'main.yaml': 'extends: /etc/passwd' }, /leads out of the directory/],
  ])('%s', async (_, files, message) => {
    expect(await errorOf(files)).toMatch(message);
  });

  it('a name that leads out of the root', async () => {
    expect(await errorOf({ 'main.yaml': ONE }, '../secret.yaml')).toMatch(/leads out of the directory/);
  });
});

describe('custom functions', () => {
  const uses = (name: string, directory = 'functions') =>
    `functionsDir: ${directory}\nfunctions: [${name}]\nrules: { a: { given: $, message: '{{error}}', then: { function: ${name} } } }`;
  const HOSTILE = "globalThis.countersignWasHere = true;\nexport default () => [{ message: 'here' }];\n";

  it.each([
    ['a name with a path', uses("'../../evil'")],
    ['a directory outside', uses('evil', '../..')],
    ['an absolute directory', uses('evil', tmpdir())],
  ])('are not run from outside the root: %s', async (_, text) => {
    await given({ 'main.yaml': text });
    await writeFile(join(directory, 'evil.js'), HOSTILE);
    await expect(loadRuleset(root, 'main.yaml')).rejects.toThrow(/leads out of the directory/);
    expect(globalThis).not.toHaveProperty('countersignWasHere');
  });

  it('are not run through a symbolic link that leads outside', async () => {
    await given({ 'main.yaml': uses('evil'), 'functions/harmless.js': 'export default () => [];' });
    await writeFile(join(directory, 'evil.js'), HOSTILE);
    await symlink(join(directory, 'evil.js'), join(root, 'functions', 'evil.js'));
    await expect(loadRuleset(root, 'main.yaml')).rejects.toThrow(/leads out of the directory/);
    expect(globalThis).not.toHaveProperty('countersignWasHere');
  });

  it.each([
    ['missing', {}, /^main\.yaml: there is no file for "function check"/],
    ['broken', { 'functions/check.js': 'export default (' }, /^main\.yaml: the function "check" cannot be loaded/],
    ['no function', { 'functions/check.js': 'export default 1;' }, /functions\/check\.js has no function/],
  ])('are refused when %s', async (_, files, message) => {
    // The package type of the temporary directory is not known, so that `.js` needs to be told.
    const all = { ...files, 'package.json': '{ "type": "module" }' };
    expect(await errorOf({ 'main.yaml': uses('check'), ...all })).toMatch(message);
  });

  it('that throw are named, with the document', async () => {
    const text = "export default () => { throw new Error('oh no'); };";
    await given({ 'main.yaml': uses('throws'), 'functions/throws.js': text, 'package.json': '{ "type": "module" }' });
    const ruleset = await loadRuleset(root, 'main.yaml');
    const estate = load({ label: '', files: new Map([['a.yaml', 'openapi: 3.1.0']]), skipped: [] });
    const [found] = await lint(estate, [{ ruleset, contracts: estate.contracts }]);
    expect(found).toMatchObject({ rule: 'lint/rule-failed', severity: 'error', location: { file: 'a.yaml' } });
    expect(found?.message).toMatch(/a rule of main\.yaml failed on it: .*throws.*oh no/);
  });
});

describe('a ruleset', () => {
  it('whose path expression is no JSONPath is a finding on each document', async () => {
    await given({ 'main.yaml': ONE.replace('given: $', "given: '$..[?(@.a'") });
    const ruleset = await loadRuleset(root, 'main.yaml');
    const estate = load({ label: '', files: new Map([['a.yaml', 'openapi: 3.1.0']]), skipped: [] });
    const found = await lint(estate, [{ ruleset, contracts: estate.contracts }]);
    expect(found.map(({ rule, severity }) => [rule, severity])).toEqual([['lint/rule-failed', 'error']]);
  });

  it('may be JSON, name formats as Spectral does, and have aliases', async () => {
    const text = `{
      "aliases": { "Info": { "targets": [{ "formats": ["oas3"], "given": ["$.info"] }] } },
      "rules": {
        "a": {
          "given": "#Info",
          "then": { "function": "truthy" },
          "formats": ["oas3.1", "json-schema-2020-12", "json-schema-draft-2019-09", "aas2", "arazzo1.0"]
        }
      }
    }`;
    await given({ 'main.json': text });
    const { rules } = await loadRuleset(root, 'main.json');
    expect([...rules.keys()]).toEqual(['lint/a']);
  });

  it('documents its rules: severity as overridden, without those that are off', async () => {
    await given({
      'main.yaml':
        'extends: [[spectral:oas, off], ./more.yaml]\nrules: { info-contact: info, has-info: hint, off-rule: off }',
      'more.yaml': `${ONE}  off-rule:\n    ${RULE}\n`,
    });
    const { rules } = await loadRuleset(root, 'main.yaml');
    expect([...rules].map(([id, { severity }]) => `${id} ${severity}`)).toEqual([
      'lint/info-contact info',
      'lint/has-info info',
    ]);
    expect(rules.get('lint/info-contact')).toMatchObject({
      title: 'Info object must have "contact" object.',
      fix: expect.stringContaining('openapi-rules.md#info-contact'),
    });
  });
});
