import { describe, expect, test } from 'vitest';
import { applyWaivers, daysBetween, inspectLifecycle, isCalendarDate } from '../../src/lifecycle/index.ts';
import { finding, startOf, type Waiver } from '../../src/model/index.ts';
import { estateOf } from '../estates.ts';

const TODAY = '2026-11-01';

function rulesFor(lifecycle: string): string[] {
  const estate = estateOf({
    'a.yaml': `openapi: 3.1.0\ninfo: {title: A, version: 1.0.0}\npaths: {}\nx-governance: {id: "api:a@1", lifecycle: ${lifecycle}}\n`,
  });
  expect(estate.findings).toEqual([]);
  return inspectLifecycle(estate, [], { today: TODAY, noticeDays: 180 }).map(({ rule }) =>
    rule.replace('lifecycle/', ''),
  );
}

describe('dates', () => {
  const cases: [lifecycle: string, rules: string[]][] = [
    ['{status: active}', []],
    ['{status: deprecated, deprecationDate: 2026-01-01, sunsetDate: 2027-01-01}', []],
    [
      '{status: deprecated, deprecationDate: 2026-06-01, sunsetDate: 2026-05-31}',
      ['sunset-before-deprecation', 'sunset-passed'],
    ],
    ['{status: deprecated, deprecationDate: 2026-10-01, sunsetDate: 2027-01-01}', ['notice-too-short']],
    ['{status: active, deprecationDate: 2026-11-01}', ['deprecation-not-in-force']],
    ['{status: active, deprecationDate: 2026-11-02}', []],
    ['{status: deprecated, deprecationDate: 2025-01-01, sunsetDate: 2026-10-31}', ['sunset-passed']],
    ['{status: deprecated, deprecationDate: 2025-01-01, sunsetDate: 2026-11-01}', []],
    ['{status: retired, deprecationDate: 2025-01-01, sunsetDate: 2026-10-31}', []],
    ['{status: deprecated, deprecationDate: 2026-02-30, sunsetDate: 2027-01-01}', ['invalid-date']],
  ];
  test.each(cases)('%s', (lifecycle, rules) => {
    expect(rulesFor(lifecycle)).toEqual(rules);
  });

  test('the calendar', () => {
    expect(['2024-02-29', '2026-12-31'].every(isCalendarDate)).toBe(true);
    expect(['2026-02-29', '2026-13-01', '2026-00-10', 'soon'].some(isCalendarDate)).toBe(false);
    expect(daysBetween('2024-02-28', '2024-03-01')).toBe(2);
  });
});

describe('waivers', () => {
  const found = finding(
    { id: 'lint/x', severity: 'error' },
    { subject: 'api:a@1', message: 'm', location: startOf('a.yaml') },
  );
  const waiver: Waiver = {
    countersign: 'waiver',
    id: 'waiver:w',
    rule: 'lint/x',
    subject: 'api:a@1',
    fingerprint: found.fingerprint,
    reason: 'a reason that is long enough',
    owner: 'team:a',
    author: 'a@a.example',
    approver: 'b@a.example',
    granted: '2026-01-01',
    expires: '2026-11-01',
  };
  const outcome = (change: Partial<Waiver>, findings = [found], ran = true) => {
    const text = JSON.stringify({ ...waiver, ...change });
    const { waivers } = estateOf({ 'w.json': text });
    const { findings: left, waived } = applyWaivers(findings, waivers, TODAY, () => ran);
    return { left: left.map(({ rule }) => rule), waived: waived.length };
  };

  test('one in force sets its finding aside, on its last day too', () => {
    expect(outcome({})).toEqual({ left: [], waived: 1 });
  });

  test('one may be about an operation that is known by its method and path', () => {
    const subject = 'api:a@1#POST ~1things';
    const on = finding({ id: 'lint/x', severity: 'error' }, { subject, message: 'm', location: startOf('a.yaml') });
    expect(outcome({ subject, fingerprint: on.fingerprint }, [on])).toEqual({ left: [], waived: 1 });
  });

  const useless: [what: string, change: Partial<Waiver>, rule: string][] = [
    ['expired', { expires: '2026-10-31' }, 'lifecycle/waiver-expired'],
    ['with an impossible date', { expires: '2026-11-31' }, 'lifecycle/waiver-expired'],
    ['approved by its author', { approver: 'A@a.example' }, 'lifecycle/waiver-self-approved'],
    ['for another fingerprint', { fingerprint: '0'.repeat(32) }, 'lifecycle/waiver-unmatched'],
    ['that names another rule', { rule: 'lint/y' }, 'lifecycle/waiver-unmatched'],
    ['that names another subject', { subject: 'api:b@1' }, 'lifecycle/waiver-unmatched'],
  ];
  test.each(useless)('one %s suppresses nothing and is a finding', (_, change, rule) => {
    expect(outcome(change)).toEqual({ left: ['lint/x', rule], waived: 0 });
  });

  test('one of a check that did not run is left alone', () => {
    expect(outcome({}, [], false)).toEqual({ left: [], waived: 0 });
    expect(outcome({}, [], true)).toEqual({ left: ['lifecycle/waiver-unmatched'], waived: 0 });
  });
});
