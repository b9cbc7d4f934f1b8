// The browser host: the same engine and renderer as the desktop window, over loopback HTTP and one WebSocket.
// A one-time token in the start link becomes an HttpOnly cookie; everything else needs that cookie.
import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import { extname, join, posix, relative, sep } from 'node:path';
import { Readable } from 'node:stream';
import type { ReadableStream as NodeReadableStream } from 'node:stream/web';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { EventName, Events } from '../../api/events.ts';
import { MAX_FRAME_BYTES } from '../../api/wire/limits.ts';
import type { Handlers, ServerPeer } from '../../api/wire/peer.ts';
import { serve } from '../../api/wire/peer.ts';
import { socketTransport } from '../../api/wire/transport.ts';
import type { MediaSource } from '../mediaResponse.ts';
import { PAGE_MIME } from '../pageMime.ts';
import { mediaResponse } from '../mediaResponse.ts';
import {
  hasSession,
  refusal,
  sameSecret,
  SECURITY_HEADERS,
  SESSION_COOKIE,
} from './webSecurity.ts';

/** What a host needs of an engine. */
export interface ServedEngine {
  readonly handlers: Handlers;
  /** Every published event; `key` groups the ones that may skip. Returns the unsubscribe. */
  onEvent(
    listener: <E extends EventName>(event: E, payload: Events[E], key: string) => void,
  ): () => void;
  readonly media: MediaSource;
}

export interface BrowserHostOptions {
  readonly engine: ServedEngine;
  /** Folder with the built page. */
  readonly page: string;
  /** 0 = any free port. */
  readonly port: number;
  readonly log: (line: string) => void;
}

export interface BrowserHost {
  /** Start link with its one-time token. */
  readonly url: string;
  readonly port: number;
  /** A further start link, for a second browser. */
  newLink(): string;
  close(): Promise<void>;
}

const MAX_CONNECTIONS = 32;
const HEARTBEAT_MS = 20_000;

/** Starts the host on 127.0.0.1; the address is never another one. */
export async function startBrowserHost(options: BrowserHostOptions): Promise<BrowserHost> {
  const { engine, log } = options;
  const files = pageFiles(options.page);
  const session = randomBytes(32).toString('base64url');
  const tokens = new Set<string>();
  const peers = new Set<ServerPeer>();
  let port = 0;

  const factsOf = (request: IncomingMessage) => ({
    host: request.headers.host,
    origin: request.headers.origin,
    fetchSite: request.headers['sec-fetch-site'] as string | undefined,
    cookie: request.headers.cookie,
  });

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
    const end = (status: number, text: string) => {
      response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' });
      response.end(text);
    };
    const facts = factsOf(request);
    const url = URL.parse(request.url ?? '/', `http://127.0.0.1:${port}`);
    if (!url) return end(400, 'That address cannot be read.');
    const token = url.searchParams.get('token');
    // The start link is followed from outside any page, so only its Host can be checked.
    const refused = refusal(
      token === null ? facts : { ...facts, fetchSite: undefined },
      port,
      false,
    );
    if (refused) return end(403, `Refused: ${refused}.`);
    if (token !== null && url.pathname === '/') {
      const known = [...tokens].find((candidate) => sameSecret(token, candidate));
      if (known === undefined) {
        if (!hasSession(facts.cookie, session))
          return end(403, 'This start link was used before. Start Salience again for a new one.');
      } else {
        tokens.delete(known);
        response.setHeader(
          'set-cookie',
          `${SESSION_COOKIE}=${session}; HttpOnly; SameSite=Strict; Path=/`,
        );
      }
      response.writeHead(303, { location: '/' });
      return response.end();
    }
    if (!hasSession(facts.cookie, session))
      return end(403, 'Open Salience with the start link that it printed.');
    if (url.pathname.startsWith('/media/'))
      return sendMedia(request, response, url.pathname.slice('/media/'.length));
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return end(405, 'Only GET and HEAD.');
    const file = files.get(url.pathname === '/' ? '/index.html' : url.pathname);
    if (!file) return end(404, 'There is no such page.');
    response.writeHead(200, {
      'content-type': file.mime,
      'content-length': file.bytes.length,
      'cache-control': file.immutable ? 'private, max-age=31536000, immutable' : 'no-cache',
    });
    response.end(request.method === 'HEAD' ? undefined : file.bytes);
  };

  const sendMedia = async (request: IncomingMessage, response: ServerResponse, path: string) => {
    const gone = new AbortController();
    response.on('close', () => gone.abort());
    const result = await mediaResponse(
      {
        method: request.method ?? 'GET',
        path,
        range: request.headers.range ?? null,
        ifNoneMatch: request.headers['if-none-match'] ?? null,
        signal: gone.signal,
      },
      engine.media,
    );
    response.writeHead(result.status, Object.fromEntries(result.headers));
    if (!result.body) return response.end();
    const body = Readable.fromWeb(result.body as NodeReadableStream<Uint8Array>);
    // The reader left or the file broke midway: nothing to repair, the connection just ends.
    body.on('error', () => response.destroy());
    body.pipe(response);
  };

  const server = createServer(
    { maxHeaderSize: 16 * 1024, requestTimeout: 30_000, headersTimeout: 10_000 },
    (request, response) => {
      answer(request, response).catch((error: unknown) => {
        log(
          `request failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
        );
        if (!response.headersSent) response.writeHead(500);
        response.end();
      });
    },
  );

  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_FRAME_BYTES,
    perMessageDeflate: false,
    clientTracking: true,
  });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const refused =
      request.url !== '/rpc'
        ? 'unknown address'
        : (refusal(factsOf(request), port, true) ??
          (hasSession(request.headers.cookie, session) ? null : 'no session'));
    if (refused !== null || sockets.clients.size >= MAX_CONNECTIONS) {
      log(`connection refused: ${refused ?? 'too many connections'}`);
      socket.end('HTTP/1.1 403 Forbidden\r\nconnection: close\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, socket, head, (connection) => {
      const transport = socketTransport(connection);
      let alive = true;
      const heartbeat = setInterval(() => {
        if (!alive) return connection.terminate();
        alive = false;
        connection.ping();
      }, HEARTBEAT_MS);
      connection.on('pong', () => (alive = true));
      connection.on('message', (data, isBinary) =>
        transport.receive(isBinary ? toBytes(data) : ''),
      );
      connection.on('error', (error) => log(`connection: ${error.message}`));
      connection.on('close', () => {
        clearInterval(heartbeat);
        transport.closed('the page went away');
      });
      const peer = serve(transport, engine.handlers, (error, method) =>
        log(
          `${method}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
        ),
      );
      peers.add(peer);
      peer.onClose((reason) => {
        peers.delete(peer);
        log(`connection ended: ${reason}`);
      });
    });
  });

  const unsubscribe = engine.onEvent((event, payload, key) => {
    for (const peer of peers) peer.publish(event, payload, key);
  });

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: '127.0.0.1', port: options.port }, resolve);
  });
  const address = server.address();
  port = typeof address === 'object' && address ? address.port : 0;

  const newLink = () => {
    const token = randomBytes(32).toString('base64url');
    tokens.add(token);
    return `http://127.0.0.1:${port}/?token=${token}`;
  };

  return {
    url: newLink(),
    port,
    newLink,
    close: async () => {
      unsubscribe();
      for (const peer of peers) peer.close('Salience is closing');
      for (const client of sockets.clients) client.terminate();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function toBytes(data: Buffer | ArrayBuffer | Buffer[]): Uint8Array {
  if (Array.isArray(data)) return Buffer.concat(data);
  return data instanceof ArrayBuffer ? new Uint8Array(data) : data;
}

interface PageFile {
  readonly bytes: Buffer;
  readonly mime: string;
  /** Named by content hash, so it may be kept for good. */
  readonly immutable: boolean;
}

/** The page is read once: a request can only name a file that was there, so no path can lead outside. */
function pageFiles(folder: string): Map<string, PageFile> {
  const files = new Map<string, PageFile>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const name = `/${relative(folder, path).split(sep).join(posix.sep)}`;
    const mime = PAGE_MIME[extname(entry.name)];
    if (mime)
      files.set(name, { bytes: readFileSync(path), mime, immutable: name.startsWith('/assets/') });
  }
  return files;
}
