import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { snapshotOfCommit, snapshotOfDirectory } from '../../src/load/index.ts';

let directory: string;
const git = (...args: string[]) =>
  execFileSync('git', ['-C', directory, '-c', 'user.name=Test', '-c', 'user.email=test@test.example', ...args], {
    stdio: 'pipe',
  });

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'countersign-'));
  mkdirSync(join(directory, 'contracts/deep'), { recursive: true });
  writeFileSync(join(directory, 'contracts/a.yaml'), 'a: 1\n');
  writeFileSync(join(directory, 'contracts/deep/ünïcode name.json'), '{"b": "é"}\n');
  writeFileSync(join(directory, 'contracts/notes.md'), 'not a contract');
  writeFileSync(join(directory, 'outside.yaml'), 'secret: 1\n');
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

test('a directory and the commit of it hold the same', async () => {
  git('init', '-q');
  git('add', '-A');
  git('commit', '-qm', 'first');
  writeFileSync(join(directory, 'contracts/a.yaml'), 'a: 2\n');
  const contracts = join(directory, 'contracts');
  const now = await snapshotOfDirectory(contracts);
  const before = await snapshotOfCommit(contracts, 'HEAD');
  expect([...now.files]).toEqual([
    ['a.yaml', 'a: 2\n'],
    ['deep/ünïcode name.json', '{"b": "é"}\n'],
  ]);
  expect(new Map(before.files)).toEqual(new Map([...now.files, ['a.yaml', 'a: 1\n']]));
});

test('data files are read as bytes where they are examples, and nowhere else', async () => {
  const bytes = Buffer.from('50 \u20ac\r\n', 'latin1');
  mkdirSync(join(directory, 'contracts/deep/examples'));
  writeFileSync(join(directory, 'contracts/deep/examples/one.txt'), bytes);
  writeFileSync(join(directory, 'contracts/deep/two.txt'), bytes);
  writeFileSync(join(directory, 'contracts/deep/examples/large.txt'), Buffer.alloc(1024 * 1024 + 1));
  git('init', '-q');
  git('add', '-A');
  git('commit', '-qm', 'first');
  const contracts = join(directory, 'contracts');
  for (const snapshot of [await snapshotOfDirectory(contracts), await snapshotOfCommit(contracts, 'HEAD')]) {
    expect([...snapshot.data!].map(([path, data]) => [path, Buffer.from(data)])).toEqual([
      ['deep/examples/one.txt', bytes],
    ]);
    expect(snapshot.skipped).toEqual([{ path: 'deep/examples/large.txt', reason: 'larger than 1 MB' }]);
  }
});

test('a link that leads out of the directory is not followed, and that is said', async () => {
  symlinkSync(join(directory, 'outside.yaml'), join(directory, 'contracts/link.yaml'));
  const { files, skipped } = await snapshotOfDirectory(join(directory, 'contracts'));
  expect([...files.keys()]).not.toContain('link.yaml');
  expect(skipped).toEqual([
    { path: 'link.yaml', reason: 'a symbolic link that leads out of the directory or nowhere' },
  ]);
});

test('what cannot be read is said in words for the user', async () => {
  await expect(snapshotOfDirectory(join(directory, 'nope'))).rejects.toThrow(/no directory/);
  git('init', '-q');
  await expect(snapshotOfCommit(directory, 'no-such-branch')).rejects.toThrow(/neither a directory nor a revision/);
  await expect(snapshotOfCommit(directory, '--output=/tmp/x')).rejects.toThrow(/neither a directory nor a revision/);
});
