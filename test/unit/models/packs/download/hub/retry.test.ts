// Which failures are worth another try, how long to wait, and when to stop.
import { describe, expect, it } from 'vitest';
import { ModelError } from '../../../../../../models/errors.ts';
import {
  PassingFailure,
  requireSuccess,
  retryAfterMs,
} from '../../../../../../models/packs/download/hub/answers.ts';
import {
  MAX_FAILURES,
  withRetries,
  type Patience,
} from '../../../../../../models/packs/download/hub/retry.ts';

function impatient() {
  const waits: number[] = [];
  const patience: Patience = {
    wait: (ms) => Promise.resolve(void waits.push(ms)),
    random: () => 1,
  };
  return { waits, patience };
}
const passing = (ms: number | null = null) => new PassingFailure('status 503', ms);
const coded = (code: string) => Object.assign(new Error(code), { code });

describe('withRetries', () => {
  it('waits twice as long each time, up to half a minute, and then gives up', async () => {
    const { waits, patience } = impatient();
    await expect(withRetries('x', patience, () => Promise.reject(passing()))).rejects.toMatchObject(
      { code: 'DOWNLOAD_BUSY' },
    );
    expect(waits).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000]);
    expect(waits).toHaveLength(MAX_FAILURES);
  });

  it('starts counting anew whenever something was gained', async () => {
    const { waits, patience } = impatient();
    let runs = 0;
    const result = await withRetries('x', patience, (gained) => {
      runs += 1;
      if (runs > 20) return Promise.resolve('done');
      gained();
      return Promise.reject(coded('ECONNRESET'));
    });
    expect([result, new Set(waits)]).toEqual(['done', new Set([1000])]);
  });

  it.each([
    ['a reset connection', coded('ECONNRESET')],
    [
      'a name that cannot be looked up',
      new TypeError('fetch failed', { cause: coded('ENOTFOUND') }),
    ],
    ['a body that ends early', new TypeError('terminated', { cause: coded('UND_ERR_SOCKET') })],
  ])('tries again after %s', async (_what, failure) => {
    const { waits, patience } = impatient();
    let first = true;
    await withRetries('x', patience, () => {
      const now = first;
      first = false;
      return now ? Promise.reject(failure) : Promise.resolve();
    });
    expect(waits).toHaveLength(1);
  });

  it.each([
    ['a full disk', coded('ENOSPC')],
    ['a refusal', new ModelError('DOWNLOAD_NOT_FOUND', { expected: 'x' })],
    ['a mistake in the program', new TypeError('x is not a function')],
  ])('does not try again after %s', async (_what, failure) => {
    const { waits, patience } = impatient();
    await expect(withRetries('x', patience, () => Promise.reject(failure))).rejects.toBe(failure);
    expect(waits).toEqual([]);
  });
});

describe('answers', () => {
  const answer = (status: number, headers: Record<string, string> = {}) =>
    new Response(null, { status, headers });

  it('Retry-After is read as seconds or date, never negative, never longer than ten minutes', () => {
    const now = Date.parse('2026-01-01T00:00:00Z');
    const wait = (value: string) => retryAfterMs(answer(429, { 'Retry-After': value }), now);
    expect([
      wait('3'),
      wait('Thu, 01 Jan 2026 00:00:05 GMT'),
      wait('Thu, 01 Jan 2025 00:00:00 GMT'),
      wait('999999'),
      wait('soon'),
    ]).toEqual([3000, 5000, 0, 600_000, null]);
    expect(retryAfterMs(answer(429))).toBeNull();
  });

  it.each([
    [200, null],
    [206, null],
    [408, PassingFailure],
    [429, PassingFailure],
    [503, PassingFailure],
    [400, ModelError],
    [401, ModelError],
    [410, ModelError],
  ])('status %i', (status, kind) => {
    const run = () => requireSuccess(answer(status), 'x');
    if (kind === null) expect(run).not.toThrow();
    else expect(run).toThrow(kind);
  });
});
