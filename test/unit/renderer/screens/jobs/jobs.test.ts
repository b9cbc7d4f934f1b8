import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { JobId } from '../../../../../electron/api/types.ts';
import type { JobState, JobStatus } from '../../../../../electron/api/job.ts';
import { Jobs } from '../../../../../renderer/src/screens/jobs/jobs.svelte.ts';
import type { Session } from '../../../../../renderer/src/state/session/session.svelte.ts';

describe('jobs in the window', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  function watched() {
    let tell: (job: JobStatus) => void = () => undefined;
    const asked = { times: 0 };
    const session = {
      on: (_: string, listener: (job: JobStatus) => void) => (tell = listener),
      refreshProject: () => Promise.resolve((asked.times += 1)),
    } as unknown as Session;
    const jobs = new Jobs(session);
    const status = (id: string, state: JobState, done: number) =>
      tell({ id: id as JobId, state, done } as JobStatus);
    return { jobs, status, asked };
  }

  it('keep the newest of what is told, newest job first', () => {
    const { jobs, status } = watched();
    status('a', 'done', 5);
    status('b', 'running', 1);
    status('b', 'running', 2);
    expect(jobs.list.map(({ id, done }) => [id, done])).toEqual([
      ['b', 2],
      ['a', 5],
    ]);
    expect(jobs.running.map(({ id }) => id)).toEqual(['b']);
  });

  it('count what waits for review now and then while one runs, and at once when it ends', () => {
    const { status, asked } = watched();
    for (let done = 0; done < 8; done += 1) status('a', 'running', done);
    expect(asked.times).toBe(0);
    vi.advanceTimersByTime(2000);
    expect(asked.times).toBe(1);
    status('a', 'running', 9);
    status('a', 'done', 10);
    vi.advanceTimersByTime(0);
    expect(asked.times).toBe(2);
    vi.advanceTimersByTime(10_000);
    expect(asked.times).toBe(2);
  });
});
