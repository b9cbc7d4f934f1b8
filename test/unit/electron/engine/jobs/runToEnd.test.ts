// A job for whoever waits for it: gone on with, tried again where asked, paused when stopped, and told why it ended.
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { JobState, JobStatus } from '../../../../../electron/api/job.ts';
import type { CategoryId, JobId } from '../../../../../electron/api/types.ts';
import { runToEnd, type RunToEnd } from '../../../../../electron/engine/jobs/runToEnd.ts';
import { batchOf } from '../../../../helpers/drivers/engineBench.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Jobs of which one starts in a state and ends in another; what was asked of it. */
function bench(started: Partial<JobStatus>, ended: Partial<JobStatus>) {
  const asked: string[] = [];
  const job = (more: Partial<JobStatus>) =>
    ({ id: 'job' as JobId, failed: 0, ...more }) as JobStatus;
  let end = () => {};
  const over = new Promise<void>((resolve) => (end = resolve));
  const answer = (what: string, state: JobState) => () => {
    asked.push(what);
    return job({ ...started, state });
  };
  const jobs = {
    start: async (_request: unknown, owner: string) => {
      asked.push(`start ${owner}`);
      return job(started);
    },
    resume: answer('resume', 'waiting'),
    retryFailed: answer('retry', 'waiting'),
    pause: answer('pause', 'paused'),
    status: () => job({ state: 'running' }),
    settled: () => over.then(() => job(ended)),
  };
  const run = (options: Partial<RunToEnd> = {}) =>
    runToEnd({ open: { jobs: () => jobs } } as never, batchOf({ categoryIds: [1 as CategoryId] }), {
      signal: new AbortController().signal,
      ...options,
    });
  return { asked, run, end };
}

it.each([
  ['begins', { state: 'waiting' }, {}, []],
  ['goes on where it was paused', { state: 'paused' }, {}, ['resume']],
  [
    'tries failed images again where asked',
    { state: 'done', failed: 2 },
    { retryFailed: true },
    ['retry'],
  ],
  ['tries none where none failed', { state: 'done', failed: 0 }, { retryFailed: true }, []],
  ['tries none where nobody asks', { state: 'done', failed: 2 }, {}, []],
] as const)('%s', async (_what, started, options, asked) => {
  const job = bench(started, { state: 'done' });
  const done = job.run(options);
  job.end();
  expect((await done).state).toBe('done');
  expect(job.asked).toEqual(['start commandLine', ...asked]);
});

it('tells how far it is five times a second, and once more at the end', async () => {
  const job = bench({ state: 'waiting' }, { state: 'done' });
  let told = 0;
  const done = job.run({ onStatus: () => (told += 1) });
  await vi.advanceTimersByTimeAsync(1000);
  expect(told).toBe(5);
  job.end();
  await done;
  expect(told).toBe(6);
  await vi.advanceTimersByTimeAsync(1000);
  expect(told).toBe(6);
});

it('pauses when it is asked to stop, which is no failure', async () => {
  const job = bench({ state: 'waiting' }, { state: 'paused' });
  const stop = new AbortController();
  const done = job.run({ signal: stop.signal });
  await vi.advanceTimersByTimeAsync(0);
  stop.abort();
  job.end();
  expect((await done).state).toBe('paused');
  expect(job.asked).toEqual(['start commandLine', 'pause']);
});

it('is not paused by a stop that comes after its end', async () => {
  const job = bench({ state: 'waiting' }, { state: 'done' });
  const stop = new AbortController();
  const done = job.run({ signal: stop.signal });
  job.end();
  await done;
  stop.abort();
  expect(job.asked).toEqual(['start commandLine']);
});

it.each([
  [
    {
      state: 'paused',
      reason: { code: 'DISK_FULL', message: 'The disk is full.', data: null },
    },
    'The job stopped: The disk is full. What is done',
  ],
  [{ state: 'cancelled', reason: null }, 'The job stopped: cancelled. What is done is kept'],
] as const)('says why it stopped by itself: %j', async (ended, message) => {
  const job = bench({ state: 'waiting' }, ended);
  const done = job.run();
  job.end();
  await expect(done).rejects.toMatchObject({
    code: 'JOB_STATE',
    message: expect.stringContaining(message),
  });
});
