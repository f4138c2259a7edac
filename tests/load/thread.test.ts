import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startThread } from '../../src/load/thread.ts';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'countersign-thread-'));
});
afterAll(() => rm(directory, { recursive: true }));

async function threadOf(program: string) {
  const file = join(directory, `${program.length}.mjs`);
  await writeFile(file, `import { parentPort } from 'node:worker_threads';\n${program}`);
  return (await startThread<number, number>(pathToFileURL(file)))!;
}

test('gives each question its own answer, whichever comes first', async () => {
  const thread = await threadOf(
    `parentPort.on('message', ({ id, content }) => setTimeout(() => parentPort.postMessage({ id, content: content * 2 }), content));`,
  );
  expect(await Promise.all([30, 1].map(thread.ask))).toEqual([60, 2]);
  thread.end();
});

test('what fails in it fails in those who wait, and in whoever asks later', async () => {
  const thread = await threadOf(`parentPort.on('message', () => Promise.reject(new Error('a fault')));`);
  await expect(thread.ask(1)).rejects.toThrow('a fault');
  await expect(thread.ask(2)).rejects.toThrow('a fault');
});

test('there is none where the program was not built', async () => {
  expect(await startThread(pathToFileURL(join(directory, 'none.mjs')))).toBeUndefined();
});
