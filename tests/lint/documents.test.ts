/** `countersign lint` finds what Spectral finds, in every way in which it may come by it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Document, Ruleset, type RulesetDefinition, Spectral } from '@stoplight/spectral-core';
import parsers from '@stoplight/spectral-parsers';
import { createHttpAndFileResolver } from '@stoplight/spectral-ref-resolver';
import { arazzo, asyncapi, oas } from '@stoplight/spectral-rulesets';
import { dump } from 'js-yaml';
import { beforeAll, describe, expect, it } from 'vitest';
import { apiOf } from '../../bench/documents.ts';
import type { Diagnostic, LintSetting, Submission } from '../../src/lint/spectral/types.ts';
import type { Json } from '../../src/model/index.ts';
import { ROOT } from '../cli/cli.ts';

const RULESETS = resolve('tests/lint/rulesets');
const CASES = resolve('tests/lint/documents');
const setting: LintSetting = {
  ruleset: { root: RULESETS, name: 'all.yaml', code: 'none' },
  root: ROOT,
  ignoreUnknownFormat: false,
};

/** Texts with what YAML allows and what it does not, in the formats that Spectral knows. */
const cases: Submission[] = readdirSync(CASES).map(name => ({
  source: join(CASES, name),
  text: readFileSync(join(CASES, name), 'utf8'),
}));

const generated: Submission[] = [
  { resources: 4, seed: 7 },
  { resources: 4, seed: 8, cyclic: true },
].flatMap((size, index) =>
  ['3.0.3', '3.1.0', '3.2.0'].flatMap(openapi => {
    const document = { ...apiOf(size), openapi };
    const name = `/generated/${openapi}-${index}`;
    return [
      { source: `${name}.yaml`, text: dump(document, { noRefs: true }) },
      { source: `${name}.json`, text: JSON.stringify(document) },
    ];
  }),
);

/** Cut off, with a line gone, with a line twice, with another character: what people do to files. */
const damaged: Submission[] = cases.flatMap(({ source, text }, index) =>
  Array.from({ length: 4 }, (_, round) => {
    const at = Math.floor((text.length * ((index * 7 + round * 13 + 1) % 97)) / 97);
    const end = text.indexOf('\n', at) + 1 || text.length;
    const line = text.slice(at, end);
    const damages = [
      text.slice(0, at),
      text.slice(0, at) + text.slice(end),
      text.slice(0, end) + line + text.slice(end),
      text.slice(0, at) + '{[:\t&*"\'-#'.charAt((round + index) % 10) + text.slice(at + 1),
    ];
    return { source, text: damages[round % damages.length]! };
  }),
);

const documents = [...cases, ...generated, ...damaged];
/** Worked out before our own modules are loaded, which make Spectral's JSONPath engine quicker. */
const expected: unknown[][] = [];

beforeAll(async () => {
  const extended = [oas, asyncapi, arazzo].map(rules => [rules as RulesetDefinition, 'all'] as const);
  const ruleset = new Ruleset({ extends: extended } as never, {
    severity: 'recommended',
    source: join(RULESETS, 'all.yaml'),
  });
  for (const { source, text } of documents) {
    const spectral = new Spectral({ resolver: createHttpAndFileResolver() });
    spectral.setRuleset(ruleset);
    const found = await spectral.run(new Document(text, parsers.Yaml as never, source)).catch(error => [error]);
    expected.push(found.map(shown));
  }
}, 120_000);

function shown(diagnostic: object): unknown {
  const { code, path, message, severity, range, source } = diagnostic as Partial<Diagnostic>;
  return { code, path, message, severity, range, source };
}

describe('findings', () => {
  it('are those of Spectral, with their places and in their order', async () => {
    const { openHere } = await import('../../src/lint/spectral/here.ts');
    const engine = await openHere(setting, 0);
    const results = await engine.lint(documents, () => undefined);
    for (const [index, { diagnostics }] of results.entries()) {
      // What Spectral itself gives up on is a finding of ours.
      if (expected[index]!.some(one => (one as { code?: string }).code === undefined)) continue;
      expect({ source: documents[index]!.source, found: diagnostics.map(shown) }).toEqual({
        source: documents[index]!.source,
        found: expected[index],
      });
    }
    expect(results.flatMap(({ diagnostics }) => diagnostics).length).toBeGreaterThan(500);
  });

  it('are the same from other processes and from results that were kept', async () => {
    const { lintFleet } = await import('../../src/lint/spectral/fleet.ts');
    const { openHere } = await import('../../src/lint/spectral/here.ts');
    const { openProcesses } = await import('../../src/lint/spectral/processes.ts');
    const program = readdirSync(join(ROOT, 'dist')).find(name => /^lint-engine-.*\.cjs$/.test(name))!;
    const kept = new Map<string, Json>();
    const cache = {
      get: (key: string) => structuredClone(kept.get(key)),
      set: (key: string, value: Json) => void kept.set(key, structuredClone(value)),
    };
    // The first program does not start: then the next one is taken.
    const processes = openProcesses([['--snapshot-blob', '/nowhere'], [join(ROOT, 'dist', program)]]);
    const some = [...cases, ...generated];
    const here = await lintFleet(some, setting, {
      cache: { get: () => undefined, set: () => undefined },
      open: openHere,
    });
    const apart = await lintFleet(some, setting, { cache, open: processes });
    const again = await lintFleet(some, setting, { cache, open: () => Promise.reject(new Error('nothing is left')) });
    expect(apart).toEqual(here);
    expect(again).toEqual(here);
  });
});
