import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { api } from '../estates.ts';
import { countersign } from './cli.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'countersign-kept-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const entries = (cache: string) =>
  existsSync(cache)
    ? readdirSync(cache, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.json'))
    : [];

test('the shipped estate is the same to a run that keeps results and one that finds them', async () => {
  const check = ['check', '--as-of', '2026-11-21', '--format', 'json'];
  const env = { COUNTERSIGN_CACHE_DIR: directory };
  const cold = await countersign(check, { env });
  const kept = entries(directory);
  const warm = await countersign(check, { env });
  expect(cold.code).toBe(0);
  expect(warm).toEqual(cold);
  expect(kept.length).toBeGreaterThan(20);
  expect(entries(directory)).toEqual(kept);
}, 240_000);

describe('in a small project', () => {
  const run = (...flags: string[]) => countersign(['check', ...flags, '--format', 'json'], { cwd: directory });
  const beside = () => entries(join(directory, '.countersign/cache'));
  beforeEach(() => {
    writeFileSync(join(directory, 'things.yaml'), api({ response: '{$ref: other.yaml}' }));
    writeFileSync(join(directory, 'other.yaml'), 'type: string\nexample: words\n');
  });
  const configure = (text = '') => writeFileSync(join(directory, 'countersign.yaml'), `contracts: .\n${text}`);

  test('results lie beside the configuration, and what they follow from may change', async () => {
    configure();
    const sound = await run();
    expect(beside().length).toBeGreaterThan(2);
    writeFileSync(join(directory, 'other.yaml'), 'type: number\nexample: words\n');
    const broken = await run();
    const found = ({ stdout }: typeof sound) => (JSON.parse(stdout) as { findings: { rule: string }[] }).findings;
    expect(found(broken).map(({ rule }) => rule)).toContain('lint/oas3-valid-schema-example');
    expect(found(sound).map(({ rule }) => rule)).not.toContain('lint/oas3-valid-schema-example');
    expect(await run('--no-cache')).toEqual(broken);
  });

  test('a rule that changes is asked again', async () => {
    configure('rulesets: [{ruleset: rules.yaml, layers: [system]}]\n');
    const rules = (field: string) =>
      `functions: [lacks]\nrules: {mine: {given: $, message: "{{error}}", then: {function: lacks, functionOptions: {field: ${field}}}}}\n`;
    const lacks = (text: string) =>
      `import { say } from './say.js';\nexport default (target, { field }) => target[field] ? [] : say(field, '${text}');\n`;
    const say = (text: string) => `export const say = (field, why) => [{ message: '${text} ' + field + ' ' + why }];\n`;
    const messages = async () => {
      const { stdout, stderr } = await run();
      expect(stderr).toBe('');
      return (JSON.parse(stdout) as { findings: { rule: string; message: string }[] }).findings
        .filter(({ rule }) => rule === 'lint/mine')
        .map(({ message }) => message);
    };
    writeFileSync(join(directory, 'package.json'), '{"type": "module"}');
    const write = (name: string, text: string) => writeFileSync(join(directory, name), text);
    mkdirSync(join(directory, 'functions'));
    write('rules.yaml', rules('webhooks'));
    write('functions/lacks.js', lacks('one'));
    write('functions/say.js', say('no'));
    expect(await messages()).toEqual(['no webhooks one']);
    expect(await messages()).toEqual(['no webhooks one']);
    write('functions/say.js', say('lacks'));
    expect(await messages()).toEqual(['lacks webhooks one']);
    write('functions/lacks.js', lacks('two'));
    expect(await messages()).toEqual(['lacks webhooks two']);
    write('rules.yaml', rules('servers'));
    expect(await messages()).toEqual(['lacks servers two']);
  });

  test('nothing is kept where that is not wanted', async () => {
    configure('cache: {enabled: false}\n');
    await run();
    configure();
    await run('--no-cache');
    expect(existsSync(join(directory, '.countersign'))).toBe(false);
  });

  test('nor without a configuration, since there is no project', async () => {
    await countersign(['check', directory], { cwd: directory });
    expect(existsSync(join(directory, '.countersign'))).toBe(false);
  });

  test('the configuration may name another directory', async () => {
    configure('cache: {directory: kept/here}\n');
    await run();
    expect(entries(join(directory, 'kept/here')).length).toBeGreaterThan(2);
  });

  test('where nothing can be written there is no complaint', async () => {
    configure('cache: {directory: things.yaml}\n');
    const { code, stderr } = await run();
    expect([code, stderr]).toEqual([1, '']);
  });
});
