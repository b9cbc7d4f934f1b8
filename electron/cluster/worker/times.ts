// How long things last in a worker. Three beats fit into a lease, and a lease is longer than any transaction.

export interface WorkerTimes {
  readonly leaseSeconds: number;
  readonly beatMs: number;
  /** Lost jobs are looked for this often; claimed in the database, so many workers do one sweep. */
  readonly sweepSeconds: number;
  /** Finished images are stored this often: what kill -9 can cost. */
  readonly storeMs: number;
  /** Between two looks at an empty queue. */
  readonly idleMs: number;
  /** Results and jobs are given back by then, database or not; a whole stop takes less than 30 s. */
  readonly drainMs: number;
  /** Pauses after failures that are the worker's own; the worker stops when they are used up. */
  readonly pausesMs: readonly number[];
}

export const USUAL_TIMES: WorkerTimes = {
  leaseSeconds: 30,
  beatMs: 10_000,
  sweepSeconds: 10,
  storeMs: 1000,
  idleMs: 1000,
  drainMs: 20_000,
  pausesMs: [2000, 15_000],
};
