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

/** Answers app: requests from the page folder. */
export async function appResponse(folder: string, address: string): Promise<Response> {
  const file = pageFile(folder, address);
  if (!file) return new Response('There is no such page.', { status: 404 });
  const bytes = await readFile(file).catch(() => null);
  if (!bytes) return new Response('There is no such page.', { status: 404 });
  return new Response(new Uint8Array(bytes), {
    headers: {
      'content-type': PAGE_MIME[extname(file)] ?? 'application/octet-stream',
      'content-security-policy': CONTENT_SECURITY_POLICY,
      'x-content-type-options': 'nosniff',
      'cross-origin-opener-policy': 'same-origin',
    },
  });
}

/** Answers media: requests; `media://project/thumb/12` is the path `thumb/12` of the browser host. */
export async function mediaSchemeResponse(
  request: Request,
  source: MediaSource,
): Promise<Response> {
  const url = URL.parse(request.url);
  if (!url || url.host !== 'project')
    return new Response('There is no such image.', { status: 404 });
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
