import { load, snapshotOfDirectory } from '../../src/load/index.ts';
import type { Estate } from '../../src/model/index.ts';

/** Read and parsed once, for the many tests that change a file or two. */
const shipped = snapshotOfDirectory('contracts');
let unchanged: Estate | undefined;

/** The shipped estate, with some files replaced or added: path → text. Without pacts where `pacts` is false. */
export async function estateWith(
  changes: Readonly<Record<string, string | ((text: string) => string)>> = {},
  pacts = true,
): Promise<Estate> {
  const { files, ...snapshot } = await shipped;
  unchanged ??= load(await shipped);
  const changed = new Map([...files].filter(([path]) => pacts || !path.includes('/pacts/')));
  for (const [path, change] of Object.entries(changes)) {
    const before = changed.get(path) ?? '';
    const after = typeof change === 'string' ? change : change(before);
    if (after === before) throw new Error(`the change of ${path} changes nothing`);
    changed.set(path, after);
  }
  return load({ ...snapshot, files: changed }, unchanged);
}

export interface PactInput {
  readonly consumer?: string;
  readonly provider?: string;
  readonly interactions: readonly object[];
}

/** A pact of specification 4. */
export function pactOf({ consumer = 'ap-automation', provider = 'suppliers@2', interactions }: PactInput): string {
  return JSON.stringify(
    {
      consumer: { name: consumer },
      provider: { name: provider },
      interactions,
      metadata: { pactSpecification: { version: '4.0' } },
    },
    null,
    2,
  );
}

/** An interaction whose bodies are JSON. */
export function http(
  description: string,
  request: {
    method?: string;
    path: string;
    headers?: Record<string, string[]>;
    query?: Record<string, string[]>;
    body?: unknown;
  },
  response: { status?: number; body?: unknown; headers?: Record<string, string[]> } = {},
): object {
  const wrapped = ({ body, ...part }: { body?: unknown }) =>
    body === undefined ? part : { ...part, body: { content: body, contentType: 'application/json', encoded: false } };
  return {
    type: 'Synchronous/HTTP',
    description,
    request: wrapped({ method: 'GET', headers: { Authorization: ['Bearer t'] }, ...request }),
    response: wrapped({ status: 200, ...response }),
  };
}

export function message(description: string, content: unknown, metadata: object = {}): object {
  return {
    type: 'Asynchronous/Messages',
    description,
    contents: { content, contentType: 'application/json', encoded: false },
    metadata,
  };
}
