import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { documentSchema, encode, type FileItem, read, readAll, WriteError, write } from '../../src/layout/index.ts';
import { type NodePlan, planOf } from '../../src/layout/plan.ts';
import { load, snapshotOfDirectory, validatorFor } from '../../src/load/index.ts';
import type { Json, JsonObject, Layout } from '../../src/model/index.ts';
import { instanceOf } from './instances.ts';
import { LAYOUTS, type LayoutName, layoutNamed } from './layouts.ts';

const CASES = new URL('./cases/', import.meta.url);
const CLEAN: Readonly<Record<LayoutName, string>> = {
  'fixed-width': 'fixed-width-clean/file.txt',
  csv: 'csv-clean/file.csv',
  x12: 'x12-clean/file.x12',
};
const clean = (name: LayoutName) => readFileSync(new URL(CLEAN[name], CASES));
const shipped = load(await snapshotOfDirectory('contracts'));

/** Controls that the data itself must keep to are no matter of the schema: without them anything that fits is sound. */
function withoutBusinessControls(layout: Layout): Layout {
  const { controls = [], ...rest } = layout;
  return {
    ...rest,
    controls: controls.filter(({ kind, given }) => !given && kind !== 'unique' && kind !== 'sequence'),
  };
}

const layouts: [string, Layout][] = [
  ...LAYOUTS.map((name): [string, Layout] => [name, layoutNamed(name).value]),
  ...shipped.layouts.map(({ id, value }): [string, Layout] => [id, value]),
];

describe('write', () => {
  test.each(LAYOUTS)('%s: gives back the very text that was read', name => {
    const layout = layoutNamed(name).value;
    const bytes = clean(name);
    expect(write(layout, readAll(layout, bytes).document)).toBe(
      // Quoting and composite elements are written the one way there is.
      bytes.toString('latin1'),
    );
  });

  test.each(layouts)('%s: what is written is read without faults, and is what was written', (_, given) => {
    const layout = withoutBusinessControls(given);
    const schema = documentSchema(layout)!;
    const { root } = planOf(layout);
    fc.assert(
      fc.property(instanceOf(schema), instance => {
        const document = withoutComputed(root, instance) as JsonObject;
        // Control numbers that X12 wants unique are, where there is only one of each.
        if (layout.format === 'x12') single(document);
        const text = write(layout, document);
        const { document: back, faults } = readAll(layout, encode(text, layout.encoding));
        expect(faults.map(({ message, rule }) => `${rule.id} ${message}`)).toEqual([]);
        expect(canonical(withoutComputed(root, back))).toEqual(canonical(document));
        // With the values that were worked out, too: nothing changes from then on.
        expect(write(layout, back)).toBe(text);
      }),
      { numRuns: 60, seed: 20260513 },
    );
  });

  test('says where the data does not fit', () => {
    const layout = layoutNamed('csv').value;
    const receipt = { id: 'GR-500233', quantity: '1', unit: 'EA', received: '2026-05-12T14:05:00Z' };
    const attempts: [JsonObject, RegExp][] = [
      [{ receipts: [] }, /receipts is missing/],
      [{ receipts: {} }, /receipts must be a list/],
      [{ receipts: [3] }, /receipts\[0\] must be an object/],
      [{ receipts: [{ ...receipt, quantity: '1,5' }] }, /receipts\[0\]\.quantity: expected a number/],
      [{ receipts: [{ ...receipt, unit: 'BOX' }] }, /receipts\[0\]\.unit: expected one of EA, XBX/],
      [{ receipts: [{ ...receipt, id: 'x' }] }, /receipts\[0\]\.id: expected the pattern/],
      [{ receipts: [{ ...receipt, item: 'a\u0000b' }] }, /receipts\[0\]\.item: expected characters of utf-8/],
      [{ receipts: [{ ...receipt, more: 1 }] }, /receipts\[0\] has no field "more"/],
      [{ receipts: [{ id: 'GR-500233' }] }, /receipts\[0\]\.quantity is missing/],
      [{ receipts: [receipt], trailers: {} }, /the file has no "trailers"/],
    ];
    for (const [document, message] of attempts) {
      expect(() => write(layout, document)).toThrow(message);
      expect(() => write(layout, document)).toThrow(WriteError);
    }
  });
});

describe('documentSchema', () => {
  test.each(layouts)('%s: what is read from a clean file is valid by it', (name, layout) => {
    const path = 'schema.json';
    const file = {
      path,
      text: '',
      value: documentSchema(layout) as Json,
      locate: () => ({ file: path, line: 1, column: 1, endLine: 1, endColumn: 1 }),
    };
    const validator = validatorFor({ files: new Map([[path, file]]) }, { name: 'json-schema', version: '2020-12' });
    const examples = (LAYOUTS as readonly string[]).includes(name)
      ? [clean(name as LayoutName)]
      : [...shipped.data].filter(([at]) => at.startsWith(directoryOf(name))).map(([, bytes]) => bytes);
    expect(examples.length).toBeGreaterThan(0);
    for (const bytes of examples) {
      const { document } = readAll(layout, bytes);
      expect(validator.check({ file, path: [], value: file.value }, document)).toEqual([]);
      expect(validator.check({ file, path: [], value: file.value }, { ...document, unknown: 1 })).not.toEqual([]);
    }
  });

  test('describes a node alone, and the transaction set without its envelope', () => {
    const payments = documentSchema(layoutNamed('fixed-width').value, ['payments'])!;
    expect(Object.keys(payments['properties'] as object)).toEqual(['payment', 'lines']);
    const lines = documentSchema(layoutNamed('fixed-width').value, ['payments', 'lines'])!;
    expect(Object.keys(lines['properties'] as object)).toEqual(['id', 'line', 'invoice', 'amount', 'discount']);
    expect(lines['required']).toEqual(['line', 'invoice', 'amount']);
    const set = documentSchema(layoutNamed('x12').value, [])!;
    expect(Object.keys(set['properties'] as object)).toEqual(['beginning', 'shipment', 'totals']);
    expect(documentSchema(layoutNamed('x12').value, ['nothing'])).toBeUndefined();
  });
});

describe('read', () => {
  test.each(LAYOUTS)('%s: the size of the pieces makes no difference', async name => {
    const layout = layoutNamed(name).value;
    // With faults of every sort, so that their places are compared, too.
    const bytes = Buffer.from(clean(name).toString('latin1').replaceAll('0', 'O').replaceAll('1', '\u00e9'), 'latin1');
    const whole = await collect(layout, [bytes]);
    for (const size of [1, 2, 3, 7, 64]) {
      const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) =>
        bytes.subarray(at * size, (at + 1) * size),
      );
      expect(await collect(layout, pieces)).toEqual(whole);
    }
  });

  test.each(LAYOUTS)('%s: nothing in a file makes it fail, and what is damaged is noticed', name => {
    const layout = layoutNamed(name).value;
    const original = clean(name);
    const damage = fc.array(
      fc.record({ at: fc.nat(original.length - 1), drop: fc.nat(20), put: fc.uint8Array({ maxLength: 20 }) }),
      { minLength: 1, maxLength: 4 },
    );
    fc.assert(
      fc.property(damage, cuts => {
        let bytes = Buffer.from(original);
        for (const { at, drop, put } of cuts) {
          bytes = Buffer.concat([bytes.subarray(0, at), put, bytes.subarray(at + drop)]);
        }
        const { faults, end } = readAll(layout, bytes, { maxFaults: 50 });
        expect(faults.length).toBe(Math.min(50, end.faults));
        for (const { line, column, endColumn } of faults) {
          expect(line).toBeGreaterThan(0);
          expect(column).toBeGreaterThan(0);
          expect(endColumn).toBeGreaterThanOrEqual(column);
        }
      }),
      { numRuns: 150, seed: 7 },
    );
  });

  test('reports only so many faults, and counts them all', () => {
    const rows = Array.from({ length: 5000 }, () => 'X,1\n').join('');
    const { faults, end } = readAll(layoutNamed('csv').value, Buffer.from(`${HEADER}\n${rows}T,0,0\n`), {
      maxFaults: 10,
    });
    expect(faults).toHaveLength(10);
    expect(end.faults).toBeGreaterThanOrEqual(5000);
  });

  test.each([
    ['fixed-width', 'H'],
    ['csv', 'R,'],
    ['csv', 'R,"'],
    [
      'x12',
      'ISA*00*          *00*          *ZZ*A              *ZZ*B              *260511*0800*^*00501*000000077*0*P*:~GS*',
    ],
  ] as const)('%s: a record that never ends takes no more memory than others: %j', (name, start) => {
    const reader = async () => {
      async function* endless() {
        yield Buffer.from(name === 'csv' ? `${HEADER}\n${start}` : start);
        for (let piece = 0; piece < 40; piece += 1) yield Buffer.alloc(64 * 1024, 'A');
      }
      return (await collect(layoutNamed(name).value, endless())).flatMap(item =>
        item.kind === 'fault' ? [item.fault.rule.id] : [],
      );
    };
    return expect(reader()).resolves.toContain('file/record-length');
  });

  test('a pattern that backtracks without end is given up', () => {
    const given = layoutNamed('csv').value;
    const layout = structuredClone(given) as Layout;
    Object.assign(layout.records['receipt']!.fields[2]!, { pattern: '(a+)+', maxLength: 60, minLength: 1 });
    const row = `R,GR-500233,${'a'.repeat(50)}!,1,EA,2026-05-12T14:05:00Z,,\n`;
    const { faults } = readAll(layout, Buffer.from(`${HEADER}\n${row}${row.replace('233', '234')}T,2,2\n`));
    expect(faults.map(({ rule }) => rule.id)).toEqual(['file/not-decided', 'file/not-decided']);
  });
});

const HEADER = 'type,id,item_name,quantity,unit,received,receiver,dock';

async function collect(layout: Layout, pieces: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): Promise<FileItem[]> {
  const items: FileItem[] = [];
  for await (const item of read(layout, pieces)) items.push(item);
  return items;
}

/** The data without what writing works out, and without records of which nothing is left. */
function withoutComputed(node: NodePlan, value: Json): Json {
  if (Array.isArray(value)) return value.map(item => withoutComputed(node, item));
  const members = Object.entries(value as JsonObject);
  if (node.record) {
    const computed = new Set(node.record.fields.flatMap(({ field, isComputed }) => (isComputed ? [field.name] : [])));
    return Object.fromEntries(members.filter(([name]) => !computed.has(name)));
  }
  const kept = members.map(([name, child]): [string, Json] => [
    name,
    withoutComputed(node.content.find(inner => inner.name === name)!, child),
  ]);
  return Object.fromEntries(kept.filter(([, child]) => !['{}', '[]'].includes(JSON.stringify(child))));
}

/** One interchange with one group with one transaction set. */
function single(document: JsonObject): void {
  const interchanges = document['interchanges'] as JsonObject[];
  interchanges.length = 1;
  const groups = interchanges[0]!['groups'] as JsonObject[];
  groups.length = 1;
  (groups[0]!['transactions'] as JsonObject[]).length = 1;
}

/** As reading has it: a decimal of an implied point has all its decimals, and zero no sign. */
function canonical(value: Json): Json {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value)) {
    const short = value.includes('.') ? value.replace(/\.?0+$/, '') : value;
    return short === '-0' ? '0' : short;
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, child]) => [name, canonical(child)]));
}

function directoryOf(id: string): string {
  return `files/${id.slice('file:'.length).replace('@', '/v')}/`;
}
