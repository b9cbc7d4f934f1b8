// What stands in the way to a hub and how soon it is told, with failures as Node's fetch reports them.
import { describe, expect, it } from 'vitest';
import type { Fetch } from '../../../../../models/packs/download/network.ts';
import { asPassing } from '../../../../../models/packs/download/retry.ts';
import { SILENCE_MS, watchedFetch } from '../../../../../models/packs/download/way.ts';

const HUB = 'http://hub.example/api';
const failed = (code: string, facts: object = {}) =>
  new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code, ...facts }) });

/** A fetch that answers with these, one after another; the last again and again. */
function watch(answers: readonly (Error | 'ok')[]) {
  const waits: number[] = [];
  let asked = 0;
  const fetch: Fetch = () => {
    const answer = answers[Math.min(asked, answers.length - 1)]!;
    asked += 1;
    return answer === 'ok' ? Promise.resolve(new Response('x')) : Promise.reject(answer);
  };
  const watched = watchedFetch(fetch, {
    patience: { wait: (ms) => Promise.resolve(void waits.push(ms)) },
    waysRound: 'Walk',
  });
  return { waits, watched, asked: () => asked };
}

describe('watchedFetch', () => {
  it.each([
    ['ENOTFOUND', { hostname: 'hub.example' }, /no network, or no hub\.example in it/],
    ['EAI_AGAIN', { hostname: 'hub.example' }, /no network, or no hub\.example in it/],
    ['ECONNREFUSED', { address: '10.0.0.1', port: 443 }, /no answer from 10\.0\.0\.1:443/],
    ['ENETUNREACH', { address: '10.0.0.1', port: 443 }, /no answer from 10\.0\.0\.1:443/],
  ])(
    'tries three times within two seconds and tells the way round: %s',
    async (code, facts, words) => {
      const { watched, waits, asked } = watch([failed(code, facts)]);
      const error = await watched(HUB).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ code: 'DOWNLOAD_UNREACHABLE', fix: 'Walk' });
      expect((error as Error).message).toMatch(words);
      expect([asked(), waits]).toEqual([3, [1000, 1000]]);
    },
  );

  it.each([
    ['a connection that times out', failed('UND_ERR_CONNECT_TIMEOUT')],
    ['no answer in time', new DOMException('late', 'TimeoutError')],
    ['a server without encryption', failed('ERR_SSL_WRONG_VERSION_NUMBER')],
    ['an address that is refused', new TypeError('fetch failed', { cause: new Error('bad port') })],
  ])('does not try again after %s', async (_, failure) => {
    const { watched, asked } = watch([failure]);
    await expect(watched(HUB)).rejects.toMatchObject({ code: 'DOWNLOAD_UNREACHABLE' });
    expect(asked()).toBe(1);
  });

  it('goes on when the network comes in time', async () => {
    const { watched, asked } = watch([failed('ENOTFOUND'), 'ok']);
    expect((await watched(HUB)).status).toBe(200);
    expect(asked()).toBe(2);
  });

  it('leaves a line that breaks later to the patience of the download', async () => {
    const { watched, asked } = watch(['ok', failed('ENOTFOUND')]);
    await watched(HUB);
    const error = await watched(HUB).catch((thrown: unknown) => thrown);
    expect(asPassing(error)?.message).toBe('ENOTFOUND');
    expect(asked()).toBe(2);
  });

  it.each([
    ['SELF_SIGNED_CERT_IN_CHAIN', /issuer is unknown here.*NODE_EXTRA_CA_CERTS/],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', /issuer is unknown here/],
    ['CERT_HAS_EXPIRED', /not valid today.*date and clock/],
    ['CERT_NOT_YET_VALID', /not valid today/],
    ['ERR_TLS_CERT_ALTNAME_INVALID', /another one.*sign-in page/],
  ])('tells a wrong certificate at once, also in the middle: %s', async (code, words) => {
    const { watched, asked } = watch(['ok', failed(code)]);
    await watched(HUB);
    const error = await watched(HUB).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'DOWNLOAD_CERTIFICATE' });
    expect((error as Error).message).toMatch(words);
    expect(asked()).toBe(2);
  });

  it('a proxy in trouble of its own may recover', async () => {
    const cause = new Error('Request was cancelled.', {
      cause: new Error('Proxy response (503) !== 200 when HTTP Tunneling'),
    });
    const { watched } = watch(['ok', new TypeError('fetch failed', { cause })]);
    await watched(HUB);
    const error = await watched(HUB).catch((thrown: unknown) => thrown);
    expect(asPassing(error)).not.toBeNull();
  });

  it('an abort is passed on as it is', async () => {
    const stop = new AbortController();
    const watched = watchedFetch((_, init) => Promise.reject(init?.signal?.reason as Error), {
      patience: { wait: () => Promise.resolve() },
      waysRound: '',
    });
    stop.abort(new Error('enough'));
    await expect(watched(HUB, { signal: stop.signal })).rejects.toThrow('enough');
  });

  it('tells that no answer has come yet, once, and still takes the answer', async () => {
    const told: string[] = [];
    const slow: Fetch = () =>
      new Promise((resolve) => setTimeout(() => resolve(new Response('x')), SILENCE_MS + 300));
    const watched = watchedFetch(slow, {
      patience: { wait: () => Promise.resolve() },
      waysRound: '',
      onSilence: (host) => told.push(host),
    });
    expect((await watched(HUB)).status).toBe(200);
    expect(told).toEqual(['hub.example']);
  });
});
