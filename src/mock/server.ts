/** A mock engine behind a bare node:http server. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isJson } from '../load/media-types.ts';
import { createEngine, type JournalEntry, MAX_BODY } from './engine.ts';
import type { MockResponse } from './exchange.ts';
import { failureResponse } from './failure.ts';
import type { MockPlan } from './plan.ts';

export interface ServeOptions {
  /** 0 takes any free port. */
  readonly port: number;
  readonly host?: string;
}

export interface RunningMock {
  /** `http://127.0.0.1:4010`, without the path of any contract. */
  readonly url: string;
  /** Where a contract of the plan is served, with the path of its (first) server. */
  urlOf(contract: string): string;
  /** See MockEngine.setStates. */
  setStates(names: readonly string[]): string[];
  journal(): readonly JournalEntry[];
  close(): Promise<void>;
}

/** Rejects where the port cannot be had. */
export async function serveMock(plan: MockPlan, options: ServeOptions): Promise<RunningMock> {
  const engine = createEngine(plan);
  const server = createServer({ requestTimeout: 30_000, headersTimeout: 10_000 }, (request, response) => {
    readBody(request).then(
      body => {
        if (body === undefined) {
          response.setHeader('connection', 'close');
          const failure = { status: 413, detail: `The body is larger than ${MAX_BODY / 1024 / 1024} MB.` };
          send(response, failureResponse(failure, undefined, plan.dialect, 0));
          return;
        }
        const headers = new Map(
          Object.entries(request.headers).map(([name, value]) => [
            name,
            Array.isArray(value) ? value.join(', ') : (value ?? ''),
          ]),
        );
        send(response, engine.handle({ method: request.method ?? 'GET', target: request.url ?? '/', headers, body }));
      },
      // The client went away while it sent the body.
      () => response.destroy(),
    );
  });
  server.on('clientError', (_, socket) => {
    if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
    else socket.destroy();
  });
  const host = options.host ?? '127.0.0.1';
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
  return {
    url,
    urlOf: contract => url + (plan.contracts.find(({ id }) => id === contract)?.bases[0] ?? ''),
    setStates: engine.setStates,
    journal: engine.journal,
    close: () =>
      new Promise((resolve, reject) => {
        server.close(error => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}

/** Undefined where there is more than the limit; the rest is then not read. */
function readBody(request: IncomingMessage): Promise<Uint8Array | undefined> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > MAX_BODY) {
        request.pause();
        resolve(undefined);
      } else {
        chunks.push(chunk);
      }
    });
    request.on('end', () => resolve(Buffer.concat(chunks)));
    request.on('error', reject);
  });
}

/** Bytes of bodies that are sent again and again, by the value of the contract's example. */
const serialised = new WeakMap<object, Buffer>();

function send(response: ServerResponse, { status, headers, body }: MockResponse): void {
  if (response.destroyed) return;
  const bytes = body === undefined ? undefined : bytesOf(body, headers['content-type']);
  response.writeHead(status, { ...headers, ...(bytes ? { 'content-length': bytes.length } : {}) });
  response.end(bytes);
}

function bytesOf(body: NonNullable<MockResponse['body']> | null, contentType: string | undefined): Buffer {
  if (typeof body === 'string' && contentType !== undefined && !isJson(contentType)) return Buffer.from(body);
  if (typeof body !== 'object' || body === null) return Buffer.from(JSON.stringify(body));
  const known = serialised.get(body);
  if (known) return known;
  const bytes = Buffer.from(JSON.stringify(body));
  serialised.set(body, bytes);
  return bytes;
}
