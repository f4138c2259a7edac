import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Served, serve } from './serve.ts';

let served: Served;
beforeAll(async () => {
  served = await serve('suppliers@2', 'Bearer t');
});
afterAll(() => served.mock.close());

const HEADERS = 'authorization: Bearer t\r\nhost: x\r\nconnection: close\r\n';

/** Bytes on the wire, as no HTTP client would send them. */
function raw(bytes: string | Buffer): Promise<string> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(served.mock.url);
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    let received = '';
    socket.on('data', chunk => {
      received += chunk;
    });
    socket.on('error', error =>
      (error as NodeJS.ErrnoException).code === 'ECONNRESET' ? resolve(received) : reject(error),
    );
    socket.on('close', () => resolve(received));
    socket.setTimeout(5000, () => socket.destroy());
  });
}
const get = (target: string, headers = '') => raw(`GET ${target} HTTP/1.1\r\n${HEADERS}${headers}\r\n`);
const create = (body: string | Buffer, type = 'application/json') =>
  served.ask('/suppliers', {
    method: 'POST',
    headers: { 'content-type': type, 'idempotency-key': '"8e03978e-40d5-43e8-bc93-6894a57f9324"' },
    body: body as string,
  });

const base = '/system/suppliers/v2';

test.each([
  [`${base}/suppliers/%E0%A4%A`, 400],
  [`${base}/suppliers/%`, 400],
  [`${base}/suppliers/%00`, 400],
  [`${base}/suppliers/SUP-100045%2F..%2F..`, 400],
  [`${base}/suppliers/../suppliers/SUP-100045`, 404],
  [`${base}//suppliers`, 404],
  ['/', 404],
  ['//', 404],
  ['*', 404],
  [`http://evil.example${base}/suppliers/SUP-100045`, 200],
  [`${base}/suppliers?limit=%E0%A4%A`, 400],
  [`${base}/suppliers?__proto__[x]=1&constructor=2&limit=2`, 200],
  [`${base}/suppliers/__proto__`, 400],
])('the target %s is answered', async (target, status) => {
  expect(await get(target)).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
});

test.each([
  ['Prefer', 'code=999999, example=__proto__'],
  ['Accept', 'a/b;q=NaN'],
  ['Cookie', '=;;=;a'],
  ['Authorization', ' '],
  ['If-Match', '"""'],
  ['X-HTTP-Method', '__proto__'],
])('the header %s: %s does no harm', async (name, value) => {
  expect(await get(`${base}/suppliers`, `${name}: ${value}\r\n`)).toMatch(/^HTTP\/1.1 (200|400|401|406) /);
});

test('long targets and headers are answered', async () => {
  expect(await get(`${base}/suppliers?${'limit=2&'.repeat(900)}`)).toMatch(/^HTTP\/1.1 200 /);
  expect(await get(`${base}/suppliers`, `Accept: ${'*/*;q=0,'.repeat(900)}\r\n`)).toMatch(/^HTTP\/1.1 406 /);
  expect(await get(`${base}/suppliers`, `Prefer: code=${'9'.repeat(9000)}\r\n`)).toMatch(/^HTTP\/1.1 (200|400) /);
  expect(await get(`${base}/suppliers/${'a'.repeat(12_000)}`)).toMatch(/^HTTP\/1.1 400 /);
});

test('what is no HTTP at all is refused', async () => {
  expect(await raw('\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03')).toMatch(/^HTTP\/1.1 400 |^$/);
  expect(await raw(`GET ${base}/suppliers HTTP/1.1\r\n${'x: y\r\n'.repeat(20_000)}\r\n`)).toMatch(/^HTTP\/1.1 4|^$/);
  expect(await raw(`GET ${base}/suppliers HTTP/1.1\r\nhost: x\r\nx: a\0b\r\n\r\n`)).toMatch(/^HTTP\/1.1 400 /);
});

test('bodies that are broken, deep, huge or strange are refused', async () => {
  expect((await create('{"legalName":')).body.detail).toContain('cannot be read as application/json');
  expect((await create(Buffer.from([0xff, 0xfe, 0x22, 0x22]))).status).toBe(400);
  expect((await create('null')).status).toBe(422);
  expect((await create('{"__proto__":{"a":1},"constructor":{"prototype":1}}')).status).toBe(422);
  expect([400, 422, 500]).toContain((await create('['.repeat(500_000))).status);
  expect([400, 422, 500]).toContain((await create(`${'['.repeat(200_000)}${']'.repeat(200_000)}`)).status);
  expect((await create('{}', 'application/json; charset="\u00ff')).status).toBe(422);
  const { status, body } = await create(
    JSON.stringify(Object.fromEntries(Array.from({ length: 5000 }, (_, n) => [`x${n}`, n]))),
  );
  expect([status, body.errors.length]).toEqual([422, 100]);
  expect(({} as Record<string, unknown>)['a']).toBeUndefined();
});

test('a body over 1 MB is refused while it is sent', async () => {
  const size = 3 * 1024 * 1024;
  const head = `POST ${base}/suppliers HTTP/1.1\r\n${HEADERS}content-type: application/json\r\ncontent-length: ${size}\r\n\r\n`;
  expect(await raw(Buffer.concat([Buffer.from(head), Buffer.alloc(size, 0x20)]))).toMatch(/^HTTP\/1.1 413 |^$/);
});

test('a client that goes away is forgotten', async () => {
  const { hostname, port } = new URL(served.mock.url);
  await new Promise<void>(resolve => {
    const socket = connect(Number(port), hostname, () => {
      socket.write(`POST ${base}/suppliers HTTP/1.1\r\n${HEADERS}content-length: 100\r\n\r\n{`, () => socket.destroy());
    });
    socket.on('close', () => resolve());
  });
});

test('and after all of it the mock still answers', async () => {
  expect((await served.ask('/suppliers/SUP-100045')).status).toBe(200);
});
