/** A cache makes no difference to what is found: whatever it holds, and whatever has changed since. */
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { inspect } from '../../src/commands/inspection.ts';
import { loadRulesets } from '../../src/commands/rulesets.ts';
import { prepareSecondThread } from '../../src/commands/second-thread.ts';
import {
  type LoadedConfig,
  load,
  loadConfig,
  reachableFrom,
  type Snapshot,
  snapshotOfDirectory,
} from '../../src/load/index.ts';
import { type Estate, noCache, type ResultCache } from '../../src/model/index.ts';
import { ROOT } from '../cli/cli.ts';
import { FAULTS } from '../cli/faults.ts';

/** All that the faults touch, and what that refers to: linting more only takes longer. */
const PARTS =
  /^(canonical\/supplier|system\/suppliers|events\/suppliers|consumers\/ap-automation|teams|systems|waivers)\//;

let config: LoadedConfig;
let part: Snapshot;
let shipped: Estate;
/** What a run on the unchanged part keeps, as text, since that is what it becomes on a disk. */
const kept = new Map<string, string>();

beforeAll(async () => {
  config = await loadConfig(ROOT);
  const snapshot = await snapshotOfDirectory('contracts');
  const { files } = load(snapshot);
  const wanted = [...files.values()].filter(({ path }) => PARTS.test(path));
  const paths = new Set(wanted.flatMap(file => reachableFrom(files, file)));
  part = { ...snapshot, files: new Map([...snapshot.files].filter(([path]) => paths.has(path))) };
  shipped = load(part);
  await findingsOf(shipped, cacheOf(kept));
}, 60_000);

function cacheOf(texts: Map<string, string>): ResultCache & { readonly hits: () => number } {
  let hits = 0;
  return {
    get(key) {
      const text = texts.get(key);
      if (text === undefined) return undefined;
      hits += 1;
      return JSON.parse(text);
    },
    set: (key, value) => void texts.set(key, JSON.stringify(value)),
    hits: () => hits,
  };
}

async function findingsOf(estate: Estate, cache: ResultCache, base?: Estate) {
  const { findings, waived, counts, rules } = await inspect(estate, {
    config,
    rulesets: loadRulesets(config, ROOT, cache),
    today: '2026-11-21',
    evidence: [],
    base,
    secondThread: prepareSecondThread({ isNeeded: false }),
    cache,
  });
  return { findings, waived, counts, rules };
}

describe.each(FAULTS)('$name', ({ file, edit: [from, to], base, rule, subject }) => {
  test('is found with what was kept of the sound contracts as without', async () => {
    const text = part.files.get(file)!.replace(from, () => to);
    const faulty = load({ ...part, files: new Map([...part.files, [file, text]]) });
    const expected = await findingsOf(faulty, noCache, base && shipped);
    expect(expected.findings).toContainEqual(expect.objectContaining({ rule, subject }));
    const cache = cacheOf(new Map(kept));
    expect(await findingsOf(faulty, cache, base && shipped)).toEqual(expected);
    expect(cache.hits()).toBeGreaterThan(0);
  }, 60_000);
});

test('half of what was kept is as good as all of it', async () => {
  const expected = await findingsOf(shipped, noCache);
  const keys = [...kept.keys()];
  await fc.assert(
    fc.asyncProperty(fc.subarray(keys), async left => {
      const cache = cacheOf(new Map(left.map(key => [key, kept.get(key)!])));
      expect(await findingsOf(load(part), cache)).toEqual(expected);
      expect(cache.hits()).toBe(left.length);
    }),
    { numRuns: 3 },
  );
}, 60_000);
