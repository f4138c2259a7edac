/** Every rule has documentation, an example that it passes and one that it catches, and an index that applies it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lint, loadRuleset, type RulesetHere } from '../../src/lint/index.ts';
import { load } from '../../src/load/index.ts';
import type { Finding } from '../../src/model/index.ts';

const ROOT = 'rulesets';
const INDEXES = ['platform.yaml', 'vendor.yaml', 'internal.yaml'];
/** Dear to build, and the same for every test. */
const platform = loadRuleset(ROOT, 'platform.yaml');
const indexes = Promise.all(INDEXES.map(index => loadRuleset(ROOT, index)));
const folders = readdirSync(ROOT, { withFileTypes: true })
  .filter(entry => entry.isDirectory() && entry.name !== 'functions')
  .map(entry => entry.name);

function examples(folder: string, kind: 'pass' | 'fail'): string[] {
  return readdirSync(join(ROOT, folder)).filter(name => name.startsWith(`${kind}.`));
}

async function findingsOn(ruleset: RulesetHere, folder: string, example: string): Promise<Finding[]> {
  const text = readFileSync(join(ROOT, folder, example), 'utf8');
  const estate = load({ label: 'example', files: new Map([[example, text]]), skipped: [] });
  expect(estate.contracts, 'the example is one contract').toHaveLength(1);
  return [...estate.findings, ...(await lint(estate, [{ ruleset, contracts: estate.contracts }]))];
}

describe.each(folders)('%s', folder => {
  const id = `lint/${folder}`;

  it('is one rule, with complete documentation', async () => {
    const { rules } = await loadRuleset(ROOT, `${folder}/ruleset.yaml`);
    expect([...rules.keys()]).toEqual([id]);
    const rule = rules.get(id)!;
    expect(rule.policies?.length).toBeGreaterThan(0);
    for (const policy of rule.policies ?? []) expect(policy).toMatch(/^D6\.\d+$/);
    expect(rule.title).not.toMatch(/\.$/);
    expect(rule.why.length).toBeGreaterThan(60);
    expect(rule.fix.length).toBeGreaterThan(40);
  });

  it('interpolates the message of its function, on which the facts of a finding hang', async () => {
    const { ruleset } = await loadRuleset(ROOT, `${folder}/ruleset.yaml`);
    expect(ruleset.rules[folder]?.message).toBe('{{error}}');
  });

  it('is in an index', async () => {
    expect((await indexes).some(({ rules }) => rules.has(id))).toBe(true);
  });

  it('has as many examples that pass as fail, for the same formats', () => {
    const formats = (kind: 'pass' | 'fail') => examples(folder, kind).map(name => name.slice(5));
    expect(formats('pass')).toEqual(formats('fail'));
    expect(formats('pass').length).toBeGreaterThan(0);
  });

  it.each(examples(folder, 'pass'))('finds nothing in %s', async example => {
    expect(await findingsOn(await loadRuleset(ROOT, `${folder}/ruleset.yaml`), folder, example)).toEqual([]);
  });

  it.each(examples(folder, 'fail'))('finds faults, each once, in %s', async example => {
    const findings = await findingsOn(await loadRuleset(ROOT, `${folder}/ruleset.yaml`), folder, example);
    expect(findings.length).toBeGreaterThan(0);
    for (const { rule, severity } of findings) expect({ rule, severity }).toEqual({ rule: id, severity: 'error' });
    expect(new Set(findings.map(({ fingerprint }) => fingerprint)).size).toBe(findings.length);
    expect(findings.map(summary)).toMatchSnapshot();
  });

  it.each([...examples(folder, 'pass'), ...examples(folder, 'fail')])('has a sound document in %s', async example => {
    const findings = await findingsOn(await platform, folder, example);
    // Missing tags or contacts are for brevity; what is an error would make the example wrong.
    const own = folders.map(name => `lint/${name}`);
    expect(findings.filter(({ rule, severity }) => severity === 'error' && !own.includes(rule)).map(summary)).toEqual(
      [],
    );
  });
});

describe('the indexes', () => {
  it('apply every rule about our own contracts in platform.yaml', async () => {
    const { rules } = await platform;
    const missing = folders.filter(folder => !rules.has(`lint/${folder}`));
    expect(missing).toEqual([
      'files-deduplicated',
      'mappings-tested',
      'steps-fail-safely',
      'steps-retried',
      'vendor-facts-stated',
      'vendor-limits-stated',
    ]);
  });

  it.each(INDEXES)('%s documents each rule, those of Spectral too', async index => {
    const { rules } = await loadRuleset(ROOT, index);
    for (const rule of rules.values()) {
      expect(rule.title.length, rule.id).toBeGreaterThan(5);
      expect(rule.why.length, rule.id).toBeGreaterThan(20);
      expect(rule.fix.length, rule.id).toBeGreaterThan(20);
    }
  });
});

function summary({ location, subject, message }: Finding): string {
  return `${location.line}:${location.column} ${subject}: ${message}`;
}
