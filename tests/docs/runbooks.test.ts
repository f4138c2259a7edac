import { readdirSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { load, snapshotOfDirectory } from '../../src/load/index.ts';
import type { Estate } from '../../src/model/index.ts';

const FOLDER = 'docs/runbooks';
const PARTS = ['What it is', 'How one notices', 'The first five minutes', 'Replay or compensate', 'Who to call'];
const names = readdirSync(FOLDER)
  .map(file => file.replace(/\.md$/, ''))
  .filter(name => name !== 'README');
const read = (name: string) => readFileSync(`${FOLDER}/${name}.md`, 'utf8');

let estate: Estate;
beforeAll(async () => {
  estate = load(await snapshotOfDirectory('contracts'));
});

/** The URL of a runbook ends in the name of its file. */
const runbookOf = (url: string | undefined) => url?.split('/').at(-1) ?? '';

describe('the runbooks', () => {
  test('are there for every workflow', () => {
    const wanted = estate.contracts.filter(({ kind }) => kind === 'workflow');
    expect(wanted.length).toBeGreaterThan(0);
    expect(
      wanted.map(({ governance }) => runbookOf(governance?.runbook)).filter(name => !names.includes(name)),
    ).toEqual([]);
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

  test.each(names)('%s calls people whom a team names', name => {
    const known = estate.teams.flatMap(({ value }) => [value.contact, value.escalation.contact]);
    const called = [...read(name).matchAll(/[a-z.-]+@lakeshore\.example/g)].map(([address]) => address);
    expect(called.filter(address => !known.includes(address))).toEqual([]);
  });
});
