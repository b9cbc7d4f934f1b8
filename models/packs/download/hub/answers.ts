// What a hub's answer means: done, try again, or a reason that a person must read.
import { ModelError } from '../../../errors.ts';

/** A failure that may pass by itself. */
export class PassingFailure extends Error {
  /** Milliseconds that the server asked to wait; null = the caller's own choice. */
  readonly waitMs: number | null;

  constructor(message: string, waitMs: number | null = null, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.waitMs = waitMs;
  }
}

const LONGEST_WAIT_MS = 10 * 60_000;

/** Throws ModelError or PassingFailure unless `response` is a success. `what` names the thing. */
export function requireSuccess(response: Response, what: string): void {
  if (response.ok) return;
  const { status } = response;
  if (status === 429 || status === 408 || status >= 500)
    throw new PassingFailure(`${what}: status ${status}`, retryAfterMs(response));
  throw refusal(status, what);
}

/** The error for a status that will not change by asking again. */
function refusal(status: number, what: string): ModelError {
  switch (status) {
    case 401:
      return new ModelError('DOWNLOAD_TOKEN_NEEDED', {
        expected: `free access to ${what}`,
        found: 'a demand for an access token (status 401)',
        fix: 'Give a token of an account that may read it (HF_TOKEN, "salience pack token", or Models), or check the name: the hub also answers so for models that do not exist',
      });
    case 403:
      return new ModelError('DOWNLOAD_TOKEN_NEEDED', {
        expected: `access to ${what}`,
        found: 'a refusal (status 403)',
        fix: "Accept the model's conditions on its page, and use a token that may read it",
      });
    case 404:
    case 410:
      return new ModelError('DOWNLOAD_NOT_FOUND', {
        expected: what,
        found: `nothing there (status ${status})`,
        fix: 'Check the name, the revision and the mirror',
      });
    default:
      return new ModelError('DOWNLOAD_REFUSED', {
        expected: `an answer for ${what}`,
        found: `status ${status}`,
      });
  }
}

/** Milliseconds of a Retry-After header (seconds or a date), or null. */
export function retryAfterMs(response: Response, now: number = Date.now()): number | null {
  const header = response.headers.get('retry-after');
  if (header === null) return null;
  const ms = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now;
  return Number.isFinite(ms) ? Math.min(Math.max(ms, 0), LONGEST_WAIT_MS) : null;
}
