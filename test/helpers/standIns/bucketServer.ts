// A store of the few calls that reading a bucket needs, on loopback: ListObjectsV2 with pages, GetObject with
// If-Match; and every fault that a line or a proxy can have.
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

export type Fault =
  | { readonly kind: 'status'; readonly status: number }
  /** Half of the body, then the connection ends. */
  | { readonly kind: 'torn' }
  /** More than was listed. */
  | { readonly kind: 'longer' }
  /** Headers and a part of the body, then nothing more. */
  | { readonly kind: 'silent' }
  /** A proxy's page with status 200. */
  | { readonly kind: 'page' };

export interface BucketServer extends AsyncDisposable {
  readonly url: string;
  readonly objects: Map<string, Buffer>;
  /** Asked before each answer about an object; null = a good one. `count` says how often it was asked for, from 1. */
  fault: (key: string, count: number) => Fault | null;
  readonly requests: string[];
}

export const etagOf = (bytes: Buffer): string =>
  `"${createHash('md5').update(bytes).digest('hex')}"`;

const PAGE_LIMIT = 1000;

export async function bucketServer(bucket: string): Promise<BucketServer> {
  const objects = new Map<string, Buffer>();
  const asked = new Map<string, number>();
  const requests: string[] = [];
  const store = { objects, requests, fault: (): Fault | null => null } as unknown as {
    -readonly [K in keyof BucketServer]: BucketServer[K];
  };
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://store');
    const [, name = '', ...rest] = decodeURIComponent(url.pathname).split('/');
    requests.push(`${request.method} ${url.pathname}${url.search}`);
    if (name !== bucket) return failed(response, 404, 'NoSuchBucket');
    if (!/^AWS4-HMAC-SHA256 /.test(request.headers.authorization ?? ''))
      return failed(response, 403, 'AccessDenied');
    const key = rest.join('/');
    if (key === '') return list(url, objects, response);
    const count = (asked.get(key) ?? 0) + 1;
    asked.set(key, count);
    answer(request, response, { bytes: objects.get(key), fault: store.fault(key, count) });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  store.url = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
  store[Symbol.asyncDispose] = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return store;
}

function failed(response: ServerResponse, status: number, code: string): void {
  response.writeHead(status, { 'content-type': 'application/xml' });
  response.end(
    `<?xml version="1.0"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`,
  );
}

const xml = (text: string) => text.replace(/[<>&'"]/g, (letter) => `&#${letter.codePointAt(0)};`);

function list(url: URL, objects: ReadonlyMap<string, Buffer>, response: ServerResponse): void {
  if (url.searchParams.get('list-type') !== '2') return failed(response, 400, 'InvalidArgument');
  const prefix = url.searchParams.get('prefix') ?? '';
  const token = url.searchParams.get('continuation-token');
  const after = token === null ? (url.searchParams.get('start-after') ?? '') : atob(token);
  const most = Math.min(PAGE_LIMIT, Number(url.searchParams.get('max-keys') ?? PAGE_LIMIT));
  const bytes = (text: string) => Buffer.from(text);
  const keys = [...objects.keys()]
    .filter((key) => key.startsWith(prefix) && Buffer.compare(bytes(key), bytes(after)) > 0)
    .sort((a, b) => Buffer.compare(bytes(a), bytes(b)));
  const page = keys.slice(0, most);
  const isCut = keys.length > page.length;
  const contents = page.map((key) => {
    const object = objects.get(key)!;
    return `<Contents><Key>${xml(key)}</Key><Size>${object.length}</Size><ETag>${xml(etagOf(object))}</ETag></Contents>`;
  });
  response.writeHead(200, { 'content-type': 'application/xml' });
  response.end(
    `<?xml version="1.0"?><ListBucketResult><IsTruncated>${isCut}</IsTruncated><KeyCount>${page.length}</KeyCount>${
      isCut ? `<NextContinuationToken>${btoa(page.at(-1)!)}</NextContinuationToken>` : ''
    }${contents.join('')}</ListBucketResult>`,
  );
}

function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { bytes, fault }: { readonly bytes: Buffer | undefined; readonly fault: Fault | null },
): void {
  if (fault?.kind === 'status') return failed(response, fault.status, 'SlowDown');
  if (fault?.kind === 'page') {
    response.writeHead(200, { 'content-type': 'text/html' });
    return void response.end('<html>Please log in</html>');
  }
  if (!bytes) return failed(response, 404, 'NoSuchKey');
  const wanted = request.headers['if-match'];
  if (wanted !== undefined && wanted !== etagOf(bytes))
    return failed(response, 412, 'PreconditionFailed');
  const body = fault?.kind === 'longer' ? Buffer.concat([bytes, Buffer.alloc(100_000)]) : bytes;
  response.writeHead(200, { etag: etagOf(bytes), 'content-length': body.length });
  if (fault?.kind !== 'torn' && fault?.kind !== 'silent') return void response.end(body);
  response.write(body.subarray(0, body.length >> 1), () => {
    if (fault.kind === 'torn') response.destroy();
  });
}
