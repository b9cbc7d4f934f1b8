// What a hub says that waiting does not change: told at once, not after a minute of trying.
import { describe, expect, test } from 'vitest';
import { listRepository } from '../../../../../models/packs/download/hub/listing.ts';
import {
  asPassing,
  MAX_FAILURES,
  withRetries,
} from '../../../../../models/packs/download/hub/retry.ts';

const patience = { wait: async () => {}, random: () => 0.5 };
const COMMIT = '0123456789abcdef0123456789abcdef01234567';

describe('a refusal that lasts', () => {
  test.each([
    ['a redirect to a file', new Error('URL scheme must be a HTTP(S) scheme')],
    ['redirects in a circle', new Error('redirect count exceeded')],
    ['a redirect with credentials', new Error('URL contains credentials')],
  ])('is tried once: %s', async (_, cause) => {
    let tries = 0;
    const attempt = withRetries('the file x', patience, async () => {
      tries += 1;
      throw new TypeError('fetch failed', { cause });
    });
    await expect(attempt).rejects.toMatchObject({
      code: 'DOWNLOAD_REFUSED',
      message: expect.stringContaining(cause.message) as string,
    });
    expect(tries).toBe(1);
  });

  test('is what the real fetch reports for a circle of redirects and for another scheme', async () => {
    const { createServer } = await import('node:http');
    const server = createServer((request, response) => {
      response.writeHead(302, {
        location: request.url === '/file' ? 'file:///etc/hosts' : '/circle',
      });
      response.end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    for (const path of ['circle', 'file']) {
      const error = await fetch(`http://127.0.0.1:${port}/${path}`).catch(
        (thrown: unknown) => thrown,
      );
      expect(error).toBeInstanceOf(TypeError);
      expect(asPassing(error)).toBeNull();
    }
    server.close();
    const gone = await fetch(`http://127.0.0.1:${port}/`).catch((thrown: unknown) => thrown);
    expect(asPassing(gone)).not.toBeNull();
  });

  test('is not a line that broke', async () => {
    let tries = 0;
    const attempt = withRetries('the file x', patience, async () => {
      tries += 1;
      throw new TypeError('terminated', {
        cause: Object.assign(new Error('x'), { code: 'UND_ERR_SOCKET' }),
      });
    });
    await expect(attempt).rejects.toMatchObject({ code: 'DOWNLOAD_BROKEN' });
    expect(tries).toBe(MAX_FAILURES + 1);
  });
});

test('a list of files whose pages never end and are empty is given up', async () => {
  let pages = 0;
  const hub = async (input: string | URL | Request): Promise<Response> => {
    const url = new URL(input instanceof Request ? input.url : input);
    if (!url.pathname.includes('/tree/'))
      return Response.json({ _id: 'x', id: 'a/b', sha: COMMIT });
    pages += 1;
    const next = `http://hub.test/api/models/a/b/tree/${COMMIT}?cursor=${pages}`;
    return Response.json([], { headers: { link: `<${next}>; rel="next"` } });
  };
  const stop = AbortSignal.timeout(10_000);
  await expect(
    listRepository('a/b', 'main', {
      endpoint: 'http://hub.test',
      fetch: hub as never,
      patience: { ...patience, signal: stop },
    }),
  ).rejects.toMatchObject({
    code: 'DOWNLOAD_REFUSED',
    message: expect.stringContaining('pages') as string,
  });
  expect(pages).toBeLessThan(1000);
});
