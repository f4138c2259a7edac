import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { coverageOf, gapsOf, inspectCoverage } from '../../src/coverage/index.ts';
import { edgesOf } from '../../src/graph/index.ts';
import type { Rule } from '../../src/model/index.ts';
import { estateOf } from '../estates.ts';

/**
 * The files of a small estate, and expected.json: `why`, the rows, what is wrong with the claims, the gaps, and where
 * it matters the rules in force with the policies they name and the findings of loading.
 */
const CASES = new URL('./cases/', import.meta.url);

interface ExpectedFinding {
  readonly rule: string;
  readonly severity: string;
  readonly subject: string;
  /** A part of the message. */
  readonly message?: string;
}
interface Expected {
  readonly loading?: readonly string[];
  readonly rules?: Readonly<Record<string, readonly string[]>>;
  readonly rows: readonly object[];
  readonly findings: readonly ExpectedFinding[];
  readonly gaps?: readonly ExpectedFinding[];
}

function caseIn(name: string) {
  const folder = new URL(`./${name}/`, CASES);
  const read = (file: string) => readFileSync(new URL(file, folder), 'utf8');
  const files = readdirSync(folder).filter(file => file.endsWith('.yaml'));
  const expected = JSON.parse(read('expected.json')) as Expected;
  const rules = Object.entries(expected.rules ?? {}).map(
    ([id, policies]): Rule => ({ id, policies, severity: 'error', title: id, why: id, fix: id }),
  );
  return { estate: estateOf(Object.fromEntries(files.map(file => [file, read(file)]))), rules, expected };
}

describe('coverage', () => {
  test.each(readdirSync(CASES).sort())('%s', name => {
    const { estate, rules, expected } = caseIn(name);
    expect(estate.findings.map(({ rule }) => rule)).toEqual(expected.loading ?? []);
    const edges = edgesOf(estate);

    const areas = coverageOf(estate, edges, rules);
    const rows = areas.flatMap(area => area.rows);
    expect(
      rows.map(({ id, covered, confirmed, by, expectations }) => ({
        id,
        covered,
        confirmed,
        by,
        missing: expectations.filter(expectation => expectation.by.length === 0).map(({ text }) => text),
      })),
    ).toEqual(expected.rows);

    const found = inspectCoverage(estate, edges);
    expect(found.map(({ rule, severity, subject }) => ({ rule, severity, subject }))).toEqual(
      expected.findings.map(({ rule, severity, subject }) => ({ rule, severity, subject })),
    );
    expected.findings.forEach(({ message }, index) => {
      expect(found[index]!.message).toContain(message ?? '');
    });
    // Each points at the id in `covers`, or at the row.
    for (const { location } of found) expect(location.pointer).toMatch(/\/covers\/\d+$|\/id$/);
    if (expected.gaps) {
      const gaps = gapsOf(areas).map(({ rule, severity, subject }) => ({ rule, severity, subject }));
      expect(gaps).toEqual(expected.gaps);
    }
  });
});
