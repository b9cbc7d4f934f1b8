// A server on loopback that answers like the Hugging Face hub: model facts, file tree, resolve links
// that redirect large files to a second origin, ranges. A test can make any answer go wrong.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer, type ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';

export interface HubRequest {
  readonly where: 'info' | 'tree' | 'resolve' | 'content';
  /** File name; empty for info and tree. */
  readonly path: string;
  readonly range: string | null;
  readonly authorization: string | null;
  /** How often this very place was asked before. */
  readonly count: number;
}

/** What goes wrong with an answer; undefined = nothing. */
export type Fault =
  | { readonly kind: 'status'; readonly status: number; readonly headers?: Record<string, string> }
  /** The connection is cut after so many bytes of the body. */
  | { readonly kind: 'cut'; readonly afterBytes: number }
  /** Nothing more comes after so many bytes. */
  | { readonly kind: 'hang'; readonly afterBytes: number }
  /** Pieces of so many bytes with a pause between them. */
  | { readonly kind: 'slow'; readonly pieceBytes: number; readonly pauseMs: number }
  | { readonly kind: 'ignoreRange' }
  | {
      readonly kind: 'body';
      readonly body: Buffer | string;
      readonly headers?: Record<string, string>;
    }
  /** One bit of the file is wrong. */
  | { readonly kind: 'flip' }
  | { readonly kind: 'extra'; readonly bytes: number };

/** A file that is too large to hold in memory. */
export interface FileOnDisk {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

export interface HubServer extends AsyncDisposable {
  /** Address of the hub, for HF_ENDPOINT. */
  readonly endpoint: string;
  readonly requests: readonly HubRequest[];
  /** Commit that every branch points to. */
  commit: string;
  readonly files: Map<string, Buffer>;
  /** Sent as they are; no fault changes them. */
  readonly onDisk: Map<string, FileOnDisk>;
  fault: (request: HubRequest) => Fault | undefined;
}

/** Serves `files` as one repository, "test/model" unless named. Files of `largeBytes` and more lie on the second origin. */
export async function startHub(
  files: Readonly<Record<string, Buffer>>,
  options: {
    readonly largeBytes?: number;
    readonly repo?: string;
    /** Key and certificate of a hub with https; its second origin stays plain. */
    readonly tls?: ServerOptions;
  } = {},
): Promise<HubServer> {
  const repo = options.repo ?? 'test/model';
  const largeBytes = options.largeBytes ?? 10_000;
  const requests: HubRequest[] = [];
  const content = await listen((request, response) => {
    const path = decodeURIComponent((request.url ?? '').slice(1));
    answer('content', path, request, response);
  });
  const hub = await listen((request, response) => {
    const url = new URL(request.url ?? '/', 'http://hub');
    const [, owner, name, verb, commit, path] =
      /^\/([^/]+)\/([^/]+)\/(resolve)\/([^/]+)\/(.+)$/.exec(url.pathname) ?? [];
    if (verb === 'resolve' && `${owner}/${name}` === repo && commit === state.commit)
      return answer('resolve', decodeURIComponent(path ?? ''), request, response);
    if (url.pathname.startsWith(`/api/models/${repo}/revision/`))
      return answer('info', '', request, response);
    if (url.pathname === `/api/models/${repo}/tree/${state.commit}`)
      return answer('tree', '', request, response);
    response.writeHead(404, { 'X-Error-Code': 'RepoNotFound' }).end();
  }, options.tls);
  const state = {
    commit: 'c'.repeat(40),
    files: new Map(Object.entries(files)),
    onDisk: new Map<string, FileOnDisk>(),
    fault: (_request: HubRequest): Fault | undefined => undefined,
  };

  function answer(
    where: HubRequest['where'],
    path: string,
    request: IncomingMessage,
    response: ServerResponse,
  ) {
    const seen: HubRequest = {
      where,
      path,
      range: request.headers.range ?? null,
      authorization: request.headers.authorization ?? null,
      count: requests.filter((one) => one.where === where && one.path === path).length,
    };
    requests.push(seen);
    const fault = state.fault(seen);
    if (fault?.kind === 'status') return response.writeHead(fault.status, fault.headers).end();
    if (fault?.kind === 'body') return response.writeHead(200, fault.headers).end(fault.body);
    switch (where) {
      case 'info':
        return json(response, {
          _id: '1',
          id: repo,
          sha: state.commit,
          private: false,
          gated: false,
          likes: 0,
          downloads: 0,
          lastModified: '2026-01-01T00:00:00.000Z',
        });
      case 'tree':
        return json(response, [
          ...[...state.files].map(([name, bytes]) => treeEntry(name, bytes, largeBytes)),
          ...[...state.onDisk].map(([name, file]) => largeEntry(name, file.bytes, file.sha256)),
        ]);
      default: {
        const file = state.onDisk.get(path);
        if (file && where === 'content') return sendFromDisk(file, request, response);
        const bytes = state.files.get(path);
        if (bytes === undefined && file === undefined)
          return response.writeHead(404, { 'X-Error-Code': 'EntryNotFound' }).end();
        if (where === 'resolve' && (bytes?.length ?? Infinity) >= largeBytes) {
          const location = `http://127.0.0.1:${portOf(content)}/${encodeURIComponent(path)}`;
          return response.writeHead(302, { Location: location }).end();
        }
        return send(bytes ?? Buffer.alloc(0), request, response, fault);
      }
    }
  }

  return Object.assign(state, {
    endpoint: `${options.tls ? 'https://localhost' : 'http://127.0.0.1'}:${portOf(hub)}`,
    requests,
    async [Symbol.asyncDispose]() {
      await Promise.all([hub, content].map(close));
    },
  });
}

function treeEntry(path: string, bytes: Buffer, largeBytes: number): unknown {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const sha1 = createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
  return bytes.length >= largeBytes
    ? largeEntry(path, bytes.length, sha256)
    : { type: 'file', path, size: bytes.length, oid: sha1 };
}

function largeEntry(path: string, size: number, sha256: string): unknown {
  const lfs = { oid: sha256, size, pointerSize: 134 };
  return { type: 'file', path, size, oid: 'f'.repeat(40), lfs };
}

function sendFromDisk(
  { path, bytes }: FileOnDisk,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const asked = /^bytes=(\d+)-$/.exec(request.headers.range ?? '');
  const start = Number(asked?.[1] ?? 0);
  const range = { 'Content-Range': `bytes ${start}-${bytes - 1}/${bytes}` };
  response.writeHead(asked ? 206 : 200, {
    'Content-Length': bytes - start,
    ...(asked ? range : {}),
  });
  const stream = createReadStream(path, { start, highWaterMark: 1024 * 1024 });
  // A client that was killed needs no more of it.
  response.on('close', () => stream.destroy());
  stream.pipe(response);
}

function send(
  bytes: Buffer,
  request: IncomingMessage,
  response: ServerResponse,
  fault: Fault | undefined,
): void {
  const asked =
    fault?.kind === 'ignoreRange' ? null : /^bytes=(\d+)-$/.exec(request.headers.range ?? '');
  const from = asked ? Number(asked[1]) : 0;
  if (from >= bytes.length && bytes.length > 0 && asked) {
    response.writeHead(416).end();
    return;
  }
  let body = Buffer.from(bytes.subarray(from));
  if (fault?.kind === 'flip') body[body.length - 1] = (body.at(-1) ?? 0) ^ 1;
  if (fault?.kind === 'extra') body = Buffer.concat([body, Buffer.alloc(fault.bytes)]);
  const range = { 'Content-Range': `bytes ${from}-${bytes.length - 1}/${bytes.length}` };
  response.writeHead(asked ? 206 : 200, { 'Content-Length': body.length, ...(asked ? range : {}) });
  switch (fault?.kind) {
    case 'cut':
      response.write(body.subarray(0, fault.afterBytes), () =>
        setImmediate(() => response.socket?.destroy()),
      );
      return;
    case 'hang':
      response.write(body.subarray(0, fault.afterBytes));
      return;
    case 'slow':
      drip(body, response, fault.pieceBytes, fault.pauseMs);
      return;
    default:
      response.end(body);
  }
}

function drip(body: Buffer, response: ServerResponse, pieceBytes: number, pauseMs: number): void {
  if (response.destroyed) return;
  if (body.length === 0) {
    response.end();
    return;
  }
  response.write(body.subarray(0, pieceBytes));
  setTimeout(() => drip(body.subarray(pieceBytes), response, pieceBytes, pauseMs), pauseMs);
}

function json(response: ServerResponse, value: unknown): void {
  response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(value));
}

function listen(
  handle: (request: IncomingMessage, response: ServerResponse) => void,
  tls?: ServerOptions,
): Promise<Server> {
  const server = tls ? createTlsServer(tls, handle) : createServer(handle);
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

async function close(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}
