import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { countersign } from '../cli/cli.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'report-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it('writes a page that says when from, and succeeds whatever was found', async () => {
  const file = join(folder, 'estate.html');
  const run = await countersign(['report', '--as-of', '2029-01-01', '--base', 'contracts', '--output', file]);
  expect(run).toMatchObject({ code: 0, stdout: '' });
  const html = await readFile(file, 'utf8');
  expect(html).toMatch(/^<!doctype html>/);
  expect(html).toContain('<time datetime="2029-01-01">1 January 2029</time>');
  expect(html).toContain('>What this change breaks</h2>');
  expect(html).toContain('lifecycle/');
});

it('prints Markdown', async () => {
  const run = await countersign(['report', '--format', 'markdown', '--as-of', '2026-11-20']);
  expect(run.code).toBe(0);
  expect(run.stdout).toMatch(/^# Integration estate\n/);
  expect(run.stdout).not.toContain('## What this change breaks');
});

it('refuses a day that is none', async () => {
  expect((await countersign(['report', '--as-of', 'today'])).code).toBe(2);
});
