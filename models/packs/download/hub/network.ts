// Where the hub is and how to reach it: endpoint or mirror, proxy, and a fetch that gives the token
// to that endpoint alone.
import { ModelError, shown } from '../../../errors.ts';

/** Not imported by name, since node:http then brings Node's own web client, 40 ms of a start. */
const { setGlobalProxyFromEnv } = process.getBuiltinModule('node:http');

type Environment = Readonly<Record<string, string | undefined>>;

/** The function that the hub's client library and this code fetch with. */
export type Fetch = typeof globalThis.fetch;

export const PUBLIC_HUB = 'https://huggingface.co';

/** The hub's address: `chosen` (a setting), HF_ENDPOINT, or the public one; no slash at the end. */
export function hubEndpoint(env: Environment, chosen: string = ''): string {
  const address = chosen || env['HF_ENDPOINT'] || PUBLIC_HUB;
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '' || url.search !== '')
    throw new ModelError('DOWNLOAD_REFUSED', {
      expected: 'a mirror address such as https://huggingface.co',
      found: shown(address),
      fix: 'Change the mirror in the settings or HF_ENDPOINT',
    });
  return url.href.replace(/\/+$/, '');
}

let undo: () => void = () => undefined;

/**
 * Sends every later request of this process through HTTP_PROXY, HTTPS_PROXY and NO_PROXY of `env`
 * (either case), instead of those of the call before. Gives back an undo function.
 */
export function useProxyOf(env: Environment): () => void {
  undo();
  undo = setGlobalProxyFromEnv({
    HTTP_PROXY: env['HTTP_PROXY'],
    http_proxy: env['http_proxy'],
    HTTPS_PROXY: env['HTTPS_PROXY'],
    https_proxy: env['https_proxy'],
    NO_PROXY: env['NO_PROXY'],
    no_proxy: env['no_proxy'],
  });
  return () => undo();
}

/** Whether a token may be sent to `endpoint`: encrypted, or not leaving this computer. */
export function mayCarryToken(endpoint: string): boolean {
  const { protocol, hostname } = new URL(endpoint);
  return protocol === 'https:' || /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
}

/** Throws ModelError unless `token` is one and may go to `endpoint`; neither message contains it. */
export function requireToken(endpoint: string, token: string): void {
  if (!mayCarryToken(endpoint))
    throw new ModelError('DOWNLOAD_REFUSED', {
      expected: 'an https address for a token',
      found: shown(endpoint),
      fix: 'Use an https mirror, or remove the token',
    });
  if (!/^[\x21-\x7e]{1,500}$/.test(token))
    throw new ModelError('DOWNLOAD_TOKEN_NEEDED', {
      expected: 'an access token without spaces',
      found: 'another text',
    });
}

/** `fetch` with `token` on requests to `endpoint` and on no others; redirects elsewhere lose it. */
export function authorisedFetch(fetch: Fetch, endpoint: string, token: string | null): Fetch {
  if (token === null || token === '') return fetch;
  requireToken(endpoint, token);
  const { origin } = new URL(endpoint);
  return (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    const headers = new Headers(init?.headers);
    if (url.origin === origin) headers.set('Authorization', `Bearer ${token}`);
    return fetch(input, { ...init, headers });
  };
}
