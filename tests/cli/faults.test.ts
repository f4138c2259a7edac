import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FindingsDocument } from '../../src/format/index.ts';
import { load, snapshotOfDirectory } from '../../src/load/index.ts';
import { countersign, ROOT } from './cli.ts';

/** One fault in a copy of the shipped contracts, and the finding that must come of it. */
interface Fault {
  readonly name: string;
  readonly file: string;
  /** Text that stands in the file exactly once, or at least once where `all` is set, and what it becomes. */
  readonly edit: readonly [from: string, to: string];
  readonly rule: string;
  readonly subject: string;
  readonly base?: true;
}

const V1 = 'system/suppliers/v1/openapi.yaml';
const V2 = 'system/suppliers/v2/openapi.yaml';
const CANONICAL = 'canonical/supplier/v1/supplier.schema.yaml';
const FAULTS: readonly Fault[] = [
  {
    name: 'a removed required response field',
    file: CANONICAL,
    edit: ['  legalName:\n', '  legalNaam:\n'],
    rule: 'compat/response-property-removed',
    subject: 'api:suppliers@2#getSupplier/response/200/body/legalName',
    base: true,
  },
  {
    name: 'a field newly required in a request',
    file: V2,
    edit: [
      'required: [legalName, supplierType, address, tax]',
      'required: [legalName, supplierType, address, tax, tradingName]',
    ],
    rule: 'compat/request-property-required',
    subject: 'api:suppliers@2#createSupplier/request/body/tradingName',
    base: true,
  },
  {
    name: 'a duplicate operationId',
    file: V2,
    edit: ['operationId: getRemittance', 'operationId: getSupplier'],
    rule: 'lint/operation-operationId-unique',
    subject: 'api:suppliers@2#getSupplier',
  },
  {
    name: 'an unresolvable $ref',
    file: V2,
    edit: ["$ref: '#/components/schemas/SupplierCreate'", "$ref: '#/components/schemas/SupplierKreate'"],
    rule: 'load/unresolved-ref',
    subject: 'api:suppliers@2#createSupplier/request/body',
  },
  {
    name: 'broken YAML',
    file: V2,
    edit: ['info:\n', 'info: [\n'],
    rule: 'load/syntax',
    subject: 'api:suppliers@2',
  },
  {
    name: 'an example that violates its schema',
    file: V2,
    edit: ['                    form1099Required: true\n', '                    form1099Required: perhaps\n'],
    rule: 'example/invalid',
    subject: 'api:suppliers@2#createSupplier/request/body',
  },
  {
    name: 'a missing owner',
    file: V2,
    edit: ['  owner: team:supplier-master-data\n', ''],
    rule: 'lint/ownership-declared',
    subject: 'api:suppliers@2',
  },
  {
    name: 'a pact that asks for a field the contract lacks',
    file: 'consumers/ap-automation/pacts/suppliers@2.json',
    edit: ['"legalName": "Northwind Surgical Supply",', '"legalName": "Northwind Surgical Supply", "rating": 5,'],
    rule: 'pact/contract-mismatch',
    subject: 'api:suppliers@2#getSupplier/response/200/body/rating',
  },
  {
    name: 'a sunset before its deprecation',
    file: V1,
    edit: ["sunsetDate: '2028-06-30'", "sunsetDate: '2025-06-30'"],
    rule: 'lifecycle/sunset-before-deprecation',
    subject: 'api:suppliers@1',
  },
  {
    name: 'an expired waiver',
    file: 'waivers/suppliers-v1-idempotency-key.yaml',
    edit: ["expires: '2028-06-30'", "expires: '2026-10-31'"],
    rule: 'lifecycle/waiver-expired',
    subject: 'waiver:suppliers-v1-idempotency-key',
  },
];

const shipped = join(ROOT, 'contracts');
let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'countersign-faults-'));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

function copyWith({ name, file, edit: [from, to] }: Fault): string {
  const copy = join(directory, name.replaceAll(/[^a-z]+/gi, '-'));
  cpSync(shipped, copy, { recursive: true });
  const text = readFileSync(join(copy, file), 'utf8');
  expect(text.split(from).length - 1, `"${from}" in ${file}`).toBe(1);
  writeFileSync(
    join(copy, file),
    text.replace(from, () => to),
  );
  return copy;
}

// How many contracts there are without a fault.
let contracts: number;
beforeAll(async () => {
  contracts = load(await snapshotOfDirectory(join(ROOT, 'contracts'))).contracts.length;
});

describe('a fault in a copy of the shipped contracts', () => {
  test.concurrent.each(FAULTS)(
    '$name',
    async fault => {
      const copy = copyWith(fault);
      const args = ['check', copy, '--as-of', '2026-11-21', ...(fault.base ? ['--base', shipped] : [])];
      const { code, stdout, stderr } = await countersign([...args, '--format', 'json']);
      expect(stderr).toBe('');
      expect(code).toBe(1);
      const { findings, looked, verdict } = JSON.parse(stdout) as FindingsDocument;
      expect(verdict).toBe('fail');
      const found = findings.find(({ rule, subject }) => rule === fault.rule && subject === fault.subject);
      expect(
        found,
        JSON.stringify(
          findings.map(({ rule, subject, message }) => [rule, subject, message]),
          null,
          1,
        ),
      ).toBeDefined();
      // A breaking change is shown where it was made, which may be a schema that the contract refers to.
      expect(found!.location.file).toBe(`${copy}/${fault.file}`);
      expect(found!.location.line).toBeGreaterThan(0);
      // All the others are still looked at: one less where one cannot be parsed.
      const expected = fault.rule === 'load/syntax' ? contracts - 1 : contracts;
      expect(looked.find(({ label }) => label === 'contracts')?.value).toBe(expected);
    },
    120_000,
  );

  test('is shown to people with rule, subject and place, and without a stack trace', async () => {
    const fault = FAULTS.find(({ rule }) => rule === 'load/syntax')!;
    const copy = copyWith({ ...fault, name: 'for-people' });
    const { code, stdout, stderr } = await countersign(['check', copy, '--as-of', '2026-11-21']);
    expect(code).toBe(1);
    expect(stdout).toContain('load/syntax');
    expect(stdout).toContain('api:suppliers@2');
    expect(stdout).toMatch(/system\/suppliers\/v2\/openapi\.yaml:\d+:\d+/);
    expect(stdout + stderr).not.toMatch(/\n\s+at .*\(?.*:\d+:\d+\)?/);
  }, 120_000);
});
