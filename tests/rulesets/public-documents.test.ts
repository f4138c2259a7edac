/**
 * What the healthcare-finance rules say of public API descriptions, each hit reviewed by hand: `true` where the field does
 * hold such data, or the example does look real. scripts/public-documents.mjs repeats it; the documents are not kept here.
 */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const [, ...lines] = readFileSync('tests/rulesets/public-documents.tsv', 'utf8').trimEnd().split('\n');
const rows = lines.map(line => line.split('\t'));
const verdicts = rows.map(row => row[4]);

it('ten documents and more were looked at, among them some of payments, and each hit has a verdict', () => {
  expect(new Set(rows.map(([source, file]) => `${source} ${file}`)).size).toBeGreaterThanOrEqual(10);
  for (const row of rows) {
    expect(row).toHaveLength(5);
    expect(['true', 'false', '-']).toContain(row[4]);
  }
});

it('at most 5 of 100 hits are false', () => {
  const hits = verdicts.filter(verdict => verdict !== '-');
  const wrong = hits.filter(verdict => verdict === 'false');
  expect(hits.length).toBeGreaterThan(100);
  expect(wrong.length / hits.length).toBeLessThanOrEqual(0.05);
});
