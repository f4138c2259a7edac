import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type FileFault, fileRules, readAll } from '../../src/layout/index.ts';
import { type LayoutId, type LayoutName, layoutNamed } from './layouts.ts';

/** A file and expected.json: `why`, the layout or its id in the estate, the name of the file where it matters, and the faults to be found, in their order. */
const CASES = new URL('./cases/', import.meta.url);

interface Expected {
  readonly layout: LayoutName | LayoutId;
  readonly faults: readonly object[];
  /** Where the name of the file matters. */
  readonly fileName?: string;
}

function open(name: string) {
  const folder = new URL(`./${name}/`, CASES);
  const file = readdirSync(folder).find(entry => entry.startsWith('file.'))!;
  return {
    bytes: readFileSync(new URL(file, folder)),
    expected: JSON.parse(readFileSync(new URL('expected.json', folder), 'utf8')) as Expected,
  };
}

function plain({ rule, line, column, number, record, field, element, message }: FileFault): object {
  const optional = { ...(record && { record }), ...(field && { field }), ...(element && { element }) };
  return { rule: rule.id, line, column, number, ...optional, message };
}

const names = readdirSync(CASES).sort();

describe('what is wrong with a file', () => {
  test.each(names)('%s', name => {
    const { bytes, expected } = open(name);
    const { faults, end } = readAll(layoutNamed(expected.layout).value, bytes, { fileName: expected.fileName });
    expect(faults.map(plain)).toEqual(expected.faults);
    expect(end.faults).toBe(expected.faults.length);
  });

  test('every rule about files is among the faults, and there are over a hundred of them', () => {
    const faults = names.flatMap(name => open(name).expected.faults);
    expect(faults.length).toBeGreaterThan(100);
    const found = new Set(faults.map(fault => (fault as { rule: string }).rule));
    // What is too much to be checked is tried in round-trip.test.ts.
    const missing = fileRules.filter(({ id }) => !found.has(id) && id !== 'file/not-decided');
    expect(missing.map(({ id }) => id)).toEqual([]);
  });
});
