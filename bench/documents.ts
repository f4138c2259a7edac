/** OpenAPI documents of any size, the same on every machine. */

export interface Size {
  /** Each has seven operations' worth of paths, its schema, and examples; 13 of them make 85 kB of YAML. */
  readonly resources: number;
  readonly seed?: number;
  /** Whether schemas refer to each other in circles. */
  readonly cyclic?: boolean;
}

const WORDS = ['supplier', 'invoice', 'payment', 'receipt', 'order', 'line', 'item', 'contract', 'ledger', 'account'];

/** A description with a few faults: tags that are not declared, examples that do not fit, a schema nobody uses. */
export function apiOf({ resources, seed = 1, cyclic = false }: Size): object {
  const random = randomFrom(seed);
  const names = Array.from({ length: resources }, (_, index) => `${WORDS[index % WORDS.length]}${index}`);
  const parts = names.map((name, index) => {
    const parent = index % 3 > 0 ? names[index - 1] : undefined;
    const next = cyclic ? names[(index + 1) % resources] : undefined;
    // Linters spend much on each example: as many as people write, not one everywhere.
    return resourceOf(name, { parent, next, random, hasExamples: index % 4 === 0 });
  });
  const problem = { description: 'What went wrong.', content: json({ $ref: '#/components/schemas/Problem' }) };
  return {
    openapi: '3.1.0',
    info: {
      title: 'Procurement',
      version: '1.0.0',
      description: 'An API of many resources.',
      contact: { name: 'Procurement', url: 'https://api.example.org', email: 'procurement@example.org' },
    },
    servers: [{ url: 'https://api.example.org/v1' }],
    paths: Object.assign({}, ...parts.map(({ paths }) => paths)),
    components: {
      parameters: {
        Cursor: { name: 'cursor', in: 'query', description: 'Where to go on.', schema: { type: 'string' } },
      },
      responses: { BadRequest: problem, NotFound: problem, Failure: problem },
      schemas: {
        ...Object.assign({}, ...parts.map(({ schemas }) => schemas)),
        Problem: { type: 'object', properties: { title: { type: 'string' }, status: { type: 'integer' } } },
        Unused: { type: 'string' },
      },
    },
  };
}

interface Surroundings {
  readonly parent: string | undefined;
  readonly next: string | undefined;
  readonly random: () => number;
  readonly hasExamples: boolean;
}

function resourceOf(
  name: string,
  { parent, next, random, hasExamples }: Surroundings,
): { paths: object; schemas: object } {
  const fields = Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`field${index}`, fieldOf(name, random)]));
  const schema = {
    type: 'object',
    required: ['id', 'name'],
    description: `A ${name}.`,
    properties: {
      id: { type: 'string', description: `Identifier of the ${name}.`, example: `${name}-1` },
      name: { type: 'string', maxLength: 80, description: 'What people call it.' },
      status: { type: 'string', enum: ['draft', 'active', 'closed'], default: 'draft' },
      amount: { type: 'number', minimum: 0, description: 'In the currency of the document.' },
      createdAt: { type: 'string', format: 'date-time' },
      ...fields,
      ...(parent ? { parent: ref(parent) } : {}),
      ...(next ? { self: ref(name), next: ref(next) } : {}),
    },
  };
  const page = { type: 'object', properties: { items: { type: 'array', items: ref(name) }, next: { type: 'string' } } };
  const right = { id: `${name}-1`, name: 'Example', status: 'active', amount: 12.5, createdAt: '2025-01-01T00:00:00Z' };
  const example = hasExamples ? right : undefined;
  const wrong = hasExamples && random() < 0.3 ? { ...right, id: 3 } : example;
  const ok = (description: string, content?: object) => ({ description, ...(content ? { content } : {}) });
  const operation = (verb: string, responses: object, more: object = {}) => ({
    operationId: `${verb}${name}`,
    tags: [name],
    summary: `${verb} ${name}`,
    description: `To ${verb} what is called ${name} in the source system.`,
    ...more,
    responses: {
      ...responses,
      400: { $ref: '#/components/responses/BadRequest' },
      404: { $ref: '#/components/responses/NotFound' },
      default: { $ref: '#/components/responses/Failure' },
    },
  });
  const limit = { name: 'limit', in: 'query', description: 'How many.', schema: { type: 'integer', default: 50 } };
  const id = { name: 'id', in: 'path', required: true, schema: { type: 'string' } };
  const body = { requestBody: { content: json(ref(name)) } };
  return {
    schemas: { [name]: schema, [`${name}Page`]: page },
    paths: {
      [`/${name}s`]: {
        get: operation(
          'list',
          { 200: ok('A page.', json(ref(`${name}Page`))) },
          { parameters: [limit, { $ref: '#/components/parameters/Cursor' }] },
        ),
        post: operation('create', { 201: ok('Created.', json(ref(name), wrong)) }, body),
      },
      [`/${name}s/{id}`]: {
        parameters: [id],
        get: operation('get', { 200: ok('The one.', json(ref(name), example)) }),
        put: operation('replace', { 200: ok('Replaced.', json(ref(name))) }, body),
        delete: operation('delete', { 204: ok('Gone.') }),
      },
    },
  };
}

function fieldOf(name: string, random: () => number): object {
  return random() < 0.5
    ? { type: 'string', description: `A field of ${name} as the source system has it; kept for reconciliation.` }
    : { type: 'integer', format: 'int32', description: 'A count.', example: Math.floor(random() * 100) };
}

function ref(name: string): object {
  return { $ref: `#/components/schemas/${name}` };
}

function json(schema: object, example?: object): object {
  return { 'application/json': { schema, ...(example ? { example } : {}) } };
}

/** A linear congruential generator (Numerical Recipes): numbers from 0 to 1. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
