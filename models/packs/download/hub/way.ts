// Reports at once what keeps requests from reaching the hub and what to do: an unknown certificate, a proxy
// that refuses, no network. Once anything has answered, a dropped connection is retried (retry.ts).
import { ModelError } from '../../../errors.ts';
import type { Fetch } from './network.ts';
import type { Patience } from './retry.ts';
import { trustSystem } from './trust.ts';

/** What people can do without a connection, as sentences without the last full stop. */
export const ROUND_THE_HUB =
  'Without a network, copy the files of the model to this computer and add their folder ("salience pack build FOLDER", or "Add from a folder" under Models). Behind a proxy set HTTPS_PROXY. A mirror is named with --endpoint, HF_ENDPOINT or under Models. Nothing is lost';

/** Message while waiting for the first answer. */
export const silent = (host: string): string => `no answer from ${host} yet`;

/** Tries of the first request, one second apart: short enough to wait without a message. */
const FIRST_TRIES = 3;
const FIRST_WAIT_MS = 1000;
/** Milliseconds of silence after which a message appears, although the answer may still come. */
export const SILENCE_MS = 4000;

export interface Watch {
  readonly patience: Pick<Patience, 'wait' | 'signal'>;
  readonly waysRound: string;
  /** Called once the first request has had no answer for SILENCE_MS. */
  readonly onSilence?: (host: string) => void;
}

/** `fetch` that remembers whether anything has answered. Throws ModelError where no request gets through. */
export function watchedFetch(fetch: Fetch, watch: Watch): Fetch {
  const { patience, waysRound, onSilence } = watch;
  let reached = false;
  return async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    if (url.protocol === 'https:') trustSystem(process.env);
    for (let tries = 1; ; tries += 1) {
      const silence = reached ? undefined : setTimeout(() => onSilence?.(url.host), SILENCE_MS);
      try {
        const response = await fetch(input, init);
        reached = true;
        return response;
      } catch (error) {
        const late = error instanceof Error && error.name === 'TimeoutError';
        if (init?.signal?.aborted && !late) throw error;
        const trouble =
          certificateTrouble(error, url.host) ?? proxyTrouble(error, url.host, waysRound);
        if (trouble) throw trouble;
        const found = reached ? null : noWay(error);
        if (found === null) throw error;
        if (tries === FIRST_TRIES || !found.mayPass)
          throw new ModelError('DOWNLOAD_UNREACHABLE', {
            expected: `a way to ${url.host}`,
            found: found.words,
            fix: waysRound,
            cause: error,
          });
        await patience.wait(FIRST_WAIT_MS, patience.signal);
      } finally {
        clearTimeout(silence);
      }
    }
  };
}

/** An error of `fetch` and everything behind it, each with the code that it has. */
function chain(error: unknown): { readonly error: Error; readonly code: string | null }[] {
  const links: { error: Error; code: string | null }[] = [];
  for (let one = error; one instanceof Error && links.length < 8; one = one.cause)
    links.push({
      error: one,
      code: 'code' in one && typeof one.code === 'string' ? one.code : null,
    });
  return links;
}

/** Codes of the last request before anything answered; those that time out have waited long enough. */
const PASSING = new Set(['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH']);
const LASTING = new Set(['ENETDOWN', 'ETIMEDOUT', 'UND_ERR_CONNECT_TIMEOUT', 'EPROTO']);

/** Why the host cannot be reached, or null for another failure. */
function noWay(error: unknown): { readonly words: string; readonly mayPass: boolean } | null {
  const links = chain(error);
  if (links[0]?.error.name === 'TimeoutError')
    return { words: 'no answer in time', mayPass: false };
  for (const { error: link, code } of links) {
    if (code === null || !(PASSING.has(code) || LASTING.has(code) || code.startsWith('ERR_SSL')))
      continue;
    const { hostname, address, port } = link as NodeJS.ErrnoException & {
      readonly hostname?: string;
      readonly address?: string;
      readonly port?: number;
    };
    const words =
      code === 'ENOTFOUND' || code === 'EAI_AGAIN'
        ? `no network, or no ${hostname ?? 'such name'} in it (${code})`
        : `no answer${address === undefined ? '' : ` from ${address}:${port ?? ''}`} (${code})`;
    return { words, mayPass: PASSING.has(code) };
  }
  // An address that `fetch` itself refuses has a reason without a code.
  const [first, reason] = links;
  return first?.error.message === 'fetch failed' && reason !== undefined && reason.code === null
    ? { words: reason.error.message, mayPass: false }
    : null;
}

const UNKNOWN_ISSUER = /SELF_SIGNED|UNABLE_TO_(GET_ISSUER|VERIFY)|CERT_UNTRUSTED|INVALID_CA/;
const WRONG_TIME = /EXPIRED|NOT_YET_VALID/;

function certificateTrouble(error: unknown, host: string): ModelError | null {
  const bad = chain(error).find(
    ({ code }) => code !== null && /CERT|^UNABLE_TO_|^INVALID_CA$|^HOSTNAME_MISMATCH$/.test(code),
  );
  const code = bad?.code ?? null;
  if (code === null) return null;
  const [found, fix] = UNKNOWN_ISSUER.test(code)
    ? [
        'one whose issuer is unknown here',
        `Where something looks into connections (a company's proxy, a virus scanner), its certificate must be among those that this system trusts, or in a file that NODE_EXTRA_CA_CERTS names${trustSystem(process.env)}`,
      ]
    : WRONG_TIME.test(code)
      ? ['one that is not valid today', "Check this computer's date and clock"]
      : [
          'another one',
          'Something else answers in its place, a sign-in page of the network perhaps: open the address in a browser',
        ];
  return new ModelError('DOWNLOAD_CERTIFICATE', {
    expected: `a certificate of ${host} that this computer trusts`,
    found: `${found} (${code})`,
    fix,
    cause: error,
  });
}

function proxyTrouble(error: unknown, host: string, waysRound: string): ModelError | null {
  const status = chain(error)
    .map(({ error: { message } }) => /^Proxy response \((\d{3})\)/.exec(message)?.[1])
    .find((one) => one !== undefined);
  if (status === undefined || status.startsWith('5')) return null;
  return new ModelError('DOWNLOAD_UNREACHABLE', {
    expected: `a way to ${host}`,
    found: `a refusal of the proxy (status ${status})`,
    fix:
      status === '407'
        ? 'It asks for a name and a password: HTTPS_PROXY=http://name:password@proxy:port'
        : waysRound,
    cause: error,
  });
}
