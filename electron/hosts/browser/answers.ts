// Answers of the browser host to plain requests: start links, the page's files, pictures.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import type { ReadableStream as NodeReadableStream } from 'node:stream/web';
import type { MediaSource } from '../mediaResponse.ts';
import { mediaResponse } from '../mediaResponse.ts';
import { tokenOf, type Door } from './door.ts';
import type { PageFile } from './pageFiles.ts';
import { SECURITY_HEADERS } from './webSecurity.ts';

export interface Served {
  readonly door: Door;
  readonly files: ReadonlyMap<string, PageFile>;
  readonly media: MediaSource;
}

/** Answers one request; throws only what is worth a line in the log. */
export async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { door, files, media }: Served,
): Promise<void> {
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
  const end = (status: number, text: string) => {
    response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' });
    response.end(text);
  };
  const url = URL.parse(request.url ?? '/', 'http://localhost');
  if (!url) return end(400, 'That address cannot be read.');
  const token = tokenOf(url);
  if (token !== null) {
    if (door.admit(request, response, token)) return;
    return end(403, 'This start link was used before. Start Salience again for a new one.');
  }
  const refused = door.refusalOf(request, false);
  if (refused) return end(403, `Refused: ${refused}.`);
  if (!door.hasSession(request))
    return end(403, 'Open Salience with the start link that it printed.');
  if (url.pathname.startsWith('/media/'))
    return sendMedia(request, response, url.pathname.slice('/media/'.length), media);
  if (request.method !== 'GET' && request.method !== 'HEAD') return end(405, 'Only GET and HEAD.');
  const file = files.get(url.pathname === '/' ? '/index.html' : url.pathname);
  if (!file) return end(404, 'There is no such page.');
  response.writeHead(200, {
    'content-type': file.mime,
    'content-length': file.bytes.length,
    'cache-control': file.immutable ? 'private, max-age=31536000, immutable' : 'no-cache',
  });
  response.end(request.method === 'HEAD' ? undefined : file.bytes);
}

async function sendMedia(
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  media: MediaSource,
): Promise<void> {
  const gone = goneSignal(request, response);
  const result = await mediaResponse(
    {
      method: request.method ?? 'GET',
      path,
      range: request.headers.range ?? null,
      ifNoneMatch: request.headers['if-none-match'] ?? null,
      signal: gone,
    },
    media,
  );
  response.writeHead(result.status, Object.fromEntries(result.headers));
  if (!result.body) return void response.end();
  const body = Readable.fromWeb(result.body as NodeReadableStream<Uint8Array>);
  // The reader left or the file broke midway: nothing to repair, the connection just ends.
  body.on('error', () => response.destroy());
  body.pipe(response);
}

/** One listener for each connection, however many requests wait on it. */
const ends = new WeakMap<IncomingMessage['socket'], AbortController>();

/**
 * Aborted when nobody waits for the answer any more. The response alone does not tell: one that waits
 * behind others on its connection never hears that the connection has ended.
 */
function goneSignal(request: IncomingMessage, response: ServerResponse): AbortSignal {
  const { socket } = request;
  let end = ends.get(socket);
  if (!end) {
    const made = (end = new AbortController());
    ends.set(socket, made);
    socket.once('close', () => made.abort());
  }
  if (socket.destroyed) end.abort();
  const answered = new AbortController();
  response.once('close', () => answered.abort());
  return AbortSignal.any([end.signal, answered.signal]);
}
