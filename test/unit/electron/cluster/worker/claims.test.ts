// Claiming jobs: run sets take turns, jobs are held before their images are known, and what is over.
import { expect, it } from 'vitest';
import type { ClaimedJob } from '../../../../../electron/cluster/queue/queue.ts';
import { createClaims } from '../../../../../electron/cluster/worker/claims.ts';
import {
  standInPool,
  standInQueue,
  usableRunSet,
  workerState,
} from '../../../../helpers/standIns/workerState.ts';

const runSets = () => Promise.resolve([1, 2, 3].map((id) => usableRunSet(id)));
const claimed = (id: string, first = 0): ClaimedJob => ({
  id,
  retryCount: 0,
  first,
  last: first + 7,
  isCareful: false,
});

it('the next claim begins behind the run set that gave the last jobs', async () => {
  const asked: number[] = [];
  const empty = new Set<number>();
  const queue = standInQueue({
    claim: (runSet) => {
      asked.push(runSet);
      return Promise.resolve(empty.has(runSet) ? [] : [claimed(`${runSet} ${asked.length}`)]);
    },
  });
  const { claim } = createClaims(workerState({ queue }), runSets);
  const next = async () => {
    asked.length = 0;
    return [await claim(), ...asked];
  };
  expect(await next()).toEqual([true, 1]);
  expect(await next()).toEqual([true, 2]);
  expect(await next()).toEqual([true, 3]);
  empty.add(1);
  expect(await next()).toEqual([true, 1, 2]);
  expect(await next()).toEqual([true, 3]);
  empty.add(2).add(3);
  expect(await next()).toEqual([false, 1, 2, 3]);
});

it('asks for as many jobs as half a minute takes here', async () => {
  const asked: number[] = [];
  const queue = standInQueue({
    claim: (_runSet, most) => {
      asked.push(most);
      return Promise.resolve([]);
    },
  });
  const state = workerState({ queue });
  const { claim } = createClaims(state, runSets);
  await claim();
  state.pace = 1;
  await claim();
  expect(asked).toEqual([1, 1, 1, 4, 4, 4]);
});

it('jobs are held while their images are looked for, and each gets its own', async () => {
  const [first, second] = [claimed('a'), claimed('b', 8)];
  const rowOf = (job: number, n: number) => ({
    job,
    n,
    root: 'photos',
    path: `${n}.jpg`,
    bytes: '4294967296',
    stamp: '1',
  });
  const { pool, asked } = standInPool(() => {
    const held = [...state.jobs];
    expect(held.map(({ claim, open, waiting }) => [claim.id, open, waiting])).toEqual([
      ['a', 1, []],
      ['b', 1, []],
    ]);
    // Ordinals begin at 1; a job that nobody asked for is nobody's.
    return [rowOf(1, 3), rowOf(2, 8), rowOf(2, 9), rowOf(3, 99), rowOf(0, 98)];
  });
  const queue = standInQueue({ claim: () => Promise.resolve([first, second]) });
  const state = workerState({ pool, queue });
  expect(await createClaims(state, runSets).claim()).toBe(true);
  const [a, b] = [...state.jobs];
  expect(asked[0]!.values).toEqual([1, [0, 8], [7, 15]]);
  expect(a!.waiting.map(({ n }) => n)).toEqual([3]);
  expect(b!.waiting.map(({ n }) => n)).toEqual([8, 9]);
  expect(a!.waiting[0]).toEqual({
    n: 3,
    root: 'photos',
    path: '3.jpg',
    bytes: 2 ** 32,
    stamp: '1',
  });
  expect([a!.open, b!.open, a!.isLost]).toEqual([0, 0, false]);
});

it('a job that was lost while its images were looked for gets none', async () => {
  const { pool } = standInPool(() => {
    for (const job of state.jobs) job.isLost = true;
    return [{ job: 1, n: 3, root: 'photos', path: '3.jpg', bytes: '1', stamp: '1' }];
  });
  const queue = standInQueue({ claim: () => Promise.resolve([claimed('a')]) });
  const state = workerState({ pool, queue });
  await createClaims(state, runSets).claim();
  expect([...state.jobs].map(({ waiting, open }) => [waiting, open])).toEqual([[[], 0]]);
});

it('it is over when no run set has an open job', async () => {
  const over = (rows: object[]) => {
    const { pool, asked } = standInPool(() => rows);
    const { isOver } = createClaims(workerState({ pool }), runSets);
    return isOver().then((answer) => [answer, asked[0]!.values]);
  };
  const names = ['run-1', 'run-2', 'run-3'];
  expect(await over([{ open: true }])).toEqual([false, [[1, 2, 3], names]]);
  expect(await over([{ open: false }])).toEqual([true, [[1, 2, 3], names]]);
});
