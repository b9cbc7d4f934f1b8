// A beat: which jobs it speaks for, which are lost by its answer, and that a silent database takes none away.
import { expect, it, vi } from 'vitest';
import { beat } from '../../../../../electron/cluster/worker/beats.ts';
import {
  heldJob,
  rowImage,
  standInPool,
  standInQueue,
  workerState,
} from '../../../../helpers/standIns/workerState.ts';

const going = (...ids: number[]) => standInPool(() => ids.map((id) => ({ id }))).pool;

it('speaks once for each run set, for the jobs of it that are still held', async () => {
  const spoken: [number, string[]][] = [];
  const queue = standInQueue({
    beat: (runSet, attempts) => {
      const ids = attempts.map(({ id }) => id);
      spoken.push([runSet, ids]);
      return Promise.resolve(new Set(ids));
    },
  });
  const state = workerState({ pool: going(1, 2), queue });
  const gone = heldJob(1, 'gone', { isLost: true });
  for (const job of [heldJob(1, 'a'), gone, heldJob(2, 'c'), heldJob(1, 'b')]) state.jobs.add(job);
  await beat(state);
  expect(spoken).toEqual([
    [1, ['a', 'b']],
    [2, ['c']],
  ]);
  expect([...state.jobs].map(({ isLost }) => isLost)).toEqual([false, true, false, false]);
});

it("a job that is somebody else's begins nothing more, and its suspects are dropped", async () => {
  const queue = standInQueue({ beat: () => Promise.resolve(new Set(['kept'])) });
  const state = workerState({ pool: going(1), queue });
  const [kept, lost] = [
    heldJob(1, 'kept', { waiting: [rowImage(1)] }),
    heldJob(1, 'lost', { waiting: [rowImage(2)], open: 1 }),
  ];
  for (const job of [kept, lost]) state.jobs.add(job);
  for (const [job, n] of [
    [lost, 3],
    [kept, 4],
    [lost, 5],
  ] as const)
    state.suspects.push({ job, image: rowImage(n) });
  const woken = vi.fn();
  state.wake = woken;
  await beat(state);
  expect([kept.isLost, kept.waiting.length, lost.isLost, lost.waiting.length]).toEqual([
    ...[false, 1],
    ...[true, 0],
  ]);
  // Its image in flight is finished and stored.
  expect([lost.open, state.jobs.has(lost)]).toEqual([1, true]);
  expect(state.suspects.map(({ image }) => image.n)).toEqual([4]);
  expect(woken).toHaveBeenCalledTimes(1);
});

it('the jobs of a run set that was cancelled are lost, though they are held', async () => {
  const state = workerState({ pool: going(2) });
  const [cancelled, other] = [heldJob(1, 'a'), heldJob(2, 'b')];
  for (const job of [cancelled, other]) state.jobs.add(job);
  await beat(state);
  expect([cancelled.isLost, other.isLost]).toEqual([true, false]);
});

it('a job that ended between the question and the answer was not lost', async () => {
  const ended = heldJob(1, 'a');
  const state = workerState({
    pool: going(1),
    queue: standInQueue({
      beat: () => {
        state.jobs.delete(ended);
        return Promise.resolve(new Set());
      },
    }),
  });
  state.jobs.add(ended);
  await beat(state);
  expect(ended.isLost).toBe(false);
});

it('an outage takes no job away; another failure is told', async () => {
  const failing = (code: string) =>
    workerState({
      pool: standInPool(() => {
        throw Object.assign(new Error('refused'), { code });
      }).pool,
    });
  const state = failing('ECONNREFUSED');
  const job = heldJob(1, 'a', { waiting: [rowImage(1)] });
  state.jobs.add(job);
  await beat(state);
  expect([job.isLost, job.waiting.length]).toEqual([false, 1]);
  await expect(beat(failing('42501'))).rejects.toThrow('refused');
});
