// A worker's state over a database, a queue and a model that answer as a test tells them.
import type { Pool } from 'pg';
import type { Queue } from '../../../electron/cluster/queue/queue.ts';
import type { RowImage } from '../../../electron/cluster/worker/images.ts';
import type { UsableRunSet } from '../../../electron/cluster/worker/runSets.ts';
import {
  createState,
  type HeldJob,
  type WorkerParts,
  type WorkerState,
} from '../../../electron/cluster/worker/state.ts';

/** Rows for a statement; throwing is the database's failure. */
export type Answer = (
  text: string,
  values: readonly unknown[],
) => readonly object[] | Promise<readonly object[]>;

export interface StandInPool {
  readonly pool: Pool;
  readonly asked: { readonly text: string; readonly values: readonly unknown[] }[];
}

/** Every statement is kept, those of transactions too. */
export function standInPool(answer: Answer = () => []): StandInPool {
  const asked: StandInPool['asked'] = [];
  const query = async (text: string, values: readonly unknown[] = []) => {
    asked.push({ text: text.trim(), values });
    const rows = await answer(text, values);
    return { rows, rowCount: rows.length };
  };
  const client = { query, release: () => undefined };
  const pool = { query, connect: () => Promise.resolve(client) } as unknown as Pool;
  return { pool, asked };
}

/** Gives no jobs and keeps every one that is held. */
export function standInQueue(patch: Partial<Queue> = {}): Queue {
  const nothing = () => Promise.resolve();
  return {
    create: nothing,
    add: nothing,
    complete: nothing,
    handBack: nothing,
    drop: nothing,
    stop: nothing,
    claim: () => Promise.resolve([]),
    beat: (_runSet, attempts) => Promise.resolve(new Set(attempts.map(({ id }) => id))),
    ...patch,
  };
}

/** Two images at once, pauses of 2 s and 15 s after troubles. */
export function workerParts(patch: Partial<WorkerParts> = {}): WorkerParts {
  return {
    pool: standInPool().pool,
    queue: standInQueue(),
    link: {
      request: () => Promise.reject(new Error('there is no model')),
      restart: () => Promise.reject(new Error('there is no model')),
    },
    times: {
      leaseSeconds: 30,
      beatMs: 60_000,
      sweepSeconds: 10,
      storeMs: 60_000,
      idleMs: 1,
      drainMs: 60_000,
      pausesMs: [2000, 15_000],
    },
    worker: 7,
    folder: '/nowhere',
    say: () => undefined,
    room: { size: () => 2, ended: () => undefined },
    ...patch,
  };
}

export const workerState = (patch: Partial<WorkerParts> = {}): WorkerState =>
  createState(workerParts(patch));

export const rowImage = (n: number): RowImage => ({
  n,
  root: 'photos',
  path: `${n}.jpg`,
  bytes: 1,
  stamp: '1',
});

/** A run set whose images are all there. */
export function usableRunSet(id: number, patch: Partial<UsableRunSet> = {}): UsableRunSet {
  const order = { packs: { explain: {}, judge: null, hash: 'h' }, params: {}, classes: [] };
  return {
    id,
    name: 'test',
    keepsMaps: false,
    order: order as unknown as UsableRunSet['order'],
    source: {
      place: '/photos',
      open: ({ path }) =>
        Promise.resolve({
          imagePath: `/photos/${path}`,
          [Symbol.asyncDispose]: () => Promise.resolve(),
        }),
    },
    ...patch,
  };
}

/** A job that is held, with nothing left to do. */
export function heldJob(runSet: number, id: string, patch: Partial<HeldJob> = {}): HeldJob {
  return {
    runSet: usableRunSet(runSet),
    claim: { id, retryCount: 0, first: 0, last: 7, isCareful: false },
    waiting: [],
    open: 0,
    records: [],
    isLost: false,
    ...patch,
  };
}
