import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { inspectCoverage } from '../../src/coverage/index.ts';
import { edgesOf } from '../../src/graph/index.ts';
import { load, snapshotOfDirectory } from '../../src/load/index.ts';
import { estateOf } from '../estates.ts';

const domain = (row: string) =>
  `countersign: domain\nid: domain:d\nname: D\ndescription: d\nowner: team:t\nareas:\n  - id: D1\n    title: t\n    description: d\n    rows:\n      - ${row}\n`;

describe('domain documents', () => {
  const faults: [what: string, row: string, message: RegExp][] = [
    ['neither content nor a reason why there is none', '{id: D1.1, title: t, description: d}', /lacks "expects"/],
    ['both', "{id: D1.1, title: t, description: d, expects: ['api:a@*'], unchecked: u}", /exactly one schema/],
    ['an unknown kind of id', "{id: D1.1, title: t, description: d, expects: ['operation:a']}", /must match pattern/],
    ['an id that no claim can name', "{id: E1, title: t, description: d, expects: ['api:a@*']}", /must match pattern/],
    ['a mistyped key', "{id: D1.1, title: t, description: d, expect: ['api:a@*']}", /did you mean "expects"/],
    ['an empty expectation', '{id: D1.1, title: t, description: d, expects: [{}]}', /must NOT have fewer than 1/],
  ];
  test.each(faults)('%s', (_, row, message) => {
    const { findings, domains } = estateOf({ 'domain.yaml': domain(row) });
    expect(domains).toEqual([]);
    expect(findings.map(({ rule }) => rule)).toContain('load/metadata-invalid');
    expect(findings.map(found => found.message).join('\n')).toMatch(message);
    expect(findings.every(({ location }) => location.file === 'domain.yaml')).toBe(true);
  });
});

describe('the requirements of procure-to-pay', async () => {
  const estate = load(await snapshotOfDirectory('contracts', 'contracts'));

  test('have each area whole, in order', () => {
    const areas = estate.domains.flatMap(({ value }) => value.areas);
    const sizes = { D1: 17, D2: 15, D3: 21, D4: 13, D5: 6, D6: 22, D7: 6, D8: 5, D10: 8 };
    const numbered = areas.filter(({ id }) => id !== 'D9');
    expect(numbered.map(({ id, rows }) => [id, rows.length])).toEqual(Object.entries(sizes));
    for (const { id, rows } of numbered)
      expect(rows.map(row => row.id)).toEqual(rows.map((__, at) => `${id}.${at + 1}`));
    const mappings = areas.find(({ id }) => id === 'D9')!.rows;
    expect(mappings.map(({ id, expects }) => [id, expects!.length])).toEqual([['D9', 35]]);
  });

  test('are claimed by nobody without reason', () => {
    const found = inspectCoverage(estate, edgesOf(estate));
    expect(found.map(({ message }) => message)).toEqual([]);
  });

  test('the example in the documentation is one', () => {
    const text = readFileSync('docs/coverage.md', 'utf8');
    const examples = [...text.matchAll(/```yaml\n(countersign: domain\n[\s\S]*?)```/g)].map(([, example]) => example!);
    expect(examples).toHaveLength(1);
    const { findings, domains } = estateOf({ 'domain.yaml': examples[0]! });
    expect(findings).toEqual([]);
    expect(domains).toHaveLength(1);
  });
});
