import { type Static, Type } from '@sinclair/typebox';
import type { AreaCoverage } from '../coverage/index.ts';
import { type Finding, SEVERITIES } from '../model/index.ts';

const counts = {
  rows: Type.Integer(),
  covered: Type.Integer({ description: 'Claimed soundly, the confirmed ones among them.' }),
  confirmed: Type.Integer(),
  uncovered: Type.Integer(),
};

export const CoverageDocument = Type.Object(
  {
    ids: Type.Array(
      Type.Object({
        id: Type.String({ description: 'Id of the row, as `covers` names it.' }),
        area: Type.String(),
        title: Type.String(),
        covered: Type.Boolean({
          description: 'Something claims the row that has at least a part of what the row expects or allows.',
        }),
        confirmed: Type.Boolean({
          description: 'Everything that the row expects is there, each in something that claims the row.',
        }),
        by: Type.Array(Type.String(), {
          description: 'Ids of the content that meets an expectation, or of who claims the row without meeting one.',
        }),
        expects: Type.Array(
          Type.Object({
            content: Type.String({ description: 'Pattern of ids, and what else must hold.' }),
            by: Type.Array(Type.String({ description: 'Id of what meets it.' })),
          }),
        ),
        missing: Type.Array(Type.String(), { description: 'Expectations that nothing which claims the row meets.' }),
        unchecked: Type.Optional(
          Type.String({ description: 'Why content cannot confirm the row, and where its proof is instead.' }),
        ),
      }),
    ),
    summary: Type.Object({
      ...counts,
      areas: Type.Array(Type.Object({ id: Type.String(), title: Type.String(), ...counts })),
    }),
    findings: Type.Array(
      Type.Object({
        rule: Type.String({ description: 'Id of the rule; `countersign explain` tells more.' }),
        level: Type.Unsafe<(typeof SEVERITIES)[number]>({ type: 'string', enum: [...SEVERITIES] }),
        subject: Type.String(),
        message: Type.String(),
        place: Type.Object({ file: Type.String(), line: Type.Integer(), column: Type.Integer() }),
      }),
      { description: 'Claims that are wrong, then gaps.' },
    ),
  },
  { title: 'Coverage', description: 'What `countersign coverage --format json` prints.' },
);
export type CoverageDocument = Static<typeof CoverageDocument>;

/** `shown` says which rows are listed; the summary counts all of them. */
export function coverageDocument(
  areas: readonly AreaCoverage[],
  findings: readonly Finding[],
  shown: (row: AreaCoverage['rows'][number]) => boolean,
): CoverageDocument {
  const perArea = areas.map(({ id, title, rows }) => ({ id, title, ...count(rows) }));
  return {
    ids: areas.flatMap(area =>
      area.rows.filter(shown).map(({ id, title, covered, confirmed, by, expectations, unchecked }) => ({
        id,
        area: area.id,
        title,
        covered,
        confirmed,
        by: [...by],
        expects: expectations.map(expectation => ({ content: expectation.text, by: [...expectation.by] })),
        missing: expectations.filter(expectation => expectation.by.length === 0).map(({ text }) => text),
        ...(unchecked === undefined ? {} : { unchecked }),
      })),
    ),
    summary: { ...count(areas.flatMap(({ rows }) => rows)), areas: perArea },
    findings: findings.map(({ rule, severity, subject, message, location: { file, line, column } }) => ({
      rule,
      level: severity,
      subject,
      message,
      place: { file, line, column },
    })),
  };
}

function count(rows: AreaCoverage['rows']) {
  const covered = rows.filter(row => row.covered).length;
  const confirmed = rows.filter(row => row.confirmed).length;
  return { rows: rows.length, covered, confirmed, uncovered: rows.length - covered };
}
