// Which database failures are retried, and the retry loop: a restart, a cut connection or a full disk ends no
// work.
import { setTimeout as sleep } from 'node:timers/promises';
import { withoutPassword } from './address.ts';

/** By class or code: connections, resources, shutdown, timeouts, locks, disk, serialisation, a lost transaction. */
const SQLSTATES = /^(08|53|57P0|57014|55P03|58000|58030|40001|40P01|25P02|25P03|XX000)/;
const SYSTEM = new Set(
  'ECONNREFUSED ECONNRESET EPIPE ETIMEDOUT EHOSTUNREACH ENETUNREACH ENOTFOUND EAI_AGAIN'.split(' '),
);
const DRIVER =
  /Query read timeout|Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Client was closed/;

/** A server's own certificate, or one of a company's own authority. */
const UNTRUSTED = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
]);

interface Coded {
  readonly code?: unknown;
  readonly message?: unknown;
  readonly errors?: unknown;
}

/** Whether trying again later may help. */
export function isOutage(error: unknown): boolean {
  const { code, message, errors } = (error ?? {}) as Coded;
  // Both addresses of a name were tried.
  if (Array.isArray(errors) && errors.some(isOutage)) return true;
  if (typeof code === 'string' && (SYSTEM.has(code) || isSqlstate(code, SQLSTATES))) return true;
  return typeof message === 'string' && DRIVER.test(message);
}

const isSqlstate = (code: string, pattern: RegExp) => code.length === 5 && pattern.test(code);

/** Code and message alone: the error of a pool carries the whole connection with its password. */
export function databaseWords(error: unknown): string {
  const { code, message, errors } = (error ?? {}) as Coded;
  const inner = Array.isArray(errors) ? (errors[0] as Coded | undefined) : undefined;
  const text = String(message || inner?.message || error).split('\n')[0] ?? '';
  const told = withoutPassword(text).slice(0, 300);
  if (typeof code !== 'string') return told;
  if (UNTRUSTED.has(code))
    return `its certificate is signed by nobody that this computer knows (${code}): add ?sslmode=verify-full&sslrootcert=FILE to the address, FILE being the certificate that signed it`;
  return told.includes(code) ? told : `${code} ${told}`;
}

const FIRST_MS = 200;
const LONGEST_MS = 15_000;

export interface Patience {
  readonly say: (line: string) => void;
  /** Called when no server listens at the address any more, e.g. to start the embedded server again. */
  readonly revive?: (() => Promise<void>) | undefined;
  /** Failures to retry, where these are fewer than usual. */
  readonly isOutage?: ((error: unknown) => boolean) | undefined;
  /** Ends the waiting: the outage is thrown. */
  readonly signal?: AbortSignal | undefined;
}

/** Runs `work` and retries it during an outage; other failures pass. Logs tries 1-3, each 10th, and the recovery. */
export async function untilItAnswers<T>(work: () => Promise<T>, patience: Patience): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      const result = await work();
      if (tries > 1) patience.say('The database answers again.');
      return result;
    } catch (error) {
      const { isOutage: isWaitedOut = isOutage } = patience;
      if (!isWaitedOut(error) || patience.signal?.aborted) throw error;
      if (tries <= 3 || tries % 10 === 0) patience.say(outageLine(error));
      const most = Math.min(LONGEST_MS, FIRST_MS * 2 ** (tries - 1));
      await sleep(most / 2 + (Math.random() * most) / 2, undefined, {
        ...(patience.signal ? { signal: patience.signal } : {}),
      }).catch(() => {
        throw error;
      });
      // What it cannot do it says by the next try.
      if ((error as Coded).code === 'ECONNREFUSED')
        await patience.revive?.().catch(() => undefined);
    }
  }
}

const outageLine = (error: unknown): string =>
  (error as Coded).code === '53100'
    ? `The database's disk is full (${databaseWords(error)}); trying again.`
    : `The database does not answer (${databaseWords(error)}); trying again.`;
