import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { Pact } from '@pact-foundation/pact';
import { afterAll, beforeAll, expect } from 'vitest';
import { asString, get, isObject, items, type Json } from '../../src/model/json.ts';

/**
 * The pact between a consumer and a provider, for the tests of one file. After them, what they recorded must be what is
 * committed; with UPDATE_PACTS=1 it is written there instead.
 */
export function recordPact(consumer: string, provider: string): () => Pact {
  const committed = `contracts/consumers/${consumer}/pacts/${provider.replaceAll('/', '--')}.json`;
  let directory: string;
  let pact: Pact;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'countersign-pact-'));
    pact = new Pact({ consumer, provider, dir: directory, logLevel: 'error' });
  });
  afterAll(async () => {
    const recorded = normalised(await readPact(directory));
    await rm(directory, { recursive: true, force: true });
    if (process.env['UPDATE_PACTS'] === '1') {
      await writeFile(committed, recorded);
      return;
    }
    const message = `${committed} is not what these tests record; run UPDATE_PACTS=1 npx vitest run tests/consumers`;
    expect(recorded, message).toBe(await readFile(committed, 'utf8').catch(() => ''));
  });
  return () => pact;
}

/**
 * What a consumer does, with the time after it that the mock server takes to write down what it has answered: it may be
 * asked for that too early, once in a thousand times (pact-reference issue 535, in Pact 16.3 to 16.5).
 */
export function settled(test: (url: string) => Promise<void>): (server: { url: string }) => Promise<void> {
  return async ({ url }) => {
    await test(url);
    await setTimeout(200);
  };
}

/** Pact makes a directory of what stands before a `/` in the name of the provider. */
async function readPact(directory: string): Promise<Json> {
  const files = await readdir(directory, { recursive: true });
  const file = files.find(name => name.endsWith('.json'));
  if (!file) throw new Error('no pact was recorded');
  return JSON.parse(await readFile(join(directory, file), 'utf8')) as Json;
}

/** Without versions of tools, and in an order that does not depend on which test ran first. */
function normalised(pact: Json): string {
  const described = (interaction: Json) => asString(get(interaction, 'description')) ?? '';
  const interactions = items(get(pact, 'interactions')).sort((a, b) => (described(a) < described(b) ? -1 : 1));
  const specification = get(get(pact, 'metadata'), 'pactSpecification') ?? null;
  const document = { ...(isObject(pact) ? pact : {}), interactions, metadata: { pactSpecification: specification } };
  return `${JSON.stringify(document, null, 2)}\n`;
}
