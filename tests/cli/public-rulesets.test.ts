import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { FindingsDocument } from '../../src/format/index.ts';
import { ROOT } from './cli.ts';
import { countersignHere } from './here.ts';

const scratch = mkdtempSync(join(tmpdir(), 'countersign-public-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const args = ['--config', 'countersign.public.yaml', '--as-of', '2026-11-21', '--format', 'json'];

test('the whole estate has no error by the public OWASP and Spectral rulesets', async () => {
  const { code, stdout } = await countersignHere(['check', ...args]);
  const { findings } = JSON.parse(stdout) as FindingsDocument;
  expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(code).toBe(0);
}, 180_000);

test('and they are in force: a text without a limit is found, in our contracts and in those of vendors', async () => {
  const copy = join(scratch, 'contracts');
  // No more of the estate than these refer to.
  for (const part of ['canonical', 'system/items', 'vendor/sap-s4hana/cost-center']) {
    cpSync(join(ROOT, 'contracts', part), join(copy, part), { recursive: true });
  }
  const files = ['system/items/v1/openapi.yaml', 'vendor/sap-s4hana/cost-center/v1/openapi.yaml'];
  for (const file of files) {
    const text = readFileSync(join(copy, file), 'utf8');
    writeFileSync(join(copy, file), text.replace(/^ +maxLength: \d+\n|(?<=\{type: string), maxLength: \d+/m, ''));
  }
  const { code, stdout } = await countersignHere(['check', copy, ...args]);
  const { findings } = JSON.parse(stdout) as FindingsDocument;
  const found = findings.filter(({ rule }) => rule === 'lint/owasp:api4:2023-string-limit');
  expect(new Set(found.map(({ location }) => resolve(ROOT, location.file)))).toEqual(
    new Set(files.map(file => `${copy}/${file}`)),
  );
  expect(code).toBe(1);
}, 180_000);
