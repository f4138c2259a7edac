import fc from 'fast-check';
import { expect, test } from 'vitest';
import { finding, SEVERITIES, startOf } from '../../src/model/index.ts';
import { COST, meanOf, scoresOf } from '../../src/report/score.ts';
import { api, estateOf } from '../estates.ts';

const estate = estateOf({
  'a.yaml': api({}),
  'b.yaml': api({}).replaceAll('things', 'others'),
});

const some = fc
  .record({
    rule: fc.constantFrom('lint/a', 'lint/b', 'load/c'),
    severity: fc.constantFrom(...SEVERITIES),
    subject: fc.constantFrom('api:things@1', 'api:things@1#doThing/request', 'api:others@1', 'system:elsewhere'),
  })
  .map(({ rule, severity, subject }) =>
    finding({ id: rule, severity }, { subject, message: 'm', location: startOf('a.yaml') }),
  );
const several = fc.array(some, { maxLength: 40 });

test('a contract starts at 100; one finding costs what its severity says, more of a rule at most twice', () => {
  const error = finding(
    { id: 'lint/a', severity: 'error' },
    { subject: 'api:things@1#x', message: '', location: startOf('a') },
  );
  const scored = (count: number) => {
    const found = Array.from({ length: count }, () => error);
    return scoresOf(estate, found, []).find(({ id }) => id === 'api:things@1')!;
  };
  expect(scored(0)).toMatchObject({ score: 100, losses: [] });
  expect([1, 2, 6, 100].map(count => scored(count).score)).toEqual([90, 88, 80, 80]);
  expect(scored(2).losses).toEqual([{ rule: 'lint/a', severity: 'error', findings: 2, points: 12 }]);
});

test('what it lost is what its reasons say, whatever the order of the findings', () => {
  fc.assert(
    fc.property(several, several, (findings, waived) => {
      const scores = scoresOf(estate, findings, waived);
      expect(scoresOf(estate, [...findings].reverse(), waived)).toEqual(scores);
      expect(scores.map(({ id }) => id).sort()).toEqual(['api:others@1', 'api:things@1']);
      for (const { score, losses } of scores) {
        const lost = losses.reduce((sum, { points }) => sum + points, 0);
        expect(score).toBeCloseTo(Math.max(0, 100 - lost), 5);
        for (const { severity, points } of losses) expect(points).toBeLessThanOrEqual(2 * COST[severity]);
      }
      const counted = scores.flatMap(({ losses }) => losses).reduce((sum, each) => sum + each.findings, 0);
      expect(counted).toBe(findings.filter(({ subject }) => subject.startsWith('api:')).length);
    }),
  );
});

test('one finding more never raises a score', () => {
  fc.assert(
    fc.property(several, some, (findings, another) => {
      const before = new Map(scoresOf(estate, findings, []).map(({ id, score }) => [id, score]));
      for (const { id, score } of scoresOf(estate, [...findings, another], [])) {
        expect(score).toBeLessThanOrEqual(before.get(id)!);
      }
    }),
  );
});

test('the mean is rounded down, so that it is 100 only where nothing was lost', () => {
  const scores = scoresOf(estate, [], []);
  expect(meanOf(scores)).toBe(100);
  expect(meanOf([...Array.from({ length: 200 }, () => scores[0]!), { ...scores[0]!, score: 99 }])).toBe(99.9);
  expect(meanOf([])).toBe(100);
});
