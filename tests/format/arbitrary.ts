import fc from 'fast-check';
import { type FindingsReport, VERDICTS } from '../../src/format/index.ts';
import {
  type Finding,
  finding,
  type Json,
  type JsonObject,
  KNOWN,
  type Location,
  SEVERITIES,
} from '../../src/model/index.ts';

/** What a contract's author might write to break out of a format, and what terminals and CI systems obey. */
export const HOSTILE = [
  '\u001b[31m',
  '\u001b]8;;https://evil.example\u0007',
  '\u001b]0;unclosed',
  '\u009b2J',
  '\u001bc',
  '\r\n::error file=a,line=1::b',
  ' ::set-output name=a::b',
  '##vso[task.complete]',
  '##[add-mask]',
  '#',
  '</details>',
  '<script>',
  ']]>',
  '<!--',
  '-->',
  '&amp;',
  '"',
  "'",
  '|',
  '\\',
  '`',
  '```',
  '@security-team',
  'a@b.example',
  '#42',
  'https://evil.example',
  '[a](b)',
  '{0}',
  '%0A',
  '%',
  '\n',
  '\r',
  '\t',
  '\u2028',
  '\u202e',
  '\u2066',
  '\u200b',
  '\ufeff',
  '\u0000',
  '\u007f',
  '\ud800',
  '\udc00',
  '\ufffe',
  '\u{e0041}',
  '日本語',
  '👩‍👩‍👧',
  'x'.repeat(300),
] as const;

export const hostile = fc
  .array(
    fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: 'binary', maxLength: 8 }), fc.string({ maxLength: 8 })),
    {
      maxLength: 6,
    },
  )
  .map(parts => parts.join(''));

const file = fc.oneof(fc.constantFrom('a.yaml', './a.yaml', 'b/ü ß/c#1?.yaml', '../d:e.yaml'), hostile);

const location: fc.Arbitrary<Location> = fc
  .record({ file, line: fc.integer({ min: 1, max: 5 }), column: fc.integer({ min: 1, max: 500 }) })
  .chain(start =>
    fc.oneof(
      fc.nat(20).map(length => ({ ...start, endLine: start.line, endColumn: start.column + length })),
      fc
        .record({ endLine: fc.integer({ min: 1, max: 3 }), endColumn: fc.integer({ min: 1, max: 9 }) })
        .map(end => ({ ...start, endLine: start.line + end.endLine, endColumn: end.endColumn })),
    ),
  );

const rule = fc.oneof(fc.constantFrom('lint/a', 'compat/b', '__proto__'), hostile);

const evidence = fc.record(
  {
    affected: fc.array(fc.record({ id: hostile, known: fc.constantFrom(...KNOWN), location }), { maxLength: 7 }),
    witness: fc.jsonValue() as fc.Arbitrary<Json>,
    related: fc.array(fc.record({ message: hostile, location }), { maxLength: 4 }),
  },
  { requiredKeys: [] },
);

const anyFinding: fc.Arbitrary<Finding> = fc
  .record({
    rule,
    severity: fc.constantFrom(...SEVERITIES),
    subject: fc.oneof(fc.constantFrom('api:a@1', 'api:a@1#b'), hostile),
    message: hostile,
    location,
    facts: fc.dictionary(hostile, fc.nat(3)) as fc.Arbitrary<JsonObject>,
    evidence: fc.option(evidence, { nil: undefined }),
  })
  .map(({ rule: id, severity, evidence: proof, ...rest }) =>
    finding({ id, severity }, { ...rest, ...(proof ? { evidence: proof } : {}) }),
  );

export const anyReport: fc.Arbitrary<FindingsReport> = fc
  .record({
    title: hostile,
    toolVersion: fc.constant('0.1.0'),
    verdict: fc.constantFrom(...VERDICTS),
    failOn: fc.constantFrom(...SEVERITIES),
    findings: fc.array(anyFinding, { maxLength: 24, size: 'max' }),
    waived: fc.array(
      fc.record({
        finding: anyFinding,
        waiver: fc.record({ id: hostile, reason: hostile, owner: hostile, approver: hostile, expires: hostile }),
      }),
      { maxLength: 3 },
    ),
    baseline: fc.option(fc.record({ file, tolerated: fc.array(anyFinding, { maxLength: 3 }) }), { nil: undefined }),
    looked: fc.array(
      fc.oneof(
        fc.record({ label: hostile, value: fc.nat() }),
        fc.record({ label: hostile, value: fc.nat(), detail: hostile }),
      ),
      { maxLength: 3 },
    ),
    source: fc.option(fc.array(hostile, { maxLength: 6 }), { nil: undefined }),
    documented: fc.boolean(),
    rule: fc.record({ title: hostile, why: hostile, fix: hostile, policies: fc.array(hostile, { maxLength: 3 }) }),
  })
  .map(({ source, documented, rule: text, ...report }) => {
    const ids = [
      ...report.findings,
      ...report.waived.map(each => each.finding),
      ...(report.baseline?.tolerated ?? []),
    ].map(each => each.rule);
    return {
      ...report,
      rules: new Map(documented ? ids.map(id => [id, { id, severity: 'warn' as const, ...text }]) : []),
      textOf: () => source?.join('\n'),
    };
  });
