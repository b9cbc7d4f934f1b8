// Retries on bad connections: waits grow, the server's own wait is honoured, progress resets the count, and an
// abort ends every wait at once.
import { setTimeout as sleep } from 'node:timers/promises';
import { ModelError } from '../../../errors.ts';
import { PassingFailure } from './answers.ts';

/** Time and randomness are passed in, so that tests neither sleep nor depend on chance. */
export interface Patience {
  readonly signal?: AbortSignal;
  readonly wait: (ms: number, signal: AbortSignal | undefined) => Promise<void>;
  /** 0 to 1. */
  readonly random: () => number;
  /** Told before each wait. */
  readonly onRetry?: (retry: {
    readonly attempt: number;
    readonly waitMs: number;
    readonly reason: string;
  }) => void;
}

export const REAL_PATIENCE: Pick<Patience, 'wait' | 'random'> = {
  wait: (ms, signal) => sleep(ms, undefined, signal ? { signal } : {}),
  random: Math.random,
};

/** Failures in a row, without a single new byte, before giving up. */
export const MAX_FAILURES = 6;
const FIRST_WAIT_MS = 1000;
const LAST_WAIT_MS = 30_000;

/**
 * Runs `attempt` until it succeeds. `attempt` gets a function to call whenever something was
 * gained. Throws the signal's reason, a ModelError, or DOWNLOAD_BROKEN / DOWNLOAD_BUSY when patience ends.
 */
export async function withRetries<T>(
  what: string,
  patience: Patience,
  attempt: (gained: () => void) => Promise<T>,
): Promise<T> {
  let failures = 0;
  for (;;) {
    patience.signal?.throwIfAborted();
    try {
      return await attempt(() => (failures = 0));
    } catch (error) {
      patience.signal?.throwIfAborted();
      const passing = asPassing(error);
      if (passing === null) throw asRefusal(error, what);
      failures += 1;
      if (failures > MAX_FAILURES) throw givenUp(what, passing);
      const own =
        Math.min(LAST_WAIT_MS, FIRST_WAIT_MS * 2 ** (failures - 1)) * (0.5 + patience.random() / 2);
      const waitMs = Math.round(passing.waitMs ?? own);
      patience.onRetry?.({ attempt: failures, waitMs, reason: passing.message });
      await patience.wait(waitMs, patience.signal).catch((cause: unknown) => {
        patience.signal?.throwIfAborted();
        throw cause;
      });
    }
  }
}

const NETWORK_CODES = new Set([
  'ECONNRESET',
  'ECONNREFUSED',
  'ECONNABORTED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'EPIPE',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENETDOWN',
]);

/** The failure as one that may pass, or null for a full disk, a refusal, a bug. */
export function asPassing(error: unknown): PassingFailure | null {
  if (error instanceof PassingFailure) return error;
  if (error instanceof ModelError || !(error instanceof Error)) return null;
  // Name of the error of AbortSignal.timeout().
  if (error.name === 'TimeoutError') return new PassingFailure('no answer in time', null, error);
  const code = codeOf(error) ?? codeOf(error.cause);
  if (lastingCause(error) !== null) return null;
  const ofFetch = isOfFetch(error);
  const network = code !== null && (NETWORK_CODES.has(code) || code.startsWith('UND_ERR'));
  return ofFetch || network ? new PassingFailure(code ?? error.message, null, error) : null;
}

// fetch reports network trouble as a TypeError of these two texts, the reason being its cause.
const isOfFetch = (error: unknown): error is TypeError =>
  error instanceof TypeError && /^(fetch failed|terminated)$/.test(error.message);

/** Why fetch will never follow an address: circles, other schemes, credentials. */
function lastingCause(error: unknown): string | null {
  const cause = isOfFetch(error) && error.cause instanceof Error ? error.cause.message : '';
  return /redirect count|URL scheme|credentials|cross origin/i.test(cause) ? cause : null;
}

/** An error of fetch that no retry mends, in words; any other error unchanged. */
function asRefusal(error: unknown, what: string): unknown {
  const cause = lastingCause(error);
  if (cause === null) return error;
  return new ModelError('DOWNLOAD_REFUSED', {
    expected: `${what} at an address that can be followed`,
    found: cause,
    fix: 'Check the mirror: it leads elsewhere',
    cause: error,
  });
}

function givenUp(what: string, last: PassingFailure): ModelError {
  const busy = /status (429|503)/.test(last.message);
  return new ModelError(busy ? 'DOWNLOAD_BUSY' : 'DOWNLOAD_BROKEN', {
    expected: what,
    found: `${last.message}, ${MAX_FAILURES + 1} times in a row`,
    fix: 'Nothing is lost: go on later, it continues where it stopped',
    cause: last,
  });
}

function codeOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : null;
}
