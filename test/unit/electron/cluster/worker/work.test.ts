// A worker's whole life over a stand-in database: how many images fly at once, what a stop hands back, and how
// careful it is with a job whose last holder fell silent.
import { expect, it, vi } from 'vitest';
import { AppError } from '../../../../../electron/api/errors.ts';
import type { ClaimedJob } from '../../../../../electron/cluster/queue/queue.ts';
import { work } from '../../../../../electron/cluster/worker/work.ts';
import {
  standInPool,
  standInQueue,
  usableRunSet,
  workerParts,
} from '../../../../helpers/standIns/workerState.ts';

/** Of a worker after trouble of its own. */
const REST_MS = 30;

interface Scene {
  /** Image numbers of each job. */
  readonly jobs: readonly (readonly number[])[];
  readonly isCareful?: boolean;
  /** How often a worker fell silent with an image, this time included. */
  readonly deaths?: (n: number) => number;
  /** Images under which the model process ends, and after which the worker is told to stop. */
  readonly deadly?: readonly number[];
  readonly stopAt?: number;
  /** The model cannot run at the first try of these images. */
  readonly troubled?: readonly number[];
  /** How often others still hold jobs of the run sets when the queue is empty. */
  readonly openElsewhere?: number;
  /** Stays when there is nothing left, until it is stopped after so many looks into the queue. */
  readonly looks?: number;
  /** The database refuses to claim. */
  readonly refuses?: boolean;
}

/** Everything that happens to images, by number, in the order in which it does. */
async function lifeOf({
  jobs,
  isCareful = false,
  deaths = () => 1,
  deadly = [],
  stopAt,
  troubled = [],
  openElsewhere = 0,
  looks,
  refuses = false,
}: Scene) {
  const [events, results]: [string[], [number, string | null][]] = [[], []];
  const stop = new AbortController();
  const left = jobs.map((numbers, at): ClaimedJob => ({
    id: `job ${at}`,
    retryCount: 0,
    first: numbers[0]!,
    last: numbers.at(-1)!,
    isCareful,
  }));
  const { pool } = standInPool((text, values) => {
    if (text.includes('AS j (first, last, job)')) {
      const firsts = values[1] as number[];
      return firsts.flatMap((first, at) =>
        jobs
          .find(([number]) => number === first)!
          .map((n) => ({ job: at + 1, n, root: 'photos', path: `${n}`, bytes: '1', stamp: '' })),
      );
    }
    if (text.includes('INSERT INTO salience.result')) {
      const [numbers, failures] = [values[2] as number[], values[6] as (string | null)[]];
      for (const [at, n] of numbers.entries()) results.push([n, failures[at]!]);
    }
    if (text.includes('INSERT INTO salience.suspect')) {
      events.push(`mark ${String(values[1])}`);
      return [{ deaths: deaths(values[1] as number) }];
    }
    if (text.includes('SET beat_at = now(), ended_at')) events.push('end');
    if (text.includes('deaths - 1')) events.push(`acquit ${String(values[1])}`);
    if (text.includes('EXISTS')) return [{ open: (open -= 1) >= 0 }];
    return text.includes('FROM salience.run_set') ? [{ id: 1 }] : [];
  });
  let [open, claims] = [openElsewhere, 0];
  const queue = standInQueue({
    claim: (_runSet, most) => {
      claims += 1;
      if (claims === looks) stop.abort();
      if (refuses) return Promise.reject(new Error('permission denied'));
      return Promise.resolve(left.splice(0, most));
    },
    handBack: (_runSet, claims) =>
      Promise.resolve(void events.push(...claims.map(({ id }) => `back ${id}`))),
  });
  const flying = new Set<string>();
  let most = 0;
  const request = async (operation: string, input: { path?: string; imagePath?: string }) => {
    const path = input.path ?? input.imagePath ?? '';
    if (operation === 'image.probe') {
      events.push(`fly ${path.slice('/photos/'.length)}`);
      flying.add(path);
      most = Math.max(most, flying.size);
      return { width: 1, height: 1, hash: 'aa' };
    }
    await new Promise(setImmediate);
    flying.delete(path);
    const n = Number(path.slice('/photos/'.length));
    if (n === stopAt) stop.abort();
    if (waits.has(n)) {
      waits.delete(n);
      throw new AppError('DEVICE_FAILED', 'The card is gone.');
    }
    if (deadly.includes(n)) throw new AppError('INFERENCE_EXITED', 'It ended.');
    return { facts: { provider: 'cpu', milliseconds: {} }, masks: [] };
  };
  const waits = new Set(troubled);
  const said: string[] = [];
  const restart = vi.fn(() => Promise.resolve({} as never));
  const progress: number[] = [];
  const worked = await work(
    workerParts({
      pool,
      queue,
      link: { request: request as never, restart },
      say: (line) => void said.push(line),
      times: { ...workerParts().times, pausesMs: [REST_MS] },
    }),
    {
      runSets: () => Promise.resolve([usableRunSet(1)]),
      untilEmpty: looks === undefined,
      signal: stop.signal,
      onProgress: ({ done }) => void progress.push(done),
    },
  );
  return {
    worked,
    events,
    results: results.toSorted(([a], [b]) => a - b),
    most,
    progress,
    restart,
    said,
    claims,
  };
}

it('does every image of every job, as many at once as there is room for, and says that it is gone', async () => {
  const { worked, events, results, most, progress } = await lifeOf({ jobs: [[0, 1, 2], [8], [9]] });
  expect(worked).toEqual({ done: 5, failed: 0, reason: null });
  expect(results.map(([n]) => n)).toEqual([0, 1, 2, 8, 9]);
  expect(most).toBe(2);
  expect([events.at(-1), events.filter((event) => event.startsWith('back'))]).toEqual(['end', []]);
  expect([progress[0], progress.at(-1)]).toEqual([0, 5]);
});

it('a stop finishes and stores what is in flight, and hands the rest back', async () => {
  const { worked, events, results } = await lifeOf({ jobs: [[0, 1, 2, 3, 4, 5]], stopAt: 0 });
  expect(worked.reason).toBeNull();
  expect(worked.done).toBe(results.length);
  expect(results.length).toBeLessThan(6);
  expect(results[0]).toEqual([0, null]);
  expect(events.slice(-2)).toEqual(['back job 0', 'end']);
});

it('of images in flight when the process ended each is tried alone, once: the culprit is found', async () => {
  const { worked, results, restart } = await lifeOf({ jobs: [[0, 1, 2, 3]], deadly: [1] });
  expect(worked).toEqual({ done: 3, failed: 1, reason: null });
  expect(results).toEqual([
    ...[
      [0, null],
      [1, 'model_died'],
    ],
    ...[
      [2, null],
      [3, null],
    ],
  ]);
  expect(restart).toHaveBeenCalledTimes(1);
});

it('a job whose last holder fell silent goes one by one, each marked before it runs', async () => {
  const { events, most, results } = await lifeOf({ jobs: [[0, 1, 2]], isCareful: true });
  expect(events).toEqual(['mark 0', 'fly 0', 'mark 1', 'fly 1', 'mark 2', 'fly 2', 'end']);
  expect([most, results.length]).toEqual([1, 3]);
});

it('an image with which three workers fell silent has its last chance; after the fourth none', async () => {
  const { worked, events, results } = await lifeOf({
    jobs: [[0, 1, 2]],
    isCareful: true,
    deaths: (n) => [1, 3, 4][n]!,
  });
  expect(worked).toEqual({ done: 2, failed: 1, reason: null });
  expect(results).toEqual([
    [0, null],
    [1, null],
    [2, 'worker_lost'],
  ]);
  expect(events).not.toContain('fly 2');
});

it('in such a job the process may end once more with an image, then the image is given up', async () => {
  const { events, results } = await lifeOf({ jobs: [[0, 1]], isCareful: true, deadly: [0] });
  expect(results).toEqual([
    [0, 'model_died'],
    [1, null],
  ]);
  expect(events).toEqual(['mark 0', 'fly 0', 'fly 0', 'mark 1', 'fly 1', 'end']);
});

it('after trouble that is no fault of an image it rests, then that image is tried again', async () => {
  const begun = performance.now();
  const { worked, events, said } = await lifeOf({ jobs: [[0]], troubled: [0] });
  expect(performance.now() - begun).toBeGreaterThanOrEqual(REST_MS - 1);
  expect(worked).toEqual({ done: 1, failed: 0, reason: null });
  expect(events).toEqual(['fly 0', 'fly 0', 'end']);
  expect(said).toEqual(['The card is gone. Trying again in 0 s.']);
});

it('waits until others are through with jobs that they hold: one of them may come back', async () => {
  const { worked, claims } = await lifeOf({ jobs: [[0]], openElsewhere: 3 });
  expect(worked).toEqual({ done: 1, failed: 0, reason: null });
  // One that gives a job, one beside it, then one for each look at the others.
  expect(claims).toBeGreaterThanOrEqual(5);
});

it('that is to stay goes on looking until it is stopped', async () => {
  const { worked, claims, events } = await lifeOf({ jobs: [[0]], looks: 6 });
  expect(worked).toEqual({ done: 1, failed: 0, reason: null });
  expect([claims, events.at(-1)]).toEqual([6, 'end']);
});

it('says why it cannot go on, and that it is gone', async () => {
  const { worked, events } = await lifeOf({ jobs: [], refuses: true });
  expect(worked).toEqual({ done: 0, failed: 0, reason: 'permission denied' });
  expect(events).toEqual(['end']);
});
