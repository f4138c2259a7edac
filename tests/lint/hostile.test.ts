/** Documents and rulesets that mean harm, or are broken beyond recognition: each gets findings that name it, in time. */
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { bounded, RulesTimeout } from '../../src/lint/paths.ts';
import { type Linter, openLinter } from '../../src/lint/spectral/linter.ts';
import type { LintSetting } from '../../src/lint/spectral/types.ts';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'hostile-')));
afterAll(() => rmSync(folder, { recursive: true }));

function settingFor(ruleset: string): LintSetting {
  writeFileSync(join(folder, 'ruleset.yaml'), ruleset);
  return { ruleset: { root: folder, name: 'ruleset.yaml', code: 'none' }, root: folder, ignoreUnknownFormat: false };
}

let linter: Linter;
beforeAll(async () => {
  linter = await openLinter(settingFor('extends: spectral:oas\n'));
});

const source = join(folder, 'hostile.yaml');
const HEAD = 'openapi: 3.1.0\ninfo: {title: H, version: "1"}\npaths: {}\n';

/** Each layer refers to the next one twice: 2 to the 60th of the last. */
const layers = Array.from({ length: 60 }, (_, index) => {
  const next = `{$ref: '#/components/schemas/L${index + 1}'}`;
  return `    L${index}: {type: object, properties: {a: ${next}, b: ${next}}}`;
});
const bomb = [
  'a0: &a0 [x, x]',
  ...Array.from({ length: 40 }, (_, index) => `a${index + 1}: &a${index + 1} [*a${index}, *a${index}]`),
];

describe('a document', () => {
  it.each([
    [
      'that explodes through aliases',
      `${HEAD}x-bomb:\n${bomb.map(line => `  ${line}`).join('\n')}`,
      /nodes once its aliases/,
    ],
    [
      'that is a small explosion',
      `${HEAD}x-bomb:\n${bomb
        .slice(0, 19)
        .map(line => `  ${line}`)
        .join('\n')}`,
      /over 500000 nodes once its aliases/,
    ],
    [
      'that explodes through references',
      `${HEAD}components:\n  schemas:\n${layers.join('\n')}\n    L60: {}`,
      /nodes once its references/,
    ],
    ['that is nested too deep', `${HEAD}x: ${'['.repeat(100_000)}`, /nesting exceeds|missed|unexpected/i],
    [
      'that is nested too deep as blocks',
      `${HEAD}x:\n${Array.from({ length: 400 }, (_, depth) => `${' '.repeat(depth + 1)}a:`).join('\n')}`,
      /nesting exceeds/i,
    ],
    ['with a key of a megabyte', `${HEAD}${'k'.repeat(1_000_000)}: 1`, /must not have/],
    [
      'with keys of prototypes',
      `${HEAD}__proto__: {a: 1}\nconstructor: {prototype: {b: 1}}\nhasOwnProperty: 1`,
      /failed to run/,
    ],
    ['of zeros', '\0'.repeat(10_000), /./],
    ['of nothing', '', /./],
  ])('%s has a finding that names it', async (_, text, message) => {
    const { diagnostics } = await linter.lint({ text, source });
    expect(diagnostics.length).toBeGreaterThan(0);
    expect(diagnostics.map(({ message: said }) => said).join('\n')).toMatch(message);
    expect(new Set(diagnostics.map(one => one.source))).toEqual(new Set([source]));
    expect(({} as Record<string, unknown>)['a'] ?? ({} as Record<string, unknown>)['b']).toBeUndefined();
  });

  it('reaches no file outside of the root, and no network', async () => {
    const fetched = vi.spyOn(globalThis, 'fetch').mockRejectedValue(new Error('fetched'));
    const refs = [
      '/etc/hostname',
      '../../../etc/hostname',
      'file:///etc/hostname',
      'https://example.org/a',
      '//example.org/a',
    ];
    const schemas = refs.map((ref, index) => `    R${index}: {$ref: '${ref}'}`).join('\n');
    const { diagnostics } = await linter.lint({ text: `${HEAD}components:\n  schemas:\n${schemas}`, source });
    // Spectral says the same only once.
    const invalid = diagnostics.filter(({ code }) => code === 'invalid-ref');
    expect(invalid.map(({ path }) => path[2])).toEqual(['R0', 'R1', 'R3', 'R4']);
    expect(fetched).not.toHaveBeenCalled();
    fetched.mockRestore();
  });
});

describe('a ruleset', () => {
  it.each([
    ['with functions', 'functions: [steal]\nrules: {}', /--allow-code/],
    ['that extends a program', 'extends: ./steal.js', /--allow-code|no file/],
    ['that extends a package', 'extends: some-package', /no file/],
    ['that extends what lies outside', 'extends: /etc/hostname', /leads out/],
    ['that extends a page', 'extends: https://example.org/ruleset.yaml', /nothing is fetched/],
    ['that is no YAML', 'rules: [', /ruleset.yaml:1/],
    ['that runs code in a path', 'rules: {a: {given: "$..[?(process.exit())]", then: {function: truthy}}}', /./],
  ])('%s is refused', async (_, text, message) => {
    const opened = openLinter(settingFor(text)).then(({ lint }) => lint({ text: HEAD, source }));
    const said = await opened.then(
      ({ diagnostics }) => diagnostics.map(({ message }) => message).join('\n'),
      (error: Error) => error.message,
    );
    expect(said).toMatch(message);
  });
});

it('rules that never end are stopped', () => {
  const forEver = bounded({ query: () => /^(a+)+$/.test(`${'a'.repeat(60)}!`) }, 100);
  expect(() => forEver.query({}, {})).toThrow(RulesTimeout);
});
