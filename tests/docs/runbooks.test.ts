import { readdirSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { load, snapshotOfDirectory } from '../../src/load/index.ts';
import type { Estate } from '../../src/model/index.ts';

const FOLDER = 'docs/runbooks';
const PARTS = [
  'What it is',
  'How one notices',
  'The first five minutes',
  'Decide',
  'Replay or compensate',
  'Who to call',
  'What to record',
];
const names = readdirSync(FOLDER)
  .map(file => file.replace(/\.md$/, ''))
  .filter(name => name !== 'README');
const read = (name: string) => readFileSync(`${FOLDER}/${name}.md`, 'utf8');

let estate: Estate;
beforeAll(async () => {
  estate = load(await snapshotOfDirectory('contracts'));
}, 60_000);

/** The URL of a runbook ends in the name of its file. */
const runbookOf = (url: string | undefined) => url?.split('/').at(-1) ?? '';

describe('the runbooks', () => {
  test('are there for every reference, in metadata and in examples', () => {
    const references = [...estate.files.values()].flatMap(({ path, text }) =>
      [...text.matchAll(/https:\/\/runbooks\.lakeshore\.example\/([^\s'"`,}]+)/g)].map(([, name]) => ({
        path,
        name: name!,
      })),
    );
    expect(references.length).toBeGreaterThan(100);
    expect(references.filter(({ name }) => !names.includes(name))).toEqual([]);
  });

  test('are named by every contract that somebody runs', () => {
    const run = estate.contracts.filter(({ kind }) => kind !== 'schema' && kind !== 'api');
    const layers = ['system', 'process', 'experience', 'vendor'];
    const apis = estate.contracts.filter(({ governance }) => layers.includes(governance?.layer ?? ''));
    const without = [...run, ...apis].filter(({ governance }) => !names.includes(runbookOf(governance?.runbook)));
    expect(without.map(({ id }) => id)).toEqual([]);
  });

  test('each belong to a contract, and stand in the index with those that name them', () => {
    const listed = [...read('README').matchAll(/^\| \[([a-z0-9-]+)\]\(\1\.md\) \| (.+?) \|/gm)];
    expect(listed.map(([, name]) => name)).toEqual([...names].sort());
    for (const [, name, ids] of listed) {
      const users = estate.contracts.filter(({ governance }) => runbookOf(governance?.runbook) === name);
      expect(ids?.match(/[a-z]+:[^`]+/g)?.sort(), name).toEqual(users.map(({ id }) => id).sort());
    }
  });

  test.each(names)('%s has all parts, and links that lead somewhere', name => {
    const text = read(name);
    expect([...text.matchAll(/^## (.+)$/gm)].map(([, title]) => title)).toEqual(PARTS);
    for (const [, target] of text.matchAll(/\]\(([a-z0-9-]+)\.md\)/g)) expect(names).toContain(target);
    for (const [, path] of text.matchAll(/`contracts\/([^`]+)`/g)) {
      expect(estate.files.has(path!) || estate.contracts.some(({ file }) => file.path === path), path).toBe(true);
    }
  });

  test.each(names)('%s speaks of operations, messages and fields that exist', name => {
    const spoken = [...read(name).matchAll(/`([a-z]+(?:[A-Z][a-z0-9]+)+)`/g)].map(([, word]) => word!);
    const texts = [...estate.files.values()].map(({ text }) => text);
    expect(spoken.filter(word => !texts.some(text => text.includes(word)))).toEqual([]);
  });

  test.each(names)('%s calls people whom a team names', name => {
    const known = estate.teams.flatMap(({ value }) => [value.contact, value.escalation.contact]);
    const called = [...read(name).matchAll(/[a-z.-]+@lakeshore\.example/g)].map(([address]) => address);
    expect(called.filter(address => !known.includes(address))).toEqual([]);
  });
});
