import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { compare } from '../../src/compat/index.ts';
import { estateOf } from '../estates.ts';

/** base.yaml, head.yaml (none where the file is removed) and expected.json: `why`, and the changes to be found. */
const CASES = new URL('./cases/', import.meta.url);

function estateIn(name: string, file: string) {
  const path = new URL(`./${name}/${file}`, CASES);
  return estateOf(existsSync(path) ? { 'contract.yaml': readFileSync(path, 'utf8') } : {});
}

describe('what breaks', () => {
  test.each(readdirSync(CASES).sort())('%s', async name => {
    const [base, head] = [estateIn(name, 'base.yaml'), estateIn(name, 'head.yaml')];
    expect([...base.findings, ...head.findings].map(({ message }) => message)).toEqual([]);
    const expected = JSON.parse(readFileSync(new URL(`./${name}/expected.json`, CASES), 'utf8')) as {
      changes: object[];
    };
    const { changes, unproven } = await compare(base, head, { today: '2026-11-01', noticeDays: 180 });
    // The cases do not raise their version numbers: see version.test.ts.
    const found = changes
      .filter(({ area }) => area !== 'version')
      .map(({ rule, severity, subject }) => ({ rule: rule.id, severity, subject }));
    expect(found).toEqual(expected.changes);
    expect(unproven).toEqual([]);
  });

  test.each(readdirSync(CASES).sort())('%s: nothing changes from a version to itself', async name => {
    const base = estateIn(name, 'base.yaml');
    expect((await compare(base, base, { today: '2026-11-01', noticeDays: 180 })).changes).toEqual([]);
  });
});
