// The app: and media: schemes. app: serves the built page; media: asks the engine what an id stands for.
import { readFile } from 'node:fs/promises';
import { extname, isAbsolute, join, relative, resolve } from 'node:path';
import type { CustomScheme } from 'electron';
import type { MediaSource } from '../hosts/mediaResponse.ts';
import { PAGE_MIME } from '../hosts/pageMime.ts';
import { mediaResponse } from '../hosts/mediaResponse.ts';
import { APP_ORIGIN, CONTENT_SECURITY_POLICY } from './security.ts';

export const SCHEMES: CustomScheme[] = [
  {
    scheme: 'app',
    privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
  },
  // Reading pixels back from a canvas needs CORS-clean images, and media: is another origin than app:.
  {
    scheme: 'media',
    privileges: {
      standard: true,
      secure: true,
      supportFetchAPI: true,
      stream: true,
      corsEnabled: true,
    },
  },
];

/** The file below `folder` that an app: address names, or null when it leads elsewhere. */
export function pageFile(folder: string, address: string): string | null {
  const url = URL.parse(address);
  if (!url || url.protocol !== 'app:' || url.host !== 'bundle') return null;
  let path: string;
  try {
    path = decodeURIComponent(url.pathname);
  } catch {
    // A malformed escape names no file.
    return null;
  }
  if (path.includes('\0') || path.includes('\\')) return null;
  const file = resolve(folder, join('.', path === '/' ? 'index.html' : path));
  const inside = relative(folder, file);
  return inside === '' ||
    inside.startsWith('..') ||
    isAbsolute(inside) ||
    !(extname(file) in PAGE_MIME)
    ? null
    : file;
}

/** Of every answer that a page could be shown from, refusals too. */
const PAGE_HEADERS = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'x-content-type-options': 'nosniff',
  'cross-origin-opener-policy': 'same-origin',
};

const refused = (status: number, text: string): Response =>
  new Response(text, {
    status,
    headers: { ...PAGE_HEADERS, 'content-type': 'text/plain; charset=utf-8' },
  });

/** Answers file: requests: the page needs none, and nothing else may read the disk by address. */
export const fileResponse = (): Response => refused(403, 'No file is read by its address.');

/** Answers app: requests from the page folder. */
export async function appResponse(folder: string, address: string): Promise<Response> {
  const file = pageFile(folder, address);
  const bytes = file ? await readFile(file).catch(() => null) : null;
  if (!file || !bytes) return refused(404, 'There is no such page.');
  return new Response(new Uint8Array(bytes), {
    headers: {
      ...PAGE_HEADERS,
      'content-type': PAGE_MIME[extname(file)] ?? 'application/octet-stream',
    },
  });
}

/** Answers media: requests; `media://project/thumb/12` is the path `thumb/12` of the browser host. */
export async function mediaSchemeResponse(
  request: Request,
  source: MediaSource,
): Promise<Response> {
  const url = URL.parse(request.url);
  if (!url || url.host !== 'project') return refused(404, 'There is no such image.');
  const response = await mediaResponse(
    {
      method: request.method,
      path: url.pathname.slice(1),
      range: request.headers.get('range'),
      ifNoneMatch: request.headers.get('if-none-match'),
      signal: request.signal,
    },
    source,
  );
  response.headers.set('access-control-allow-origin', APP_ORIGIN);
  response.headers.set('cross-origin-resource-policy', 'cross-origin');
  return response;
}
