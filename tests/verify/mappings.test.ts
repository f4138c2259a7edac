import { describe, expect, test } from 'vitest';
import type { Json, Mapping } from '../../src/model/index.ts';
import { checkExamples } from '../../src/verify/examples.ts';
import { checkMappings } from '../../src/verify/mappings.ts';
import { transform } from '../../src/verify/transform.ts';
import { api, estateOf } from '../estates.ts';

const schema = (id: string, body: string) =>
  `$schema: https://json-schema.org/draft/2020-12/schema\ntitle: ${id}\nx-version: 1.0.0\nx-governance: {id: "schema:${id}@1"}\n${body}`;
const FILES = {
  'ours.yaml': schema(
    'ours',
    'type: object\nrequired: [name]\nproperties:\n  name: {type: string}\n  lines: {type: array, items: {type: object, properties: {qty: {type: number}}}}\n',
  ),
  'theirs.yaml': schema(
    'theirs',
    'type: object\nrequired: [NAME]\nadditionalProperties: false\nproperties:\n  NAME: {type: string}\n  ROWS: {type: array, items: {type: object, properties: {QTY: {type: string}, OF: {type: string}}}}\n',
  ),
};
const mapping = (change: Partial<Record<'toVendor' | 'toCanonical' | 'tests', unknown>> = {}) =>
  JSON.stringify({
    countersign: 'mapping',
    title: 'M',
    version: '1.0.0',
    'x-governance': { id: 'mapping:m@1' },
    canonical: { $ref: 'ours.yaml' },
    vendor: { $ref: 'theirs.yaml' },
    toVendor: {
      NAME: '$uppercase(name)',
      ROWS: { $each: 'lines', $item: { QTY: '$string(qty)', OF: '$source.name' } },
    },
    toCanonical: { name: 'NAME' },
    lost: [],
    tests: [
      {
        name: 't',
        direction: 'toVendor',
        input: { name: 'a', lines: [{ qty: 2 }] },
        output: { NAME: 'A', ROWS: [{ QTY: '2', OF: 'a' }] },
      },
    ],
    ...change,
  });
const rulesFor = async (change: Parameters<typeof mapping>[0] = {}) => {
  const estate = estateOf({ ...FILES, 'm.json': mapping(change) });
  expect(estate.findings.map(({ message }) => message)).toEqual([]);
  return (await checkMappings(estate)).map(({ rule, subject }) => `${rule} ${subject}`);
};

describe('a mapping', () => {
  test('that does what it says', async () => {
    expect(await rulesFor()).toEqual([]);
  });

  const faults: [what: string, change: Parameters<typeof mapping>[0], rule: string][] = [
    [
      'that writes a field the target lacks',
      { toVendor: { NAME: 'name', MANE: 'name' } },
      'mapping/unknown-field mapping:m@1#toVendor/MANE',
    ],
    [
      'that reads a field the source lacks',
      { toCanonical: { name: 'MANE' } },
      'mapping/unknown-field mapping:m@1#toCanonical/MANE',
    ],
    [
      'that never writes a required field',
      { toCanonical: { lines: '[]' } },
      'mapping/required-field mapping:m@1#toCanonical',
    ],
    [
      'with an expression that cannot be parsed',
      { toCanonical: { name: 'NAME(' } },
      'mapping/expression mapping:m@1#toCanonical/name',
    ],
    [
      'whose test expects something else',
      { tests: [{ name: 't', direction: 'toCanonical', input: { NAME: 'A' }, output: { name: 'B' } }] },
      'mapping/test-failed mapping:m@1#toCanonical',
    ],
    [
      'whose output is not valid',
      {
        toCanonical: { name: '1' },
        tests: [{ name: 't', direction: 'toCanonical', input: { NAME: 'A' }, output: { name: 1 } }],
      },
      'mapping/test-failed mapping:m@1#toCanonical',
    ],
    [
      'whose test input is not valid',
      { tests: [{ name: 't', direction: 'toCanonical', input: { NAME: 5 }, output: { name: 5 } }] },
      'mapping/test-failed mapping:m@1#toCanonical',
    ],
  ];
  test.each(faults)('%s', async (_, change, rule) => {
    expect(await rulesFor(change)).toContain(rule);
  });

  test('that would never end is stopped', async () => {
    const endless = { toVendor: '($f := function($x) { $f($x + 1) }; $f(1))' } as unknown as Mapping;
    const started = Date.now();
    await expect(transform(endless, 'toVendor', {} as Json)).rejects.toThrow();
    expect(Date.now() - started).toBeLessThan(10_000);
  });
});

describe('examples', () => {
  const rulesIn = (text: string) =>
    checkExamples(estateOf({ 'a.yaml': text })).findings.map(({ rule, subject }) => `${rule} ${subject}`);
  const withExample = (schemaText: string, example: string) =>
    api({ response: schemaText }).replace(`schema: ${schemaText}`, `schema: ${schemaText}, example: ${example}`);

  test('are held against their schemas', () => {
    expect(rulesIn(withExample('{type: object, required: [a]}', '{a: 1}'))).toEqual([]);
    expect(rulesIn(withExample('{type: object, required: [a]}', '{b: 1}'))).toEqual([
      'example/invalid api:things@1#doThing/response/200/body',
    ]);
  });

  test('of a request may leave out what is read-only, and only there', () => {
    const body = '{type: object, required: [id], properties: {id: {type: string, readOnly: true}}}';
    const request = api({ request: body }).replace(`schema: ${body}`, `schema: ${body}, example: {}`);
    expect(rulesIn(request)).toEqual([]);
    expect(rulesIn(withExample(body, '{}'))).toEqual(['example/invalid api:things@1#doThing/response/200/body']);
  });

  test('of OpenAPI 3.0 follow its own dialect', () => {
    const old = (text: string) => text.replace('3.1.0', '3.0.3');
    expect(rulesIn(old(withExample('{type: string, nullable: true}', 'null')))).toEqual([]);
    expect(rulesIn(old(withExample('{type: number, minimum: 0, exclusiveMinimum: true}', '0')))).toHaveLength(1);
  });

  test('may carry ids that look like those of schemas', () => {
    const named = 'examples: {a: {value: {id: S1, $id: S1}}, b: {value: {id: S1, $id: S1}}}';
    const text = api({ response: '{type: object}' }).replace(
      'schema: {type: object}',
      `schema: {type: object}, ${named}`,
    );
    expect(rulesIn(text)).toEqual([]);
    expect(rulesIn(text.replace('3.1.0', '3.0.3'))).toEqual([]);
  });

  test('of a schema that no validator can compile say so', () => {
    expect(rulesIn(withExample('{type: object, patternProperties: {"(": {}}}', '{a: 1}'))).toEqual([
      'example/schema-unusable api:things@1#doThing/response/200/body',
    ]);
  });
});
