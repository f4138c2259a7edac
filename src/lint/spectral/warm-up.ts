/** What a process does before an image of it is taken: all that it will do later, once, so that it is compiled by then. */
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLinter } from './linter.ts';

const RULESET = `
extends: [spectral:oas, spectral:asyncapi, spectral:arazzo]
rules:
  warm-up: {given: $.info, severity: warn, then: {field: title, function: pattern, functionOptions: {match: W}}}
`;

/** More than once: only what has run a few times remembers what it has seen. */
const ROUNDS = 3;

/** Lints small documents of the usual formats with the usual rulesets, from a directory that is gone afterwards. */
export async function warmUp(): Promise<void> {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'countersign-warm-up-')));
  try {
    writeFileSync(join(root, 'ruleset.yaml'), RULESET);
    const ruleset = { root, name: 'ruleset.yaml', code: 'none' } as const;
    const { lint } = await openLinter({ ruleset, root, ignoreUnknownFormat: false });
    for (let round = 0; round < ROUNDS; round++) {
      for (const [index, document] of DOCUMENTS.entries()) {
        const text = index % 2 === 0 ? JSON.stringify(document, null, 2) : blockStyle(document);
        await lint({ text, source: join(root, `${index}.yaml`) });
      }
    }
  } finally {
    rmSync(root, { recursive: true });
  }
}

/** As YAML in block style. */
function blockStyle(value: unknown, indent = ''): string {
  if (typeof value !== 'object' || value === null) return ` ${JSON.stringify(value)}\n`;
  const lines = Array.isArray(value)
    ? value.map(item => `${indent}-${blockStyle(item, `${indent}  `)}`)
    : Object.entries(value).map(([key, member]) => `${indent}${plain(key)}:${blockStyle(member, `${indent}  `)}`);
  return lines.length === 0 ? ` ${JSON.stringify(value)}\n` : `\n${lines.join('')}`;
}

function plain(key: string): string {
  return /^[A-Za-z]\w*$/.test(key) ? key : JSON.stringify(key);
}

const info = {
  title: 'Warm up',
  version: '1.0.0',
  contact: { name: 'W', url: 'https://example.org', email: 'w@example.org' },
};
const tags = [{ name: 'b' }, { name: 'a' }];

/** With what rules look for, right and wrong. */
const schemas = {
  A: {
    type: 'object',
    required: ['id', 'b'],
    description: 'An <b>A</b>.',
    properties: {
      id: { type: 'string', format: 'uuid', example: 'x' },
      b: { $ref: '#/components/schemas/B' },
      state: { type: 'string', enum: ['x', 'x', 'y'], default: 'z' },
      list: { type: 'array', items: { $ref: '#/components/schemas/A' }, minItems: 1 },
      amount: { type: 'number', minimum: 0, example: 'much' },
    },
    example: { id: 'a', b: 1 },
  },
  B: { type: 'string', maxLength: 3, pattern: '^b' },
  Unused: { allOf: [{ $ref: '#/components/schemas/B' }, { type: 'string' }] },
};
const json = (schema: object, more: object) => ({ 'application/json': { schema, ...more } });
const reference = { $ref: '#/components/schemas/A' };
const operation = {
  operationId: 'a',
  tags: ['a'],
  summary: 'A.',
  description: 'Does it.',
  parameters: [
    { name: 'limit', in: 'query', description: 'How many.', schema: { type: 'integer', default: 'x' }, example: 5 },
    { name: 'id', in: 'path', required: true, schema: { type: 'string' }, examples: { one: { value: 1 } } },
  ],
  requestBody: { content: json(reference, { examples: { one: { value: { id: 'a', b: 'b' } } } }) },
  responses: {
    '200': {
      description: 'A.',
      headers: { etag: { schema: { type: 'string' }, example: 1 } },
      content: json(reference, { example: { b: 1 } }),
    },
    default: { $ref: '#/components/responses/Failure' },
  },
};
const components = {
  schemas,
  responses: { Failure: { description: 'No.', content: json({ type: 'object' }, { example: [] }) } },
  securitySchemes: { basic: { type: 'http', scheme: 'basic' } },
};
const servers = [{ url: 'https://api.example.org/{v}/', variables: { v: { default: 'v1', enum: ['v1'] } } }];
const paths = { '/a/{id}': { get: operation, post: { ...operation, operationId: 'b' } }, '/b?c': { get: {} } };

const body = { name: 'body', in: 'body', schema: { $ref: '#/definitions/A' } };
const old = {
  '/a/{id}': {
    get: {
      operationId: 'a',
      parameters: [{ name: 'id', in: 'path', required: true, type: 'string' }, body],
      responses: { '200': { description: 'A.', schema: { $ref: '#/definitions/A' }, examples: { 'text/plain': 1 } } },
    },
  },
};
const definitions = { A: { type: 'object', properties: { b: { type: 'string', example: 1 } } } };
const payload = { type: 'object', properties: { a: { type: 'integer', default: 'x' } }, examples: [{ a: 'x' }] };
const message = { name: 'm', payload, examples: [{ payload: { a: 'x' } }] };

const DOCUMENTS: readonly object[] = [
  ...['3.0.3', '3.0.3', '3.1.0', '3.1.0', '3.2.0', '3.2.0'].map(openapi => ({
    openapi,
    info,
    servers,
    tags,
    paths,
    security: [{ basic: [] }],
    components,
  })),
  { swagger: '2.0', info, host: 'example.org', schemes: ['https'], tags, paths: old, definitions },
  { asyncapi: '2.6.0', info, tags, channels: { a: { publish: { operationId: 'a', message } } } },
  {
    asyncapi: '3.0.0',
    info,
    channels: { a: { address: 'a', messages: { m: message } } },
    operations: { a: { action: 'send', channel: { $ref: '#/channels/a' } } },
  },
];
