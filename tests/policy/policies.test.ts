/** Each policy over a small estate that breaks it, and over the nearest one that does not. */
import { describe, expect, it } from 'vitest';
import { edgesOf } from '../../src/graph/index.ts';
import { inspectPolicies, POLICIES, policyRules } from '../../src/policy/index.ts';
import { estateOf } from '../estates.ts';
import { CASES } from './cases.ts';

type Files = Readonly<Record<string, string>>;

function findings(files: Files, settings = {}) {
  const estate = estateOf(files);
  return inspectPolicies({ estate, edges: edgesOf(estate), today: '2026-11-30' }, settings);
}

/** What one policy says. */
function said(rule: string, files: Files): string[] {
  return findings(files)
    .filter(found => found.rule === rule)
    .map(({ subject, message }) => `${subject} ${message}`);
}

it('has cases for each policy', () => {
  expect(Object.keys(CASES).sort()).toEqual(policyRules.map(({ id }) => id).sort());
});

describe.each(Object.entries(CASES))('%s', (rule, cases) => {
  it.each(cases.map(each => [each.name, each] as const))('%s', (_, { fail, pass, says }) => {
    expect(estateOf(pass).findings, 'the estate that passes is sound').toEqual([]);
    expect(said(rule, fail)).toEqual(says);
    expect(said(rule, pass)).toEqual([]);
  });
});

describe('a policy', () => {
  it.each(POLICIES.map(({ rule }) => [rule.id, rule] as const))(
    '%s is documented',
    (id, { title, why, fix, policies }) => {
      expect(id).toMatch(/^policy\/[a-z-]+$/);
      expect(title).not.toMatch(/\.$/);
      expect(why.length).toBeGreaterThan(60);
      expect(fix.length).toBeGreaterThan(40);
      for (const policy of policies) expect(policy).toMatch(/^D6\.\d+$/);
    },
  );

  const { fail } = CASES['policy/one-writer']![0]!;

  it('is switched off, or made milder, by the configuration', () => {
    const severities = (settings: object) =>
      findings(fail, settings).map(({ rule, severity }) => `${rule} ${severity}`);
    expect(severities({})).toEqual(['policy/one-writer error']);
    expect(severities({ 'policy/one-writer': 'warn' })).toEqual(['policy/one-writer warn']);
    expect(severities({ 'policy/one-writer': 'off' })).toEqual([]);
  });
});
