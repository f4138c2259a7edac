import { describe, expect, test } from 'vitest';
import { bundle } from '../../src/load/bundle.ts';
import { contractById, load } from '../../src/load/index.ts';
import { getIn, type Json, parsePointer } from '../../src/model/index.ts';
import { estateWith } from './estate.ts';

/** All references of a document, wherever they stand but in examples. */
function refsOf(value: Json, key = ''): string[] {
  if (typeof value !== 'object' || value === null || key === 'examples' || key === 'example') return [];
  if (Array.isArray(value)) return value.flatMap(item => refsOf(item));
  const own = typeof value['$ref'] === 'string' ? [value['$ref']] : [];
  return [...own, ...Object.entries(value).flatMap(([name, child]) => refsOf(child, name))];
}

describe.each([
  'api:suppliers@1',
  'api:suppliers@2',
  'api:sap-s4hana/business-partner@1',
  'api:oracle-fusion/suppliers@1',
])('the bundle of %s', id => {
  test('refers to nothing but its own schemas, all of which are there', async () => {
    const estate = await estateWith();
    const { document } = bundle(estate, contractById(estate, id)!);
    const refs = refsOf(document);
    expect(refs.length).toBeGreaterThan(10);
    for (const ref of new Set(refs)) {
      expect(ref).toMatch(/^#\/components\/schemas\/[A-Za-z0-9._-]+$/);
      expect(getIn(document, parsePointer(ref.slice(1))!), ref).toBeDefined();
    }
  });

  test('knows where each of its schemas and operations was read', async () => {
    const estate = await estateWith();
    const { document, originOf } = bundle(estate, contractById(estate, id)!);
    for (const name of Object.keys(getIn(document, ['components', 'schemas'])!)) {
      const origin = originOf(['components', 'schemas', name]);
      expect(origin?.value, name).toBe(getIn(origin?.file.value, origin!.path));
    }
    for (const path of Object.keys(getIn(document, ['paths'])!))
      expect(originOf(['paths', path])?.path).toEqual(['paths', path]);
  });
});

test('a response from a component and a schema from another file lead back to where they stand', async () => {
  const estate = await estateWith();
  const { document, originOf } = bundle(estate, contractById(estate, 'api:suppliers@2')!);
  const response = originOf(['paths', '/suppliers/{supplierId}', 'get', 'responses', '404', 'description']);
  expect(response?.path).toEqual(['components', 'responses', 'NotFound', 'description']);
  expect(Object.keys(getIn(document, ['components', 'schemas'])!)).toEqual(
    expect.arrayContaining([
      'SupplierPage',
      'supplier',
      'supplier_TaxProfile',
      'common_Money',
      'supplier_properties_legalName',
    ]),
  );
  expect(originOf(['components', 'schemas', 'supplier_TaxProfile', 'required'])).toMatchObject({
    file: { path: 'canonical/supplier/v1/supplier.schema.yaml' },
    path: ['$defs', 'TaxProfile', 'required'],
  });
});

test('cycles, names that collide, data that looks like a reference and references that lead nowhere', () => {
  const files = new Map([
    [
      'api.yaml',
      `openapi: 3.1.0
info: {title: A, version: 1.0.0}
x-governance: {id: 'api:a@1'}
paths:
  /x:
    get:
      responses:
        '200':
          description: ok
          content:
            application/json:
              schema: {$ref: a/tree.yaml#/$defs/Node}
              example: {$ref: nowhere}
        '201':
          description: ok
          content:
            application/json:
              schema: {allOf: [{$ref: b/tree.yaml#/$defs/Node}, {$ref: missing.yaml}]}
components:
  schemas:
    tree_Node: {type: integer}
    schema: {properties: {$ref: {type: string}, schema: {$ref: '#/components/schemas/schema'}}}
`,
    ],
    ['a/tree.yaml', '$defs: {Node: {type: object, properties: {next: {$ref: "#/$defs/Node"}}}}'],
    ['b/tree.yaml', '$defs: {Node: {type: string}}'],
  ]);
  const estate = load({ label: 'test', files, skipped: [] });
  const { document, originOf } = bundle(estate, contractById(estate, 'api:a@1')!);
  const at = (status: string) =>
    getIn(document, ['paths', '/x', 'get', 'responses', status, 'content', 'application/json'])!;
  expect(getIn(at('200'), ['example'])).toEqual({ $ref: 'nowhere' });
  const first = String(getIn(at('200'), ['schema', '$ref']))
    .split('/')
    .at(-1)!;
  const second = String(getIn(at('201'), ['schema', 'allOf', 0, '$ref']))
    .split('/')
    .at(-1)!;
  expect(new Set([first, second, 'tree_Node']).size).toBe(3);
  expect(originOf(['components', 'schemas', first, 'properties', 'next'])?.file.path).toBe('a/tree.yaml');
  expect(getIn(document, ['components', 'schemas', 'tree_Node'])).toEqual({ type: 'integer' });
  expect(getIn(at('201'), ['schema', 'allOf', 1])).toEqual({});
  const own = getIn(document, ['components', 'schemas', 'schema', 'properties']);
  expect(own).toEqual({ $ref: { type: 'string' }, schema: { $ref: '#/components/schemas/schema' } });
});
