// Results on their way into the database: now and then while a job goes on, and with its end.
import { databaseWords, untilItAnswers } from '../database/outage.ts';
import { addResults, cancelledOf, endJob } from './rows.ts';
import { endWith, patienceOf, type HeldJob, type WorkerState } from './state.ts';

const FOREIGN_KEY = '23503';
/** Ending a job takes some milliseconds; images are begun meanwhile for no longer than this. */
const LATE_MS = 500;

/** Stores what jobs have finished so far. */
export const storeFinished = (state: WorkerState): Promise<void> =>
  inTurn(state, async () => {
    for (const job of state.jobs)
      await store(state, job, (delivery) => addResults(state.pool, delivery));
  });

/** Ends the jobs of which every image is done; their results and their end are one transaction. */
export const endFinished = (state: WorkerState): Promise<void> =>
  inTurn(state, async () => {
    for (const job of [...state.jobs]) {
      if (!isThrough(state, job)) continue;
      await store(state, job, (delivery) => endJob(state.pool, state.queue, delivery, job.claim));
      if (job.records.length === 0) state.jobs.delete(job);
    }
  });

/** Ends jobs while images run, so that the model does not wait for the database. */
export function endMeanwhile(state: WorkerState): void {
  if (state.endingSinceMs !== null || ![...state.jobs].some((job) => isThrough(state, job))) return;
  state.endingSinceMs = performance.now();
  void endFinished(state)
    .catch((error: unknown) => {
      if (!state.patience.signal.aborted) endWith(state, databaseWords(error));
    })
    .then(() => {
      state.endingSinceMs = null;
      state.wake();
    });
}

/** The database takes longer than it does when it is well: what is begun now might be lost with its lease. */
export const isEndLate = ({ endingSinceMs }: WorkerState): boolean =>
  endingSinceMs !== null && performance.now() - endingSinceMs > LATE_MS;

/** No image of it waits, is in flight or must run alone. */
const isThrough = (state: WorkerState, job: HeldJob): boolean =>
  job.waiting.length === 0 &&
  job.open === 0 &&
  !state.suspects.some((suspect) => suspect.job === job);

function inTurn(state: WorkerState, step: () => Promise<void>): Promise<void> {
  const turn = state.storing.then(step);
  // A failed step is reported to its own caller, not to the next one.
  state.storing = turn.catch(() => undefined);
  return turn;
}

async function store(
  state: WorkerState,
  job: HeldJob,
  deliver: (delivery: {
    runSet: number;
    worker: number;
    records: HeldJob['records'];
  }) => Promise<void>,
): Promise<void> {
  const records = job.records;
  job.records = [];
  try {
    await untilItAnswers(
      () => deliver({ runSet: job.runSet.id, worker: state.worker, records }),
      patienceOf(state),
    );
  } catch (error) {
    job.records = [...records, ...job.records];
    if (await wasRemoved(state, job, error)) return;
    if (state.patience.signal.aborted) return;
    endWith(state, `The database refuses results: ${databaseWords(error)}`);
  }
}

/** A run set that was removed while its images were on their way takes no results. */
async function wasRemoved(state: WorkerState, job: HeldJob, error: unknown): Promise<boolean> {
  if ((error as { code?: unknown }).code !== FOREIGN_KEY) return false;
  const gone = await cancelledOf(state.pool, [job.runSet.id]).catch(() => new Set<number>());
  if (!gone.has(job.runSet.id)) return false;
  state.jobs.delete(job);
  return true;
}
