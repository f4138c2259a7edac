import { describe, expect, test } from 'vitest';
import { brokenReferences, deref, fieldsOf, rootOf, subjectAt } from '../../src/load/index.ts';
import { estateOf } from '../estates.ts';

const SCHEMA = `$schema: https://json-schema.org/draft/2020-12/schema
title: Thing
x-version: 1.2.0
x-governance: {id: "schema:thing@1"}
type: object
properties:
  name: {type: string}
`;

function rulesIn(files: Record<string, string>): string[] {
  return estateOf(files).findings.map(
    ({ rule, subject, location }) => `${rule} ${subject} ${location.file}:${location.line}`,
  );
}

describe('loading', () => {
  test('documents are recognised by what they hold', () => {
    const estate = estateOf({
      'a.yaml': 'openapi: 3.1.0\ninfo: {title: A, version: 1.0.0}\npaths: {}\n',
      'b.yaml': 'asyncapi: 3.0.0\ninfo: {title: B, version: 2.0.0}\n',
      'c.yaml': SCHEMA,
      'd.json': '{"consumer": {"name": "x"}, "provider": {"name": "y@1"}, "interactions": []}',
      'e.yaml':
        'countersign: team\nid: team:a\nname: A\ncontact: a@a.example\nescalation: {contact: b@a.example, withinMinutes: 5}\n',
    });
    expect(estate.findings).toEqual([]);
    expect(estate.contracts.map(({ id }) => id)).toEqual(['api:a@1', 'event:b@2', 'schema:thing@1']);
    expect(estate.pacts.map(({ consumer, provider }) => [consumer, provider])).toEqual([['x', 'y@1']]);
    expect(estate.teams.map(({ id }) => id)).toEqual(['team:a']);
  });

  test('a broken file is a finding under its own name, and the others stay usable', () => {
    const estate = estateOf({
      'a.yaml': 'openapi: 3.1.0\nx-governance:\n  id: api:broken@1\ninfo: {title: [\n',
      'c.yaml': SCHEMA,
    });
    expect(estate.findings.map(({ rule, subject }) => [rule, subject])).toEqual([['load/syntax', 'api:broken@1']]);
    expect(estate.contracts.map(({ id }) => id)).toEqual(['schema:thing@1']);
  });

  test('what is wrong with references is said where they stand', () => {
    const api = (ref: string) => `openapi: 3.1.0
info: {title: A, version: 1.0.0}
paths:
  /a:
    get:
      operationId: getA
      responses:
        '200': {description: ok, content: {application/json: {schema: {$ref: '${ref}'}}}}
`;
    const at = 'api:a@1#getA/response/200/body a.yaml:8';
    expect(rulesIn({ 'a.yaml': api('#/components/schemas/Gone') })).toEqual([`load/unresolved-ref ${at}`]);
    expect(rulesIn({ 'a.yaml': api('./gone.yaml#/x') })).toEqual([`load/unresolved-ref ${at}`]);
    expect(rulesIn({ 'a.yaml': api('https://schemas.example/x.yaml') })).toEqual([`load/remote-ref ${at}`]);
    expect(rulesIn({ 'a.yaml': api('../../etc/passwd') })).toEqual([`load/remote-ref ${at}`]);
    expect(rulesIn({ 'a.yaml': api('file:///etc/passwd') })).toEqual([`load/remote-ref ${at}`]);
    expect(rulesIn({ 'a.yaml': api('thing.yaml#/properties/name'), 'thing.yaml': SCHEMA })).toEqual([]);
  });

  test('a $ref inside an example is data', () => {
    const text = `openapi: 3.1.0
info: {title: A, version: 1.0.0}
paths: {}
components:
  schemas:
    A: {type: object, examples: [{$ref: nowhere}], default: {$ref: nowhere}, properties: {$ref: {type: string}}}
  examples:
    E: {value: {$ref: nowhere}}
`;
    expect(rulesIn({ 'a.yaml': text })).toEqual([]);
  });

  test('two documents with one id: the first stays, the second is a finding', () => {
    const estate = estateOf({ 'a.yaml': SCHEMA, 'b.yaml': SCHEMA });
    expect(estate.contracts.map(({ file }) => file.path)).toEqual(['a.yaml']);
    expect(estate.findings.map(({ rule, location }) => [rule, location.file])).toEqual([
      ['load/duplicate-id', 'b.yaml'],
    ]);
  });

  test('an id must fit kind and version', () => {
    expect(rulesIn({ 'a.yaml': SCHEMA.replace('1.2.0', '2.0.0') })).toEqual([
      'load/id-mismatch schema:thing@1 a.yaml:4',
    ]);
    expect(rulesIn({ 'a.yaml': SCHEMA.replace('schema:thing@1', 'api:thing@1') })).toEqual([
      'load/id-mismatch api:thing@1 a.yaml:4',
    ]);
  });

  test('metadata with a mistyped key names the key that was meant', () => {
    const estate = estateOf({
      'a.yaml': SCHEMA.replace('{id: "schema:thing@1"}', '{id: "schema:thing@1", ownr: "team:a"}'),
    });
    expect(estate.findings.map(({ rule, message }) => [rule, message])).toEqual([
      ['load/metadata-invalid', 'x-governance: the document has the unknown key "ownr"; did you mean "owner"?'],
    ]);
  });

  test('a file that nobody refers to is pointed out, one that is referred to is not', () => {
    const part = 'type: string\n';
    expect(rulesIn({ 'part.yaml': part })).toEqual(['load/unrecognised-document source:part.yaml part.yaml:1']);
    expect(rulesIn({ 'part.yaml': part, 'a.yaml': `${SCHEMA}  other: {$ref: part.yaml}\n` })).toEqual([]);
  });

  test('files that only refer to each other in a circle end the walk', () => {
    const estate = estateOf({
      'a.yaml': `${SCHEMA}  other: {$ref: b.yaml}\n`,
      'b.yaml': '$ref: c.yaml\n',
      'c.yaml': '$ref: b.yaml\n',
    });
    expect(deref(estate.files, rootOf(estate.files.get('b.yaml')!))).toBeUndefined();
    expect(fieldsOf(estate, rootOf(estate.files.get('a.yaml')!)!).fields.has('other')).toBe(true);
    expect(
      brokenReferences(estate.files, estate.files.get('a.yaml')!, () => ({ id: 'schema:thing@1', rest: [] })),
    ).toEqual([]);
  });
});

describe('subjects', () => {
  const estate = estateOf({
    'a.yaml': `openapi: 3.1.0
info: {title: A, version: 1.0.0}
paths:
  /a/{id}:
    get:
      parameters: [{name: page, in: query, schema: {type: integer}}]
      responses:
        '200':
          headers: {ETag: {schema: {type: string}}}
          content: {application/json: {schema: {allOf: [{properties: {lines: {items: {properties: {uom: {}}}}}}]}}}
      tags: [x, y]
components: {schemas: {S: {properties: {a/b: {}}}}}
`,
  });
  const contract = estate.contracts[0]!;
  const get = ['paths', '/a/{id}', 'get'];

  test.each([
    [[...get], 'api:a@1#GET ~1a~1{id}', []],
    [[...get, 'parameters', 0, 'schema'], 'api:a@1#GET ~1a~1{id}/request/query/page', ['schema']],
    [[...get, 'responses', '200', 'headers', 'ETag'], 'api:a@1#GET ~1a~1{id}/response/200/header/ETag', []],
    [
      [
        ...get,
        'responses',
        '200',
        'content',
        'application/json',
        'schema',
        'allOf',
        0,
        'properties',
        'lines',
        'items',
        'properties',
        'uom',
      ],
      'api:a@1#GET ~1a~1{id}/response/200/body/lines/[]/uom',
      [],
    ],
    [[...get, 'tags', 1], 'api:a@1#GET ~1a~1{id}', ['tags', 'y']],
    [['components', 'schemas', 'S', 'properties', 'a/b'], 'api:a@1#components/schemas/S/a~1b', []],
    [['info', 'title'], 'api:a@1', ['info', 'title']],
  ])('%j', (path, id, rest) => {
    expect(subjectAt(contract, path)).toEqual({ id, rest });
  });
});
