/** The image of the process that lints: that there is one, that it finds the same, and that old ones go. */
import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { openHere } from '../../src/lint/spectral/here.ts';
import { openProcesses } from '../../src/lint/spectral/processes.ts';
import { makeImage } from '../../src/lint/spectral/snapshot.ts';
import type { LintSetting } from '../../src/lint/spectral/types.ts';
import { ROOT } from '../cli/cli.ts';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'images-')));
afterAll(() => rmSync(folder, { recursive: true }));

const CASES = resolve('tests/lint/documents');
const setting: LintSetting = {
  ruleset: { root: resolve('tests/lint/rulesets'), name: 'all.yaml', code: 'none' },
  root: ROOT,
  ignoreUnknownFormat: false,
};

it('can be made of the built program, and finds what the program finds', async () => {
  const program = readdirSync(join(ROOT, 'dist')).find(name => /^lint-engine-.*\.cjs$/.test(name))!;
  const image = join(folder, 'engine.blob');
  const env = { NODE_ENV: 'production', TMPDIR: folder };
  const args = ['--snapshot-blob', image, '--build-snapshot', join(ROOT, 'dist', program)];
  execFileSync(process.execPath, args, { env, stdio: 'ignore' });
  expect(readdirSync(folder)).toEqual(['engine.blob']);

  const documents = ['swagger.json', 'asyncapi2.yaml', 'asyncapi3.yaml', 'siblings.yaml'].map(name => ({
    source: join(CASES, name),
    text: readFileSync(join(CASES, name), 'utf8'),
  }));
  const apart = await openProcesses([['--snapshot-blob', image]])(setting, 0);
  const here = await openHere(setting, 0);
  expect(apart.rules).toEqual(here.rules);
  expect(await apart.lint(documents, () => undefined)).toEqual(await here.lint(documents, () => undefined));
});

it('goes when three others were used after it, and nothing else goes', async () => {
  const directory = mkdtempSync(join(folder, 'kept-'));
  const now = new Date('2030-01-01T00:00:00Z');
  const put = (name: string, minutesAgo: number) => {
    writeFileSync(join(directory, name), '');
    const at = new Date(now.getTime() - minutesAgo * 60_000);
    utimesSync(join(directory, name), at, at);
    return name;
  };
  const image = (digit: number) => `lint-engine-${String(digit).repeat(16)}-linux-x64-v20.0.0.blob`;
  const kept = [
    put(image(1), 10),
    put(image(2), 5),
    put(image(3), 7),
    put('notes.blob', 90),
    put(`${image(6)}.begun`, 2),
  ];
  const old = [put(image(4), 20), put(`${image(5)}.begun`, 30)];
  const program = join(directory, `lint-engine-${'0'.repeat(16)}.cjs`);
  await makeImage(program, directory, now);

  const left = new Set(readdirSync(directory));
  expect(kept.filter(name => !left.has(name))).toEqual([]);
  expect(old.filter(name => existsSync(join(directory, name)))).toEqual([]);
});
