import { describe, expect, test } from 'vitest';
import { affectedBy } from '../../src/compat/index.ts';
import { completeId, edgesOf, inspectGraph, whoUses } from '../../src/graph/index.ts';
import { contentHash, type Evidence, type Json, startOf } from '../../src/model/index.ts';
import { estateOf } from '../estates.ts';

const SCHEMA = `$schema: https://json-schema.org/draft/2020-12/schema
title: Thing
x-version: 1.0.0
x-governance: {id: "schema:thing@1", owner: "team:a"}
type: object
properties:
  name: {type: string}
  size: {type: object, properties: {width: {type: number}}}
`;
const API = `openapi: 3.1.0
info: {title: Things, version: 1.0.0}
x-governance: {id: "api:things@1", owner: "team:a"}
paths:
  /things/{id}:
    get:
      operationId: getThing
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses:
        '200': {$ref: '#/components/responses/Thing'}
components:
  responses:
    Thing: {description: ok, content: {application/json: {schema: {$ref: thing.yaml}}}}
`;
const TEAM =
  'countersign: team\nid: team:a\nname: A\ncontact: a@a.example\nescalation: {contact: b@a.example, withinMinutes: 5}\n';
const consumer = (name: string, uses: string[]) =>
  `countersign: consumer\nid: consumer:${name}\nname: ${name}\ndescription: d\nowner: team:a\nuses: [${uses.map(id => `{id: "${id}", purpose: p}`).join(', ')}]\n`;
const pact = (name: string, body: object) =>
  JSON.stringify({
    consumer: { name },
    provider: { name: 'things@1' },
    interactions: [
      { description: 'd', request: { method: 'GET', path: '/things/1' }, response: { status: 200, body } },
    ],
    metadata: { pactSpecification: { version: '2.0.0' } },
  });

const FILES = {
  'thing.yaml': SCHEMA,
  'api.yaml': API,
  'team.yaml': TEAM,
  'reader.yaml': consumer('reader', ['api:things@1#getThing']),
  'reader.json': pact('reader', { name: 'n' }),
  'caller.yaml': consumer('caller', ['api:things@1#getThing']),
};
const estate = estateOf(FILES);
const edges = edgesOf(estate);
const usersOf = (id: string) => whoUses(edges, id).map(user => user.id);
const ends = (id: string) => usersOf(id).filter(user => user.startsWith('consumer:'));

describe('who uses a field', () => {
  test('a consumer that reads it through a shared response and a schema in another file', () => {
    expect(ends('schema:thing@1#name')).toEqual(['consumer:caller', 'consumer:reader']);
  });

  test('a consumer whose pact shows other fields only is not among them; one without a pact may be', () => {
    expect(ends('schema:thing@1#size')).toEqual(['consumer:caller']);
    expect(ends('schema:thing@1#size/width')).toEqual(['consumer:caller']);
  });

  test('the places in between are named', () => {
    expect(usersOf('schema:thing@1#name')).toContain('api:things@1#getThing/response/200/body/name');
  });

  test('whoever uses a part uses the whole', () => {
    expect(ends('schema:thing@1')).toEqual(['consumer:caller', 'consumer:reader']);
    expect(ends('api:things@1')).toEqual(['consumer:caller', 'consumer:reader']);
  });

  test('a schema that refers to itself ends', () => {
    const text = `${SCHEMA}  next: {$ref: '#'}\n`;
    const recursive = edgesOf(estateOf({ ...FILES, 'thing.yaml': text }));
    expect(whoUses(recursive, 'schema:thing@1#name').map(({ id }) => id)).toContain('consumer:reader');
  });
});

describe('who is hit', () => {
  const change = (action: 'removed' | 'required', subject: string, direction: 'request' | 'response') => ({
    action,
    places: [{ id: subject, location: startOf('api.yaml') }],
    direction,
  });
  const hit = (...args: Parameters<typeof change>) =>
    affectedBy(change(...args), edges)
      .map(({ id }) => id)
      .sort();

  test('a removed field hits those who read it, a new demand hits everyone who calls', () => {
    expect(hit('removed', 'api:things@1#getThing/response/200/body/size', 'response')).toEqual(['consumer:caller']);
    expect(hit('required', 'api:things@1#getThing/request/query/q', 'request')).toEqual([
      'consumer:caller',
      'consumer:reader',
    ]);
  });

  test('the pact stands as evidence where there is also a declaration', () => {
    const [reader] = affectedBy(change('removed', 'api:things@1#getThing', 'response'), edges).filter(
      ({ id }) => id === 'consumer:reader',
    );
    expect(reader).toMatchObject({ known: 'derived', location: { file: 'reader.json' } });
  });
});

describe('how an edge is known', () => {
  const call = (evidence: Evidence[]) =>
    edgesOf(estate, evidence).find(
      ({ from, relation, known }) => from === 'consumer:reader' && relation === 'calls' && known !== 'declared',
    )?.known;
  const verification = (pactHash: string, verified: string[]): Evidence => ({
    type: 'verification',
    at: '2026-11-01T00:00:00Z',
    consumer: 'consumer:reader',
    provider: 'api:things@1',
    pact: pactHash,
    target: 'mock',
    success: verified.length > 0,
    verified,
  });
  const hash = contentHash(JSON.parse(FILES['reader.json']) as Json);

  test('a pact makes it derived, a run of that very pact verified, a later failure derived again', () => {
    expect(call([])).toBe('derived');
    expect(call([verification(hash, ['api:things@1#getThing'])])).toBe('verified');
    expect(call([verification('0'.repeat(64), ['api:things@1#getThing'])])).toBe('derived');
    expect(call([verification(hash, ['api:things@1#getThing']), verification(hash, [])])).toBe('derived');
  });
});

describe('disagreements', () => {
  const rulesIn = (files: Record<string, string>) => {
    const changed = estateOf({ ...FILES, ...files });
    return inspectGraph(changed, edgesOf(changed)).map(({ rule, subject, message }) => [rule, subject, message]);
  };

  test('what is declared without a pact, and used without a declaration', () => {
    expect(rulesIn({ 'reader.yaml': consumer('reader', []) }).map(([rule, subject]) => [rule, subject])).toEqual([
      ['graph/unproven-use', 'consumer:caller'],
      ['graph/undeclared-use', 'consumer:reader'],
    ]);
  });

  test('an owner, and an operation, that do not exist', () => {
    expect(rulesIn({ 'api.yaml': API.replace('team:a', 'team:b') })[0]?.slice(0, 2)).toEqual([
      'graph/unknown-target',
      'api:things@1',
    ]);
    const [first] = rulesIn({ 'caller.yaml': consumer('caller', ['api:things@1#getThings']) });
    expect(first?.[2]).toContain('api:things@1#getThings');
  });
});

test('a short name is completed where only one thing bears it', () => {
  expect(completeId(estate, 'things').id).toBe('api:things@1');
  expect(completeId(estate, 'things@1#getThing').id).toBe('api:things@1#getThing');
  expect(completeId(estate, 'nothing').id).toBeUndefined();
});
