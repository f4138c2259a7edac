import { expect, test } from 'vitest';
import { diagnose } from '../../src/load/specification.ts';
import type { JsonObject } from '../../src/model/index.ts';

const info = { title: 'A', version: '1.0.0' };
const messagesOf = async (version: string, rest: JsonObject) => {
  const document = { openapi: version, info, ...rest };
  const text = JSON.stringify(document);
  const found = await diagnose({ path: 'a.json', text, document, dialect: { name: 'openapi', version } }, new Map());
  return found.map(({ message }) => message);
};

test('a document may hold nothing but components from OpenAPI 3.1 on', async () => {
  expect(await messagesOf('3.1.0', { components: { headers: {} } })).toEqual([]);
  expect(await messagesOf('3.1.0', {})).toHaveLength(1);
  expect(await messagesOf('3.0.3', { components: { headers: {} } })).toEqual(['describes nothing: it has no paths']);
});
