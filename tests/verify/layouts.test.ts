import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { edgesOf, inspectGraph, whoUses } from '../../src/graph/index.ts';
import { load, snapshotOfDirectory } from '../../src/load/index.ts';
import { checkLayouts } from '../../src/verify/layouts.ts';
import { checkMappings } from '../../src/verify/mappings.ts';

const LAYOUT = readFileSync(new URL('../layout/layouts/fixed-width.yaml', import.meta.url), 'utf8');
const CLEAN = readFileSync(new URL('../layout/cases/fixed-width-clean/file.txt', import.meta.url));

function estateWith(files: Readonly<Record<string, string>>, data: Readonly<Record<string, Uint8Array>> = {}) {
  return load({
    label: 'test',
    files: new Map(Object.entries(files)),
    data: new Map(Object.entries(data)),
    skipped: [],
  });
}

const brief = ({
  rule,
  subject,
  location,
}: {
  rule: string;
  subject: string;
  location: { file: string; line: number };
}) => `${rule} ${subject} ${location.file}:${location.line}`;

describe('layouts of an estate', () => {
  test('the shipped ones are sound, and so is every example', async () => {
    const estate = load(await snapshotOfDirectory('contracts'));
    const { findings, checked } = checkLayouts(estate);
    expect(findings).toEqual([]);
    expect(estate.layouts.length).toBeGreaterThanOrEqual(3);
    expect(checked).toBe(estate.layouts.reduce((sum, { value }) => sum + value.examples.length, 0));
  });

  test('an example that is not there, and one that violates the layout', () => {
    const missing = checkLayouts(estateWith({ 'a/layout.yaml': LAYOUT }));
    expect(missing.findings.map(brief)).toEqual(['layout/example-missing file:fixed-width@1 a/layout.yaml:79']);
    const bytes = Buffer.from(CLEAN.toString().replace('ACH', 'WIR').replace('00001234', 'DE001234'));
    const invalid = checkLayouts(estateWith({ 'a/layout.yaml': LAYOUT }, { 'a/examples/test.txt': bytes }));
    expect(invalid.findings.map(brief)).toEqual([
      'layout/example-invalid file:fixed-width@1#payment/account a/examples/test.txt:2',
      'layout/example-invalid file:fixed-width@1#payment/method a/examples/test.txt:2',
    ]);
    expect(JSON.stringify(invalid.findings)).not.toContain('DE001234');
  });

  test('faults of the layout name the field, whatever its place in the list', () => {
    const broken = LAYOUT.replace('format: HHmmss', 'format: HHmmHH');
    const { findings } = checkLayouts(estateWith({ 'layout.yaml': broken }));
    expect(findings.map(brief)).toEqual(['layout/field-incomplete file:fixed-width@1#header/at layout.yaml:18']);
    const moved = checkLayouts(estateWith({ 'other.yaml': broken.replace('records:\n', 'records:\n\n') }));
    expect(moved.findings.map(({ fingerprint }) => fingerprint)).toEqual(
      findings.map(({ fingerprint }) => fingerprint),
    );
  });
});

const CANONICAL = `$schema: https://json-schema.org/draft/2020-12/schema
title: Payment
x-version: 1.0.0
x-governance: {id: schema:payment@1}
type: object
additionalProperties: false
required: [paymentId]
properties:
  paymentId: {type: string}
  lines: {type: array, items: {type: object, properties: {invoiceId: {type: string}}}}
`;

function mapping(ref: string, method = "'ACH'"): string {
  return `countersign: mapping
title: Payment
version: 1.0.0
x-governance: {id: mapping:legacy/payment@1}
canonical: {$ref: canonical.yaml}
vendor: {$ref: '${ref}'}
toVendor:
  payment: {id: paymentId, account: "'00001234'", method: "${method}", amount: "'1.00'"}
  lines:
    $each: lines
    $item: {line: "1", invoice: invoiceId, amount: "'1.00'"}
toCanonical:
  paymentId: payment.id
lost: []
tests:
  - name: one
    direction: toVendor
    input: {paymentId: PAY0001, lines: [{invoiceId: INV-600951}]}
    output:
      payment: {id: PAY0001, account: '00001234', method: ACH, amount: '1.00'}
      lines: [{line: 1, invoice: INV-600951, amount: '1.00'}]
  - name: back
    direction: toCanonical
    input:
      payment: {id: PAY0001, account: '00001234', method: ACH, amount: '1.00', lines: 1}
      lines: [{line: 1, invoice: INV-600951, amount: '1.00'}]
    output: {paymentId: PAY0001}
`;
}

describe('a mapping with a layout as its other side', () => {
  const files = (ref = 'layout.yaml#/structure/payments', method?: string) => ({
    'layout.yaml': LAYOUT,
    'canonical.yaml': CANONICAL,
    'mapping.yaml': mapping(ref, method),
  });

  test('is held against the schema of the data', async () => {
    const estate = estateWith(files());
    expect(estate.findings).toEqual([]);
    expect(await checkMappings(estate)).toEqual([]);
    const wrong = await checkMappings(estateWith(files(undefined, "'WIRE'")));
    expect(wrong.map(({ rule, message }) => `${rule}: ${message}`)).toEqual([
      'mapping/test-failed: test "one": the output differs at payment.method: got "WIRE", expected "ACH"',
    ]);
    const unknown = await checkMappings(
      estateWith({
        ...files(),
        'mapping.yaml': mapping('layout.yaml#/structure/payments').replace(
          'toCanonical:\n  paymentId: payment.id',
          'toCanonical:\n  paymentId: payment.number',
        ),
      }),
    );
    expect(unknown.map(({ rule }) => rule)).toContain('mapping/unknown-field');
  });

  test('uses the fields of the records, whichever node they stand in', () => {
    const estate = estateWith(files());
    const users = (id: string) => whoUses(edgesOf(estate), id).map(user => user.id);
    expect(users('file:fixed-width@1#line/invoice')).toEqual(['mapping:legacy/payment@1']);
    expect(users('file:fixed-width@1#payment')).toEqual(['mapping:legacy/payment@1']);
    expect(users('file:fixed-width@1#trailer')).toEqual([]);
  });

  test('needs a node of the structure', async () => {
    const findings = await checkMappings(estateWith(files('layout.yaml#/records/payment')));
    expect(findings.map(({ rule }) => rule)).toEqual(['mapping/no-schema']);
    const broken = estateWith({ ...files(), 'layout.yaml': LAYOUT.replace('encoding: us-ascii', 'encoding: ebcdic') });
    expect((await checkMappings(broken)).map(({ rule }) => rule)).toEqual(['mapping/no-schema']);
  });
});

describe('a consumer of a file', () => {
  const consumer = (id: string) => `countersign: consumer
id: consumer:reporting
name: Reporting
description: Reads files.
owner: team:analytics
uses: [{id: '${id}', purpose: Spend reports.}]
`;
  const estate = (id: string) => estateWith({ 'layout.yaml': LAYOUT, 'consumer.yaml': consumer(id) });

  test('is a user of what it declares: the file, a record or a field', () => {
    for (const id of ['file:fixed-width@1', 'file:fixed-width@1#payment', 'file:fixed-width@1#payment/amount']) {
      const users = whoUses(edgesOf(estate(id)), 'file:fixed-width@1#payment/amount');
      expect(users.map(user => [user.id, user.edge.relation])).toEqual([['consumer:reporting', 'reads']]);
      const findings = inspectGraph(estate(id), edgesOf(estate(id)));
      expect(findings.filter(({ subject, facts }) => subject === 'consumer:reporting' && facts['to'] === id)).toEqual(
        [],
      );
    }
  });

  test('must name what is there', () => {
    const id = 'file:fixed-width@1#payment/amuont';
    const findings = inspectGraph(estate(id), edgesOf(estate(id)));
    expect(findings.map(({ message }) => message)).toContain(
      `consumer:reporting is declared to read ${id}, which the estate does not have`,
    );
  });
});
