import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  applyBaseline,
  baselineText,
  isTolerable,
  parseBaseline,
  rewriteBaseline,
  type Waived,
} from '../../src/lifecycle/index.ts';
import { Baseline, type Finding, finding, startOf } from '../../src/model/index.ts';
import { estateOf } from '../estates.ts';

const ran = () => true;

function found(id: string, subject = 'api:a@1', facts = {}): Finding {
  const message = `${id} on "${subject}"\u2028 in words`;
  return finding({ id, severity: 'error' }, { subject, message, facts, location: startOf('a.yaml') });
}

const some = fc
  .record({
    rule: fc.constantFrom('lint/a', 'lint/b', 'load/c', 'compat/d', 'lifecycle/waiver-expired'),
    subject: fc.constantFrom('api:a@1', 'api:a@1#GET ~1x', 'event:b@2#c/payload'),
    n: fc.nat(2),
  })
  .map(({ rule, subject, n }) => found(rule, subject, { n }));
const several = fc.array(some, { maxLength: 8 });
const read = (text: string) => parseBaseline('baseline.json', text);
const prints = (findings: readonly Finding[]) => findings.map(({ fingerprint }) => fingerprint).sort();

describe('laws', () => {
  test('what was just written tolerates all that it may, and is not stale', () => {
    fc.assert(
      fc.property(several, findings => {
        const { findings: left, tolerated } = applyBaseline(
          findings,
          [],
          read(baselineText(findings.filter(tolerable))),
          ran,
        );
        expect(prints(left)).toEqual(prints(findings.filter(each => !tolerable(each))));
        expect(prints(tolerated)).toEqual(prints(findings.filter(tolerable)));
      }),
    );
  });

  test('nothing is lost: each finding is tolerated or left, each entry is used or stale', () => {
    fc.assert(
      fc.property(several, several, (then, now) => {
        const baseline = read(baselineText(then.filter(tolerable)));
        const { findings, tolerated } = applyBaseline(now, [], baseline, ran);
        const stale = findings.filter(({ rule }) => rule === 'lifecycle/baseline-stale');
        const left = findings.filter(({ rule }) => rule !== 'lifecycle/baseline-stale');
        expect(prints([...left, ...tolerated])).toEqual(prints(now));
        expect(stale.length + tolerated.length).toBe(baseline.entries.length);
      }),
    );
  });

  test('rewriting never adds unless told so, and leaves nothing stale', () => {
    fc.assert(
      fc.property(several, several, fc.boolean(), (then, now, mayGrow) => {
        const before = read(baselineText(then.filter(tolerable)));
        const { text, kept, added, removed } = rewriteBaseline(now, before, mayGrow, ran);
        const after = read(text);
        expect(after.entries.length).toBe(kept + added);
        expect(before.entries.length).toBe(kept + removed);
        if (!mayGrow) expect(added).toBe(0);
        const { findings } = applyBaseline(now, [], after, ran);
        expect(findings.filter(({ rule }) => rule === 'lifecycle/baseline-stale')).toEqual([]);
        if (mayGrow) expect(findings.filter(tolerable)).toEqual([]);
        expect(rewriteBaseline(now, after, mayGrow, ran).text).toBe(text);
      }),
    );
  });

  test('the text has its published shape and does not depend on the order of the findings', () => {
    const validate = new Ajv2020({ strict: false }).compile(Baseline);
    fc.assert(
      fc.property(several, findings => {
        const text = baselineText(findings);
        expect(validate(JSON.parse(text)), JSON.stringify(validate.errors)).toBe(true);
        expect(baselineText([...findings].reverse())).toBe(text);
        expect(text.split('\n').length).toBe(findings.length === 0 ? 5 : findings.length + 6);
      }),
    );
  });
});

function tolerable({ rule }: Finding): boolean {
  return isTolerable(rule);
}

describe('an entry', () => {
  const one = found('lint/a');
  const baseline = read(baselineText([one]));
  const rulesLeft = (findings: readonly Finding[], waived: readonly Waived[] = [], did = ran) =>
    applyBaseline(findings, waived, baseline, did).findings.map(({ rule }) => rule);

  test('whose finding is gone is a finding at its line', () => {
    const [stale] = applyBaseline([], [], baseline, ran).findings;
    expect(stale).toMatchObject({
      rule: 'lifecycle/baseline-stale',
      subject: 'api:a@1',
      location: { file: 'baseline.json', line: 4 },
    });
  });

  test('stands for one finding: a second one with the same fingerprint is new', () => {
    expect(rulesLeft([one, one])).toEqual(['lint/a']);
  });

  test('that says another rule or subject than its fingerprint tolerates nothing', () => {
    const forged = read(baselineText([{ ...one, rule: 'lint/harmless' }]));
    expect(applyBaseline([one], [], forged, ran).findings.map(({ rule }) => rule)).toEqual([
      'lint/a',
      'lifecycle/baseline-stale',
    ]);
  });

  test('is stale once a waiver excuses its finding', () => {
    const waived = [{ finding: one, waiver: { id: 'waiver:w' } }] as unknown as readonly Waived[];
    const [stale] = applyBaseline([], waived, baseline, ran).findings;
    expect(stale?.message).toContain('waiver:w excuses it now');
  });

  test('of which nothing is known stays when the baseline is written anew', () => {
    const rewrite = (findings: readonly Finding[], did = ran) => rewriteBaseline(findings, baseline, false, did);
    expect(rewrite([], () => false)).toMatchObject({ text: baseline.text, kept: 1, removed: 0 });
    expect(rewrite([found('load/syntax')])).toMatchObject({ text: baseline.text, kept: 1, removed: 0 });
    expect(rewrite([])).toMatchObject({ kept: 0, removed: 1 });
  });

  test('about a file that was moved holds where it is now, and nowhere else', () => {
    const before = read(baselineText([found('load/a', 'source:old/a.yaml', { at: 'x' })]));
    const after = found('load/a', 'source:new/b.yaml', { at: 'x' });
    const left = (findings: readonly Finding[], gone: boolean) =>
      applyBaseline(findings, [], before, ran, () => gone).findings.map(({ rule }) => rule);
    expect(left([after], true)).toEqual([]);
    expect(left([after], false)).toEqual(['load/a', 'lifecycle/baseline-stale']);
    expect(left([after, after], true)).toEqual(['load/a']);
    expect(left([found('load/a', 'source:new/b.yaml', { at: 'y' })], true)).toEqual([
      'load/a',
      'lifecycle/baseline-stale',
    ]);
    expect(left([found('load/a', 'api:a@1', { at: 'x' })], true)).toEqual(['load/a', 'lifecycle/baseline-stale']);
  });

  test('of a check that did not run is left alone', () => {
    expect(rulesLeft([], [], () => false)).toEqual([]);
  });

  test('of a contract that cannot be parsed is left alone: nobody knows whether it is gone', () => {
    expect(rulesLeft([found('load/syntax')])).toEqual(['load/syntax']);
    expect(rulesLeft([found('load/syntax', 'api:other@1')])).toEqual(['load/syntax', 'lifecycle/baseline-stale']);
  });
});

describe('a file that is no baseline is answered with its line and what to do', () => {
  const entry = JSON.stringify({ rule: 'lint/a', subject: 'api:a@1', fingerprint: '0'.repeat(32), message: 'm' });
  const listing = (...lines: string[]) => `{"countersign": "baseline", "findings": [\n${lines.join(',\n')}\n]}`;
  const wrong: [what: string, text: string, message: RegExp][] = [
    ['broken JSON', '{\n"findings": [', /^baseline\.json:2: the baseline cannot be parsed/],
    ['an empty file', '', /^baseline\.json:1: the baseline cannot be parsed/],
    ['something else', '[]', /^baseline\.json:1: not a baseline/],
    ['a mistyped key', listing(entry, entry.replace('"message"', '"mesage"')), /^baseline\.json:3: .*mesage/],
    ['a short fingerprint', listing(entry.replace('0000', '0')), /^baseline\.json:2: .*fingerprint/],
    [
      'what a change breaks',
      listing(entry, entry.replace('lint/a', 'compat/operation-removed')),
      /^baseline\.json:3: a baseline cannot tolerate compat\/operation-removed; mend it, or get a waiver$/,
    ],
  ];
  test.each(wrong)('%s', (_, text, message) => {
    expect(() => read(text)).toThrow(message);
  });
});

test('a baseline among the contracts is not held to be a contract', () => {
  expect(estateOf({ 'baseline.json': baselineText([found('lint/a')]) }).findings).toEqual([]);
});
