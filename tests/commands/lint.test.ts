/** `countersign lint` over files, directories and globs, with a baseline, and where it differs from spectral-cli. */
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { countersignHere } from '../cli/here.ts';

const RULESET = `
rules:
  titled: {given: $.info, severity: error, then: {field: title, function: truthy}}
  described: {given: $.info, severity: hint, then: {field: description, function: truthy}}
  # Of what a document refers to, when it is resolved.
  typed: {given: '$.components.schemas[*]', severity: warn, then: {field: type, function: truthy}}
`;
const NAMELESS = 'openapi: 3.1.0\ninfo: {version: "1"}\npaths: {}\n';
const NAMED = 'openapi: 3.1.0\ninfo: {version: "1", title: T}\npaths: {}\n';

let directory: string;
beforeEach(() => {
  directory = realpathSync(mkdtempSync(join(tmpdir(), 'lint-')));
  put({ 'ruleset.yaml': RULESET });
});
afterEach(() => rmSync(directory, { recursive: true }));

function put(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, name)), { recursive: true });
    writeFileSync(join(directory, name), text);
  }
}

async function lint(...args: string[]) {
  const all = ['lint', ...args, '--ruleset', 'ruleset.yaml', '--no-cache', '--format', 'json'];
  const { code, stdout, stderr } = await countersignHere(all, { cwd: directory });
  const { findings = [] } = (stdout === '' ? {} : JSON.parse(stdout)) as { findings?: Found[] };
  return { code, stderr, found: findings.map(({ rule, location }) => `${rule} ${location.file}`), findings };
}
interface Found {
  readonly rule: string;
  readonly message: string;
  readonly location: { readonly file: string; readonly line: number };
  readonly documentation?: string;
}

describe('documents', () => {
  it('of a directory are its API descriptions, at any depth and in the order of their paths', async () => {
    put({
      'apis/b.yaml': NAMELESS,
      'apis/deep/a.json': '{\n  "openapi": "3.1.0", "info": {}, "paths": {}\n}',
      'apis/notes.yaml': 'title: {openapi: no}\n',
      'apis/readme.md': 'openapi: 3.1.0\n',
      'apis/node_modules/x/openapi.yaml': NAMELESS,
    });
    const { found } = await lint('apis');
    expect(found.filter(one => one.startsWith('lint/titled'))).toEqual([
      'lint/titled apis/b.yaml',
      'lint/titled apis/deep/a.json',
    ]);
  });

  it('of a glob are all that it matches, whatever they are', async () => {
    put({ 'apis/b.yaml': NAMELESS, 'apis/notes.yaml': 'info: {}\n' });
    const { found } = await lint('apis/*.yaml');
    expect(found.filter(one => one.startsWith('lint/titled'))).toEqual([
      'lint/titled apis/b.yaml',
      'lint/titled apis/notes.yaml',
    ]);
  });

  it('that refer to the same file are each linted for themselves', async () => {
    const referring = `${NAMED}components: {schemas: {S: {$ref: './parts.yaml#/S'}, G: {$ref: './parts.yaml#/Gone'}}}\n`;
    put({ 'a.yaml': referring, 'b.yaml': referring, 'parts.yaml': 'S: {description: none}\n' });
    const { found, findings } = await lint('a.yaml', 'b.yaml');
    expect(found.filter(one => one.startsWith('lint/invalid-ref'))).toEqual([
      'lint/invalid-ref a.yaml',
      'lint/invalid-ref b.yaml',
    ]);
    // spectral-cli loses where these stand when it comes upon them through the second document. We say them once.
    expect(findings.filter(({ location }) => location.file === 'parts.yaml').map(({ message }) => message)).toEqual([
      'The document must be truthy',
      '"S" property must be truthy',
    ]);
  });

  it('may only lie where the ruleset says so for an override to hold', async () => {
    const overrides = `${RULESET}overrides:\n  - {files: ['old/**'], rules: {titled: off}}\n`;
    put({ 'ruleset.yaml': overrides, 'old/a.yaml': NAMELESS, 'new/a.yaml': NAMELESS });
    const { found } = await lint('old', 'new');
    expect(found.filter(one => one.startsWith('lint/titled'))).toEqual(['lint/titled new/a.yaml']);
  });
});

describe('a baseline', () => {
  const baseline = ['--baseline', 'baseline.json'];

  it('tolerates what is in it, knows nothing of other documents, and may only shrink', async () => {
    put({ 'a.yaml': NAMELESS, 'my b.yaml': NAMELESS });
    expect((await lint('*.yaml', ...baseline)).code).toBe(2);
    expect((await lint('a.yaml', 'my b.yaml', ...baseline, '--write-baseline')).code).toBe(0);
    expect((await lint('a.yaml', 'my b.yaml', ...baseline)).found).toEqual([]);
    expect(await lint('a.yaml', ...baseline)).toMatchObject({ code: 0, found: [] });

    put({ 'a.yaml': NAMED });
    const mended = await lint('a.yaml', ...baseline);
    expect(mended).toMatchObject({ code: 1, found: ['lifecycle/baseline-stale baseline.json'] });
    await lint('a.yaml', ...baseline, '--write-baseline');
    expect((await lint('a.yaml', ...baseline)).code).toBe(0);
    put({ 'a.yaml': NAMELESS });
    expect(await lint('a.yaml', ...baseline, '--write-baseline')).toMatchObject({
      code: 1,
      found: ['lint/titled a.yaml'],
    });
  });

  it('holds on to a document that was moved, or cannot be read just now, but not to one that is gone', async () => {
    put({ 'a.yaml': NAMELESS, 'b.yaml': NAMELESS });
    await lint('a.yaml', 'b.yaml', ...baseline, '--write-baseline');
    renameSync(join(directory, 'b.yaml'), join(directory, 'moved.yaml'));
    expect(await lint('a.yaml', 'moved.yaml', ...baseline)).toMatchObject({ code: 0, found: [] });

    put({ 'a.yaml': `${NAMED}x: [\n` });
    const { found } = await lint('a.yaml', 'moved.yaml', ...baseline);
    expect(new Set(found)).toEqual(new Set(['lint/parser a.yaml']));
    put({ 'a.yaml': NAMELESS });

    rmSync(join(directory, 'moved.yaml'));
    expect((await lint('a.yaml', ...baseline)).found).toContain('lifecycle/baseline-stale baseline.json');
  });

  it('leaves alone what a rule that is switched off would find', async () => {
    put({ 'a.yaml': NAMELESS });
    await lint('a.yaml', ...baseline, '--write-baseline');
    const before = readFileSync(join(directory, 'baseline.json'), 'utf8');
    put({ 'ruleset.yaml': `${RULESET}  other: {given: $, then: {function: truthy}}\n`.replace(/ {2}titled.*\n/, '') });
    expect((await lint('a.yaml', ...baseline, '--write-baseline')).code).toBe(0);
    expect(readFileSync(join(directory, 'baseline.json'), 'utf8')).toBe(before);
  });

  it('is not for the form that spectral-cli prints', async () => {
    put({ 'a.yaml': NAMELESS });
    const args = ['lint', 'a.yaml', '--ruleset', 'ruleset.yaml', '--format', 'spectral-json', ...baseline];
    const { code, stderr } = await countersignHere(args, { cwd: directory });
    expect([code, stderr]).toEqual([2, expect.stringContaining('knows no baseline')]);
  });
});

it('the pages of rules that the configuration names are those of lint too', async () => {
  put({ 'a.yaml': NAMELESS, 'countersign.yaml': 'rulePages: https://rules.example.org/{rule}\n' });
  const args = ['lint', 'a.yaml', '--ruleset', 'ruleset.yaml', '--no-cache', '--format', 'sarif'];
  const { stdout } = await countersignHere(args, { cwd: directory });
  expect(stdout).toContain('https://rules.example.org/lint/titled');
});
