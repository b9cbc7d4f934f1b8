// Everything that must not get in to the browser host, against the running server.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { serve } from '../../electron/api/wire/peer.ts';
import { createClient } from '../../electron/api/wire/client.ts';
import { memoryPair, socketTransport } from '../../electron/api/wire/transport.ts';
import { MAX_FRAME_BYTES } from '../../electron/api/wire/limits.ts';
import type { Handler, Handlers } from '../../electron/api/wire/peer.ts';
import type { BrowserHost } from '../../electron/hosts/browser/server.ts';
import { startBrowserHost } from '../../electron/hosts/browser/server.ts';
import { CONTENT_SECURITY_POLICY } from '../../electron/hosts/browser/webSecurity.ts';
import { collectedBytes } from '../helpers/drivers/collectedBytes.ts';

/** More than this is a leak, whatever the machine; one answer to a slow client is larger. */
const FLAT_BYTES = 3 * 2 ** 20;
const IMAGE = new Uint8Array(1000).map((_, i) => i % 251);
let folder: string;
let host: BrowserHost;
let cookie: string;
const log: string[] = [];

const handlers: Handlers = new Map<string, Handler>([
  ['session.hello', async () => ({ hello: true })],
  ['image.list', async () => ({ padding: new Uint8Array(4 * 1024 * 1024) })],
]);

interface Answer {
  status: number;
  headers: NodeJS.Dict<string | string[]>;
  body: string;
}

/** Plain HTTP with headers that fetch would not let us forge. */
const get = (path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const request = httpRequest(
      {
        host: '127.0.0.1',
        port: host.port,
        path,
        method,
        headers: { host: `127.0.0.1:${host.port}`, ...headers },
      },
      (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(parts).toString('latin1'),
          }),
        );
      },
    );
    request.on('error', reject);
    request.end();
  });

const socket = (headers: Record<string, string> = {}): Promise<WebSocket> =>
  new Promise((resolve, reject) => {
    const own = {
      origin: `http://127.0.0.1:${host.port}`,
      host: `127.0.0.1:${host.port}`,
      cookie,
      ...headers,
    };
    const connection = new WebSocket(`ws://127.0.0.1:${host.port}/rpc`, {
      headers: own,
      maxPayload: MAX_FRAME_BYTES,
    });
    connection.once('open', () => resolve(connection));
    connection.once('error', reject);
  });

const closed = (connection: WebSocket) =>
  new Promise((resolve) => connection.once('close', resolve));

const stillServes = async () => {
  const connection = await socket();
  const transport = socketTransport(connection);
  connection.on('message', (data) => transport.receive(data));
  connection.on('close', () => transport.closed('closed'));
  const client = createClient(transport);
  expect(
    await client.request('session.hello', { protocol: 1, clientId: 'x', lastRevision: null }),
  ).toEqual({ hello: true });
  client.close();
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'salience-page-'));
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>page</title>');
  writeFileSync(join(folder, 'secret.txt'), 'not a page type');
  host = await startBrowserHost({
    engine: {
      handlers,
      onEvent: () => () => {},
      media: async (path) =>
        path === 'image/1'
          ? { kind: 'bytes', bytes: IMAGE, mime: 'image/png', etag: '"one"' }
          : null,
    },
    page: folder,
    port: 0,
    log: (line) => log.push(line),
  });
  const opened = await get(new URL(host.url).pathname + new URL(host.url).search);
  cookie = String(opened.headers['set-cookie']).split(';')[0] ?? '';
});
afterAll(async () => {
  await host.close();
  rmSync(folder, { recursive: true });
});

describe('the browser host over HTTP', () => {
  test('the start link gives an HttpOnly, same-site cookie once and never again', async () => {
    const link = new URL(host.newLink());
    const first = await get(link.pathname + link.search);
    expect(first).toMatchObject({ status: 303, headers: { location: '/' } });
    expect(String(first.headers['set-cookie'])).toMatch(/HttpOnly; SameSite=Strict; Path=\/$/);
    expect(await get(link.pathname + link.search)).toMatchObject({ status: 403 });
  });

  test('the page comes with the content security policy', async () => {
    expect(await get('/', { cookie })).toMatchObject({
      status: 200,
      headers: {
        'content-security-policy': CONTENT_SECURITY_POLICY,
        'x-content-type-options': 'nosniff',
      },
    });
  });

  test.each([
    ['no cookie', '/', {}, 403],
    ['a guessed token', '/?token=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', {}, 403],
    ['a wrong cookie', '/', { cookie: 'salience_session=AAAA' }, 403],
    [
      'another Host (a name that resolves here)',
      '/',
      { host: 'evil.example', useCookie: '1' },
      403,
    ],
    ['another port in Host', '/', { host: '127.0.0.1:1', useCookie: '1' }, 403],
    ['a foreign Origin', '/', { origin: 'https://evil.example', useCookie: '1' }, 403],
    ['a null Origin', '/', { origin: 'null', useCookie: '1' }, 403],
    ['a cross-site fetch', '/', { 'sec-fetch-site': 'cross-site', useCookie: '1' }, 403],
    ['dots in the path', '/../../etc/passwd', { useCookie: '1' }, 404],
    ['encoded dots', '/%2e%2e/%2e%2e/etc/passwd', { useCookie: '1' }, 404],
    ['backslashes', '/..\\..\\secret.txt', { useCookie: '1' }, 404],
    ['a file of no page type', '/secret.txt', { useCookie: '1' }, 404],
    ['dots below media', '/media/image/..%2f..%2fetc', { useCookie: '1' }, 404],
    ['an image that is not there', '/media/image/2', { useCookie: '1' }, 404],
  ])('refuses %s', async (_, path, headers: Record<string, string>, status) => {
    const { useCookie, ...rest } = headers;
    const answer = await get(path, useCookie ? { ...rest, cookie } : rest);
    expect(answer.status).toBe(status);
    expect(answer.body).not.toContain('root:');
  });

  test('other methods are refused', async () => {
    expect((await get('/', { cookie }, 'POST')).status).toBe(405);
    expect((await get('/media/image/1', { cookie }, 'DELETE')).status).toBe(405);
  });

  test('images come whole, in ranges, and not again when unchanged', async () => {
    const whole = await get('/media/image/1', { cookie });
    expect(Buffer.from(whole.body, 'latin1').equals(Buffer.from(IMAGE))).toBe(true);
    expect(await get('/media/image/1', { cookie, range: 'bytes=10-19' })).toMatchObject({
      status: 206,
      headers: { 'content-range': 'bytes 10-19/1000', 'content-length': '10' },
    });
    expect(await get('/media/image/1', { cookie, range: 'bytes=-5' })).toMatchObject({
      status: 206,
      headers: { 'content-range': 'bytes 995-999/1000' },
    });
    expect(await get('/media/image/1', { cookie, range: 'bytes=1000-' })).toMatchObject({
      status: 416,
    });
    expect(await get('/media/image/1', { cookie, 'if-none-match': '"one"' })).toMatchObject({
      status: 304,
    });
  });

  test('a request of nonsense bytes or an endless header does not disturb others', async () => {
    for (const bytes of [
      '\0\0\0\r\n\r\n',
      `GET / HTTP/1.1\r\nx: ${'a'.repeat(100_000)}\r\n\r\n`,
      'GET http://evil.example/ HTTP/1.1\r\n\r\n',
    ]) {
      await new Promise<void>((resolve) => {
        const raw = connect(host.port, '127.0.0.1', () => raw.write(bytes));
        raw.on('error', () => resolve());
        raw.on('close', () => resolve());
        raw.on('data', () => raw.end());
      });
    }
    await stillServes();
  });
});

describe('the browser host over its WebSocket', () => {
  test.each([
    ['a foreign Origin', { origin: 'https://evil.example' }],
    ['a wrong Host', { host: 'evil.example' }],
    ['no session cookie', { cookie: '' }],
    ['a wrong session cookie', { cookie: 'salience_session=x' }],
  ])('refuses %s', async (_, headers: Record<string, string>) => {
    await expect(socket(headers)).rejects.toThrow(/403/);
  });

  test('a text message ends the connection', async () => {
    const connection = await socket();
    connection.send('hello');
    await closed(connection);
  });

  test('a frame over the size limit ends the connection before it is read', async () => {
    const connection = await socket();
    connection.on('error', () => {});
    connection.send(new Uint8Array(MAX_FRAME_BYTES + 1));
    await closed(connection);
    await stillServes();
  });

  test('clients that ask and never read are dropped, and memory stays flat', async () => {
    const slowClient = async () => {
      log.length = 0;
      const connection = await socket();
      connection.on('error', () => {});
      const client = createClient(socketTransport(connection));
      connection.pause();
      const ended = closed(connection);
      for (let n = 0; n < 60; n++)
        client
          .request('image.list', { cursor: 0, limit: 1, filter: {}, order: 'name' })
          .catch(() => {});
      await expect
        .poll(() => log.some((line) => line.includes('too slow')), { timeout: 60_000 })
        .toBe(true);
      connection.resume();
      await ended;
    };
    // The first one fills buffers that are kept for the next.
    await slowClient();
    await stillServes();
    const before = collectedBytes();
    for (let n = 0; n < 3; n++) await slowClient();
    await stillServes();
    await expect.poll(() => collectedBytes() - before).toBeLessThan(FLAT_BYTES);
  });

  test('malformed frames by the hundred thousand leave the server alive and its memory flat', async () => {
    // The decoder sees every frame through the same serve() as a socket; sockets are sampled below.
    const random = fc.sample(fc.uint8Array({ maxLength: 64 }), { numRuns: 1000, seed: 7 });
    const before = collectedBytes();
    for (let n = 0; n < 100_000; n++) {
      const [near, far] = memoryPair();
      serve(far, handlers, () => {});
      const bytes = (random[n % 1000] as Uint8Array).slice();
      if (bytes.length > 4) bytes[(n * 7) % bytes.length] = n & 255;
      near.send(bytes);
      if (n % 1000 === 0) await new Promise(setImmediate);
    }
    await new Promise(setImmediate);
    expect(collectedBytes() - before).toBeLessThan(FLAT_BYTES);
    for (const bytes of random.slice(0, 50)) {
      const connection = await socket();
      const ended = closed(connection);
      connection.send(bytes);
      await ended;
    }
    await stillServes();
  });
});
