import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { cacheIn } from '../../src/commands/result-cache.ts';
import { type Json, resultKey } from '../../src/model/index.ts';

const VERSION = '0123456789abcdef';
/** Files that are written bear the time of the machine, so this is it too. */
const NOW = new Date();
const KEY = resultKey('area', 'content');

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'countersign-cache-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

async function keep(entries: Readonly<Record<string, Json>>, version = VERSION): Promise<void> {
  const cache = cacheIn(directory, version, NOW);
  for (const [key, value] of Object.entries(entries)) cache.set(key, value);
  await cache.save();
}

const found = (key: string, version = VERSION) => cacheIn(directory, version, NOW).get(key);
const fileOf = (key: string) => join(directory, VERSION, `${key}.json`);

describe('a result that was kept', () => {
  test('is found by a later run, whatever it is', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string(), fc.jsonValue({ noUnicodeString: false }), async (part, value) => {
        const json = JSON.parse(JSON.stringify(value)) as Json;
        await keep({ [resultKey('area', part)]: json });
        expect(found(resultKey('area', part))).toEqual(json);
      }),
      { numRuns: 50 },
    );
  });

  test('is found by the run that keeps it, also before it is written', () => {
    const cache = cacheIn(directory, VERSION, NOW);
    cache.set(KEY, [1]);
    expect(cache.get(KEY)).toEqual([1]);
  });

  test('belongs to one version of the program', async () => {
    await keep({ [KEY]: 1 });
    expect(found(KEY, 'fedcba9876543210')).toBeUndefined();
  });

  test('is no part of a repository', async () => {
    await keep({ [KEY]: 1 });
    expect(readFileSync(join(directory, '.gitignore'), 'utf8')).toBe('*\n');
  });

  test('leaves no other files behind, also where two runs keep the same at once', async () => {
    await Promise.all([keep({ [KEY]: 1 }), keep({ [KEY]: 1 }), keep({ [KEY]: 1 })]);
    expect(readdirSync(join(directory, VERSION))).toEqual([`${KEY}.json`]);
    expect(found(KEY)).toBe(1);
  });
});

describe('an entry that is not whole or not ours is none', () => {
  const damages: [what: string, damage: (text: string) => string][] = [
    ['empty', () => ''],
    ['cut off', text => text.slice(0, -3)],
    ['altered', text => text.replace('legal', 'Legal')],
    ['without its first line', text => text.split('\n')[1]!],
    ['no JSON', () => 'x\n{'],
    ['JSON of someone else', () => '{"findings": []}'],
    ['written otherwise', text => text.replace('["', '[ "')],
  ];
  test.each(damages)('%s', async (_, damage) => {
    await keep({ [KEY]: ['legal name'] });
    writeFileSync(fileOf(KEY), damage(readFileSync(fileOf(KEY), 'utf8')));
    expect(found(KEY)).toBeUndefined();
    // And the next run mends it.
    await keep({ [KEY]: ['legal name'] });
    expect(found(KEY)).toEqual(['legal name']);
  });

  test('under the key of another', async () => {
    await keep({ [KEY]: [] });
    const other = resultKey('area', 'other content');
    writeFileSync(fileOf(other), readFileSync(fileOf(KEY)));
    expect(found(other)).toBeUndefined();
  });

  test('a directory', async () => {
    mkdirSync(fileOf(KEY), { recursive: true });
    expect(found(KEY)).toBeUndefined();
    await keep({ [KEY]: 1 });
    expect(found(KEY)).toBeUndefined();
  });
});

test('where nothing can be written, nothing is kept and nothing is said', async () => {
  const file = join(directory, 'file');
  writeFileSync(file, '');
  const cache = cacheIn(join(file, 'cache'), VERSION, NOW);
  expect(cache.isEmpty).toBe(true);
  cache.set(KEY, 1);
  await cache.save();
  expect(cacheIn(join(file, 'cache'), VERSION, NOW).get(KEY)).toBeUndefined();
});

describe('where there is too much, what was not used for longest goes', () => {
  const keys = Array.from({ length: 12 }, (_, index) => resultKey('area', index));
  const LIMITS = { entries: 10, bytes: 10_000 };

  /** The first key was used last. */
  async function given(): Promise<void> {
    await keep(Object.fromEntries(keys.map(key => [key, 1])));
    for (const [index, key] of keys.entries()) {
      const then = new Date(NOW.getTime() - (index + 1) * 86_400_000);
      utimesSync(fileOf(key), then, then);
    }
  }

  test('by number', async () => {
    await given();
    const cache = cacheIn(directory, VERSION, NOW, LIMITS);
    cache.set(resultKey('area', 'new'), 1);
    await cache.save();
    const left = keys.filter(key => found(key) !== undefined);
    expect(left).toEqual(keys.slice(0, 7));
    expect(found(resultKey('area', 'new'))).toBe(1);
  });

  test('by size', async () => {
    await given();
    const cache = cacheIn(directory, VERSION, NOW, { entries: 100, bytes: 1_000 });
    cache.set(resultKey('area', 'new'), 'x'.repeat(300));
    await cache.save();
    // Four fifths are kept: the new one has 367 bytes, the others 66 each.
    expect(keys.filter(key => found(key) !== undefined)).toEqual(keys.slice(0, 6));
    expect(found(resultKey('area', 'new'))).toBeDefined();
  });

  test('what was used counts as used now', async () => {
    await given();
    const cache = cacheIn(directory, VERSION, NOW, LIMITS);
    expect(cache.get(keys[11]!)).toBe(1);
    cache.set(resultKey('area', 'new'), 1);
    await cache.save();
    expect(found(keys[11]!)).toBe(1);
    expect(found(keys[7]!)).toBeUndefined();
  });

  test('of other versions too, and nothing that is named otherwise', async () => {
    const old = 'fedcba9876543210';
    await keep({ [KEY]: 1 }, old);
    const then = new Date(NOW.getTime() - 99 * 86_400_000);
    utimesSync(join(directory, old, `${KEY}.json`), then, then);
    writeFileSync(join(directory, 'notes.txt'), 'mine');
    await given();
    const cache = cacheIn(directory, VERSION, NOW, LIMITS);
    cache.set(resultKey('area', 'new'), 1);
    await cache.save();
    expect(readdirSync(directory).sort()).toEqual(['.gitignore', VERSION, 'notes.txt']);
  });
});
