// Pixels by URL: one function from request to response, used by the browser host and Electron's protocol.
// Ids in the path are opaque; the engine maps them to files, a path never comes from outside.
import { open, stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { AppError } from '../api/errors.ts';

/** What the engine knows about a media path such as `thumb/<project>/12`. */
export type MediaItem =
  | {
      readonly kind: 'file';
      readonly path: string;
      readonly mime: string;
      readonly etag: string;
      /** Content security policy of a page. */
      readonly policy?: string;
    }
  | {
      readonly kind: 'bytes';
      readonly bytes: Uint8Array;
      readonly mime: string;
      readonly etag: string;
    };

/** Null = there is no such thing. Throws only for failures worth a log line. */
export type MediaSource = (path: string, signal: AbortSignal) => Promise<MediaItem | null>;

export interface MediaRequest {
  readonly method: string;
  /** Path below the media root, decoded, without a leading slash. */
  readonly path: string;
  readonly range: string | null;
  readonly ifNoneMatch: string | null;
  readonly signal: AbortSignal;
}

const GONE = 'The file is no longer where it was.';
const SAFE_PATH = /^[a-z]+\/[A-Za-z0-9_-]{1,80}(\/[A-Za-z0-9_-]{1,80}){0,2}$/;

const plain = (status: number, text: string, headers: Record<string, string> = {}) =>
  new Response(text, {
    status,
    headers: {
      'content-type': 'text/plain; charset=utf-8',
      'x-content-type-options': 'nosniff',
      ...headers,
    },
  });

/** Answers one media request, with ranges (RFC 9110, single range) and revalidation by ETag. */
export async function mediaResponse(request: MediaRequest, source: MediaSource): Promise<Response> {
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return plain(405, 'Only GET and HEAD.', { allow: 'GET, HEAD' });
  if (!SAFE_PATH.test(request.path)) return plain(404, 'There is no such image.');
  const item = await source(request.path, request.signal).catch((error: unknown) => {
    if (error instanceof AppError && error.code === 'TOO_MANY_REQUESTS') return 'busy' as const;
    throw error;
  });
  if (item === 'busy') return plain(503, 'Too many pictures at once.', { 'retry-after': '1' });
  if (!item) return plain(404, 'There is no such image.');
  const size = item.kind === 'bytes' ? item.bytes.byteLength : await sizeOf(item.path);
  if (size === null) return plain(410, GONE);
  const headers: Record<string, string> = {
    'content-type': item.mime,
    etag: item.etag,
    'accept-ranges': 'bytes',
    // Private to this session; the ETag makes revalidation free.
    'cache-control': 'private, no-cache',
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
    ...(item.kind === 'file' && item.policy ? { 'content-security-policy': item.policy } : {}),
  };
  if (request.ifNoneMatch === item.etag) return new Response(null, { status: 304, headers });
  const range = parseRange(request.range, size);
  if (range === 'unsatisfiable')
    return plain(416, 'That range is outside the file.', { 'content-range': `bytes */${size}` });
  const { start, end } = range ?? { start: 0, end: size - 1 };
  headers['content-length'] = String(end - start + 1);
  if (range) headers['content-range'] = `bytes ${start}-${end}/${size}`;
  const status = range ? 206 : 200;
  if (request.method === 'HEAD' || size === 0) return new Response(null, { status, headers });
  if (item.kind === 'bytes')
    return new Response(item.bytes.slice(start, end + 1), { status, headers });
  const body = await readerOf(item.path, { start, end }, request.signal);
  return body ? new Response(body, { status, headers }) : plain(410, GONE);
}

/**
 * The bytes of a file, closed when they were read or nobody wants them any more; null when it is gone.
 * A read stream that is given a signal which has fired already opens its file and never closes it.
 */
async function readerOf(
  path: string,
  range: { readonly start: number; readonly end: number },
  signal: AbortSignal,
): Promise<ReadableStream<Uint8Array> | null> {
  const file = await open(path).catch(() => null);
  if (!file) return null;
  const stream = file.createReadStream(range);
  const end = () => stream.destroy();
  signal.addEventListener('abort', end, { once: true });
  stream.once('close', () => signal.removeEventListener('abort', end));
  // Destroyed without an error: whoever reads on sees a body that ended early.
  stream.on('error', () => {});
  const body = Readable.toWeb(stream) as ReadableStream<Uint8Array>;
  if (signal.aborted) end();
  return body;
}

async function sizeOf(path: string): Promise<number | null> {
  try {
    const info = await stat(path);
    return info.isFile() ? info.size : null;
  } catch {
    // Gone since the scan: a state of the disk, reported as 410 by the caller.
    return null;
  }
}

/** Null = the whole file: no range asked, or one that need not be honoured (several ranges, other units). */
export function parseRange(
  header: string | null,
  size: number,
): { start: number; end: number } | 'unsatisfiable' | null {
  const match = header === null ? null : /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header.trim());
  if (!match || (match[1] === '' && match[2] === '')) return null;
  const [, first = '', last = ''] = match;
  if (first === '') {
    const length = Number(last);
    return length === 0 || size === 0
      ? 'unsatisfiable'
      : { start: Math.max(0, size - length), end: size - 1 };
  }
  const start = Number(first);
  const end = last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (start >= size) return 'unsatisfiable';
  return end < start ? null : { start, end };
}
