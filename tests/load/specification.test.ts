/** Compiled schemas are shared between documents; what is found is what the libraries find on their own. */
import SwaggerParser from '@apidevtools/swagger-parser';
import type { OpenAPI } from 'openapi-types';
import { describe, expect, test } from 'vitest';
import { diagnose, type Submission } from '../../src/load/specification.ts';
import { formatPointer, type JsonObject } from '../../src/model/index.ts';

function submission(document: JsonObject, name: 'openapi' | 'asyncapi', version: string): Submission {
  return { path: 'x.json', text: JSON.stringify(document), document, dialect: { name, version } };
}

/** Where the library, which compiles the schema anew, sees violations; its message where it names no place. */
async function placesOfLibrary(document: JsonObject): Promise<string[]> {
  try {
    await SwaggerParser.validate(structuredClone(document) as unknown as OpenAPI.Document, {
      resolve: { external: false },
      dereference: { circular: 'ignore' },
    });
    return [];
  } catch (error) {
    const { details, message } = error as { details?: { instancePath: string }[]; message: string };
    return (
      details?.map(({ instancePath }) => instancePath) ?? [
        // It prints the object that it was given.
        message.split('\n')[0]!.replace(/^\[object Object\].*/, 'describes nothing: it has no paths'),
      ]
    );
  }
}

const operation = (more: JsonObject = {}): JsonObject => ({
  parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
  responses: {
    '200': { description: 'ok', content: { 'application/json': { schema: { $ref: '#/components/schemas/A' } } } },
  },
  ...more,
});
const openapi = (version: string, more: JsonObject = {}, schema: JsonObject = { type: 'object' }): JsonObject => ({
  openapi: version,
  info: { title: 'x', version: '1' },
  paths: { '/x/{id}': { get: operation(more) } },
  components: { schemas: { A: schema } },
});
const swagger = (more: JsonObject = {}): JsonObject => ({
  swagger: '2.0',
  info: { title: 'x', version: '1' },
  paths: { '/x': { get: { responses: { '200': { description: 'ok' } }, ...more } } },
});

describe('an OpenAPI document', () => {
  const documents: [string, JsonObject][] = ['3.0.3', '3.1.0'].flatMap((version): [string, JsonObject][] => [
    [`${version} that is sound`, openapi(version)],
    [
      `${version} whose schema refers to itself`,
      openapi(version, {}, { properties: { a: { $ref: '#/components/schemas/A' } } }),
    ],
    [`${version} with a response too few`, openapi(version, { responses: { '200': {} } })],
    [`${version} with a wrong type`, openapi(version, { deprecated: 'yes', tags: 'a' })],
    [`${version} with a wrong schema`, openapi(version, {}, { type: 1, required: 'a' })],
    [`${version} with a member that is none`, openapi(version, { respones: {} })],
    [`${version} without paths`, { openapi: version, info: { title: 'x', version: '1' } }],
    [`${version} with a parameter twice`, openapi(version, { parameters: [{ $ref: '#/x' }, { $ref: '#/x' }] })],
  ]);
  documents.push(
    ['2.0 that is sound', swagger()],
    [
      '2.0 with an operation twice',
      {
        ...swagger({ operationId: 'a' }),
        paths: {
          '/x': {
            get: { operationId: 'a', responses: { '200': { description: '' } } },
            put: { operationId: 'a', responses: { '200': { description: '' } } },
          },
        },
      },
    ],
    [
      '2.0 with a path parameter too few',
      { ...swagger(), paths: { '/x/{id}': { get: { responses: { '200': { description: '' } } } } } },
    ],
    ['2.0 with a wrong type', swagger({ tags: 'a' })],
    ['of a version that is not known', openapi('3.0.9')],
  );
  test.each(documents)('%s', async (_, document) => {
    const expected = await placesOfLibrary(document);
    const found = await diagnose(submission(document, 'openapi', String(document['openapi'] ?? '2.0')), new Map());
    expect(found.length > 0).toBe(expected.length > 0);
    for (const { path, message } of found) {
      expect(expected).toContain(path.length === 0 && !expected.includes('') ? message : formatPointer(path));
    }
  });
});

describe('AsyncAPI documents', () => {
  const asyncapi = (version: string, more: JsonObject = {}): JsonObject => ({
    asyncapi: version,
    info: { title: 'x', version: '1' },
    channels: {},
    ...more,
  });
  const documents = ['2.6.0', '3.0.0'].flatMap(version => [
    asyncapi(version),
    asyncapi(version, { channels: [] }),
    asyncapi(version, { info: { title: 'x' } }),
    asyncapi(version, { unknown: 1 }),
    asyncapi(version),
  ]);

  test('are found to be what they are, whichever came before', async () => {
    const files = new Map<string, string>();
    const submissions = documents.map(document => submission(document, 'asyncapi', String(document['asyncapi'])));
    const together = [];
    for (const one of submissions) together.push(await diagnose(one, files));
    const alone = [];
    // Other files, so another parser, which has seen nothing.
    for (const one of submissions) alone.push(await diagnose(one, new Map()));
    expect(together).toEqual(alone);
    expect(together.map(found => found.length > 0)).toEqual([
      false,
      true,
      true,
      true,
      false,
      false,
      true,
      true,
      true,
      false,
    ]);
  }, 60_000);
});

test('a document may hold nothing but components from OpenAPI 3.1 on', async () => {
  const messagesOf = async (version: string, rest: JsonObject) => {
    const document = { openapi: version, info: { title: 'x', version: '1' }, ...rest };
    return (await diagnose(submission(document, 'openapi', version), new Map())).map(({ message }) => message);
  };
  expect(await messagesOf('3.1.0', { components: { headers: {} } })).toEqual([]);
  expect(await messagesOf('3.1.0', {})).toHaveLength(1);
  expect(await messagesOf('3.0.3', { components: { headers: {} } })).toEqual(['describes nothing: it has no paths']);
});
