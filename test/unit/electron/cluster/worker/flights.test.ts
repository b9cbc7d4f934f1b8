// One image on its way: what its end means for its job, and which failures are the image's, the store's or the worker's.
import { afterEach, beforeEach, describe, expect, it, vi, type MockInstance } from 'vitest';
import { AppError, type ErrorCode } from '../../../../../electron/api/errors.ts';
import { ObjectFailure, StoreFailure } from '../../../../../electron/cluster/source/object.ts';
import { begin } from '../../../../../electron/cluster/worker/flights.ts';
import type { HeldJob, WorkerState } from '../../../../../electron/cluster/worker/state.ts';
import {
  heldJob,
  rowImage,
  standInPool,
  usableRunSet,
  workerState,
} from '../../../../helpers/standIns/workerState.ts';

let now: MockInstance<() => number>;
beforeEach(() => void (now = vi.spyOn(performance, 'now').mockReturnValue(50_000)));
afterEach(() => void vi.restoreAllMocks());

const facts = { provider: 'cuda', milliseconds: { encode: 30 } };
const answers = (operation: string): Promise<never> =>
  Promise.resolve(
    (operation === 'image.probe'
      ? { width: 3, height: 2, hash: 'aa' }
      : { facts, masks: [] }) as never,
  );
const failing = (error: unknown) => () => Promise.reject(error as Error);

/** A state whose model answers as told; `fly` sends one image through it. */
function bench(request: (operation: string) => Promise<never>, rows: readonly object[] = []) {
  const { pool, asked } = standInPool(() => rows);
  const [said, restart, ended] = [
    [] as string[],
    vi.fn(() => Promise.resolve({} as never)),
    vi.fn(),
  ];
  const state = workerState({
    pool,
    link: { request, restart },
    room: { size: () => 2, ended },
    say: (line) => void said.push(line),
  });
  const job = heldJob(5, 'a', { waiting: [rowImage(9)] });
  state.jobs.add(job);
  return { state, job, asked, said, restart, ended };
}
/** Sources that have no image. */
const missing = (place: string) =>
  usableRunSet(5, {
    source: { place, open: failing(new ObjectFailure('missing', 'it is not there')) },
  });
const outcomes = ({ records }: HeldJob) =>
  records.map(({ n, outcome }) => [n, 'failure' in outcome ? outcome.failure : 'good']);
const waitingOf = ({ waiting }: HeldJob) => waiting.map(({ n }) => n);
const device = (error: unknown = new AppError('DEVICE_FAILED', 'The card is gone.')) =>
  bench(failing(error));

describe('an image that ends well', () => {
  it('is counted, makes up for troubles, and leaves nothing in flight', async () => {
    const { state, job, ended } = bench(answers);
    const woken = vi.fn();
    Object.assign(state, { wake: woken, troubles: 1, missingInRow: 3 });
    const flight = begin(state, job, rowImage(1));
    expect([job.open, state.flights.size]).toEqual([1, 1]);
    now.mockReturnValue(50_700);
    await flight;
    expect(job.records).toMatchObject([{ n: 1, ms: 700, outcome: { width: 3, hash: 'aa' } }]);
    expect([job.open, state.flights.size, state.counts]).toEqual([0, 0, { done: 1, failed: 0 }]);
    expect([state.troubles, state.missingInRow]).toEqual([0, 0]);
    expect(ended).toHaveBeenCalledWith({ encode: 30 });
    expect(woken).toHaveBeenCalled();
  });

  it('the pace counts from the first that is begun, and between those that land', async () => {
    const { state, job } = bench(answers);
    now.mockReturnValue(90_000);
    const first = begin(state, job, rowImage(1));
    now.mockReturnValue(92_000);
    // Something is in flight: the clock runs on.
    const second = begin(state, job, rowImage(2));
    now.mockReturnValue(93_000);
    await Promise.all([first, second]);
    expect([state.lastLandedMs, state.pace]).toEqual([93_000, 3 - 0.2 * 3]);
  });

  it('tells the device once, and again when the telling failed', async () => {
    const { state, job, asked } = bench(answers);
    await begin(state, job, rowImage(1));
    await begin(state, job, rowImage(2));
    expect(asked.map(({ values }) => values)).toEqual([[null, 7, 'device', 'cuda']]);
    const broken = standInPool(() => {
      throw new Error('gone');
    });
    const other = workerState({ ...state, pool: broken.pool, provider: null } as WorkerState);
    await begin(other, job, rowImage(1));
    await begin(other, job, rowImage(2));
    expect(broken.asked).toHaveLength(2);
  });
});

describe('an image that fails', () => {
  it('by its own fault is recorded and counted, and nobody rests', async () => {
    const { state, job, said } = bench(failing(new AppError('IMAGE_DAMAGED', 'Half a file.')));
    await begin(state, job, rowImage(1));
    expect(outcomes(job)).toEqual([[1, 'image_damaged']]);
    expect([state.counts, state.troubles, said]).toEqual([{ done: 0, failed: 1 }, 0, []]);
    expect(waitingOf(job)).toEqual([9]);
  });

  it('as another one than was listed is recorded, and is no sign that the root is gone', async () => {
    const { state, job } = bench(failing(new ObjectFailure('changed', 'another one')));
    await begin(state, job, rowImage(1));
    expect([outcomes(job), state.missingInRow]).toEqual([[[1, 'changed']], 0]);
  });

  it('with the process is tried alone, and alone it is given up and the process begins anew', async () => {
    const { state, job, restart } = bench(failing(new AppError('INFERENCE_EXITED', 'It ended.')));
    const image = rowImage(1);
    await begin(state, job, image);
    expect([state.suspects, job.records, state.counts.failed]).toEqual([[{ job, image }], [], 0]);
    expect(restart).not.toHaveBeenCalled();
    await begin(state, job, image, true);
    expect(outcomes(job)).toEqual([[1, 'model_died']]);
    expect(restart).toHaveBeenCalledTimes(1);
  });
});

describe('missing images', () => {
  const none = { root: 'photos', path: 'x.jpg', bytes: '1', stamp: '1' };

  it('the twentieth in a row has the root looked at first', async () => {
    const { state, job, asked } = bench(answers, [{ n: 0, ...none }]);
    // What the look finds is another image than was listed: the root is there.
    const open = vi.fn(failing(new ObjectFailure('missing', 'it is not there')));
    const lost = { ...job, runSet: usableRunSet(5, { source: { place: '/photos', open } }) };
    for (let n = 1; n <= 19; n += 1) await begin(state, lost, rowImage(n));
    expect([lost.records.length, state.missingInRow, asked.length]).toEqual([19, 19, 0]);
    open.mockImplementationOnce(failing(new ObjectFailure('missing', 'it is not there')));
    open.mockImplementationOnce(failing(new ObjectFailure('changed', 'another one')));
    await begin(state, lost, rowImage(20));
    expect([lost.records.length, state.missingInRow, asked.length]).toEqual([20, 0, 1]);
    expect([state.rootLook, state.ending]).toEqual([null, null]);
  });

  it('none is recorded when the root is gone: the image goes back and the worker ends', async () => {
    const { state, job } = bench(answers, [{ n: 0, ...none }]);
    state.missingInRow = 19;
    const lost = { ...job, runSet: missing('/gone') };
    await begin(state, lost, rowImage(1));
    expect([lost.records, waitingOf(lost), state.counts.failed]).toEqual([[], [9, 1], 0]);
    expect(state.ending?.reason).toMatch(/^Root "photos": none of 1 image .* under \/gone/);
    expect([lost.open, state.flights.size]).toEqual([0, 0]);
  });
});

describe('a trouble', () => {
  it.each([
    ['a device', 'DEVICE_FAILED'],
    ['a full disk', 'DISK_FULL'],
  ] as const)(
    'of %s gives the image back first of all, and the worker rests',
    async (_of, code) => {
      const { state, job, said } = bench(failing(new AppError(code as ErrorCode, 'Bad luck.')));
      await begin(state, job, rowImage(1));
      expect([waitingOf(job), job.records, state.counts.failed]).toEqual([[1, 9], [], 0]);
      expect([state.restUntilMs, said]).toEqual([52_000, ['Bad luck. Trying again in 2 s.']]);
    },
  );

  it('of a store is none of the image', async () => {
    const { state, job } = bench(failing(new StoreFailure('The bucket does not answer.')));
    await begin(state, job, rowImage(1));
    expect([waitingOf(job), job.records, state.troubles]).toEqual([[1, 9], [], 1]);
  });

  it('rests longer the second time, and ends the worker when the pauses are used up', async () => {
    const { state, job, said } = device();
    for (const ms of [50_000, 60_000, 90_000]) {
      now.mockReturnValue(ms);
      await begin(state, job, rowImage(1));
    }
    expect([state.restUntilMs, said.length]).toEqual([75_000, 2]);
    expect(state.ending).toEqual({ reason: 'The card is gone.' });
  });

  it('of all that were in flight together is one', async () => {
    const { state, job, said } = device();
    const flights = [1, 2, 3].map((n) => begin(state, job, rowImage(n)));
    now.mockReturnValue(51_000);
    await Promise.all(flights);
    expect([state.troubles, said.length, state.restUntilMs]).toEqual([1, 1, 53_000]);
    expect(waitingOf(job).toSorted()).toEqual([1, 2, 3, 9]);
  });
});
