import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { gate, openBaseline } from '../../src/commands/baseline.ts';
import type { Context } from '../../src/commands/command.ts';
import { furtherFiles } from '../../src/commands/findings.ts';
import type { LoadedConfig } from '../../src/load/index.ts';
import { type Finding, finding, startOf } from '../../src/model/index.ts';

let directory: string;
let notes: string[];
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'baseline-'));
  notes = [];
});
afterEach(() => rmSync(directory, { recursive: true }));

function found(id: string, subject = 'api:a@1'): Finding {
  return finding({ id, severity: 'error' }, { subject, message: id, location: startOf('a.yaml') });
}

async function gated(findings: readonly Finding[], flags: string[], config: LoadedConfig['config'] = {}) {
  const values = {
    baseline: config.baseline === undefined ? 'baseline.json' : undefined,
    'write-baseline': flags.includes('write'),
    'allow-growth': flags.includes('grow'),
  };
  const context = { cwd: directory, note: line => notes.push(line) } as Partial<Context> as Context;
  const baseline = await openBaseline(values, { config, root: directory, file: undefined }, context);
  const outcome = await gate({ findings, waived: [], ran: () => true }, baseline, values, context);
  return { left: outcome.findings.map(({ rule }) => rule), tolerated: outcome.baseline?.tolerated.length };
}

describe('a baseline', () => {
  test('must be there', async () => {
    await expect(gated([], [])).rejects.toThrow('there is no baseline baseline.json; --write-baseline writes one');
  });

  test('takes in all that may be tolerated when it is written first', async () => {
    const outcome = await gated([found('lint/a'), found('compat/b')], ['write']);
    expect(outcome).toEqual({ left: ['compat/b'], tolerated: 1 });
    expect(notes).toEqual([
      'baseline.json: 1 finding tolerated, 1 of them new, 0 taken out',
      'not added: 1 finding about the change or about waivers, which no baseline can hold',
    ]);
  });

  test('shrinks when it is written again, and grows only where that is said', async () => {
    await gated([found('lint/a'), found('lint/b')], ['write']);
    expect(await gated([found('lint/b'), found('lint/c')], ['write'])).toEqual({ left: ['lint/c'], tolerated: 1 });
    expect(notes.at(-1)).toBe(
      'not added: 1 finding that the baseline lacked; mend them, or add them with --allow-growth',
    );
    expect(await gated([found('lint/b'), found('lint/c')], ['write', 'grow'])).toEqual({ left: [], tolerated: 2 });
  });

  test('is not touched unless it is to be written', async () => {
    await gated([found('lint/a')], ['write']);
    const text = readFileSync(join(directory, 'baseline.json'), 'utf8');
    expect(await gated([], [])).toEqual({ left: ['lifecycle/baseline-stale'], tolerated: 0 });
    expect(readFileSync(join(directory, 'baseline.json'), 'utf8')).toBe(text);
  });

  test('may be named in the configuration, from where that stands', async () => {
    expect(await gated([found('lint/a')], ['write'], { baseline: 'kept.yaml' })).toEqual({ left: [], tolerated: 1 });
    expect(existsSync(join(directory, 'kept.yaml'))).toBe(true);
  });

  test('may not grow without being written', async () => {
    await expect(gated([], ['grow'])).rejects.toThrow('--allow-growth goes with --write-baseline');
  });

  test('that cannot be read stops the run with its line', async () => {
    writeFileSync(join(directory, 'baseline.json'), '{"countersign": "baseline",\n"findings": 7}');
    await expect(gated([], ['write'])).rejects.toThrow(/^baseline\.json:2: not a baseline/);
    expect(readFileSync(join(directory, 'baseline.json'), 'utf8')).toContain('7');
  });
});

describe('further files', () => {
  test('are read as pairs', () => {
    expect([...furtherFiles('sarif=a.sarif,markdown=out/b=c.md')]).toEqual([
      ['a.sarif', 'sarif'],
      ['out/b=c.md', 'markdown'],
    ]);
    expect(furtherFiles(undefined).size).toBe(0);
  });

  test.each(['', 'sarif', 'xml=a', '=a', 'sarif=', 'json=a,text=a'])('%j is refused', also => {
    expect(() => furtherFiles(also)).toThrow(/--also/);
  });
});
