// What jobs are doing, as it is stored, published and waited for. Sends `job.status` at most every 250 ms;
// a change of state is sent at once.
import { AppError, toPayload, type ErrorPayload } from '../../api/errors.ts';
import { workError } from '../../api/said/workWords.ts';
import type { JobId } from '../../api/types.ts';
import type { JobState, JobStatus } from '../../api/job.ts';
import type { EngineContext } from '../context.ts';
import type { Store } from '../project/database/store.ts';
import type { Pace } from './pace.ts';
import type { JobRow, ReasonColumns } from './rows.ts';
import { jobRow, jobRows, reasonColumns, setJobState } from './rows.ts';
import { jobStatus } from './jobStatus.ts';
import { releaseItems } from './items.ts';

const STATUS_EVERY_MS = 250;

export interface JobStates {
  row(id: JobId): JobRow;
  status(id: JobId): JobStatus;
  statusOf(row: JobRow): JobStatus;
  list(): JobStatus[];
  /** The row with the state that could not be stored, where there is one. */
  held(row: JobRow): JobRow;
  /** Stores the state and tells windows and those who wait. */
  change(id: JobId, state: JobState, reason: ErrorPayload | null): void;
  /** Pauses in memory alone; a start of the program that finds the job so takes it as interrupted. */
  pauseUnsaved(id: JobId, error: unknown): void;
  /** Tells windows how far the job is, soon. */
  publish(id: JobId): void;
  /** Resolves with the status once `isOpen` says no; it is asked after every change of a state. */
  settled(id: JobId, isOpen: (row: JobRow) => boolean): Promise<JobStatus>;
  /** Publishes nothing more and asks those who wait once more. */
  close(): void;
}

/** `paceOf` answers for the job that runs, else null. */
export function createJobStates(
  context: EngineContext,
  store: Store,
  paceOf: (id: string) => Pace | null,
): JobStates {
  const listeners = new Set<() => void>();
  /** Jobs whose state could not be written (disk full): this holds until it can be. */
  const unsaved = new Map<string, { state: JobState } & ReasonColumns>();

  const held = (row: JobRow): JobRow => ({ ...row, ...unsaved.get(row.id) });
  const row = (id: JobId) => held(jobRow(store, id));
  const status = (id: JobId) => statusOf(row(id));
  const tell = () => {
    for (const listener of [...listeners]) listener();
  };

  function statusOf(row: JobRow): JobStatus {
    const status = jobStatus(store, row, null);
    const pace = paceOf(row.id);
    if (!pace) return status;
    const left = status.total - status.done - status.empty - status.failed - status.skipped;
    const rate = pace.imagesPerSecond();
    return { ...status, imagesPerSecond: rate, secondsLeft: rate > 0 ? left / rate : null };
  }

  const news = statusNews(context, status);

  return {
    row,
    status,
    statusOf,
    held,
    list: () => jobRows(store).map(held).map(statusOf),
    publish: news.soon,
    change(id, state, reason) {
      const over = state === 'done' || state === 'cancelled' || state === 'failed';
      if (unsaved.has(id)) releaseItems(store, id);
      const finishedAt = over ? context.clock.now().toISOString() : null;
      setJobState(store, id, { state, reason, finishedAt });
      unsaved.delete(id);
      news.now(id);
      tell();
    },
    pauseUnsaved(id, error) {
      context.log(`job ${id}: its state could not be written: ${String(error)}`);
      unsaved.set(id, { state: 'paused', ...reasonColumns(reasonOf(error)) });
      news.now(id);
      tell();
    },
    settled: (id, isOpen) =>
      new Promise((resolve) => {
        const look = () => {
          if (isOpen(row(id))) return;
          listeners.delete(look);
          resolve(status(id));
        };
        listeners.add(look);
        look();
      }),
    close() {
      news.close();
      tell();
    },
  };
}

/** Sends `job.status`: at once, or with what came meanwhile. */
function statusNews(context: EngineContext, status: (id: JobId) => JobStatus) {
  let lastMs = -Infinity;
  let timer: NodeJS.Timeout | null = null;
  let closed = false;
  function now(id: JobId): void {
    if (timer) clearTimeout(timer);
    timer = null;
    lastMs = context.clock.elapsedMs();
    context.publish('job.status', status(id), id);
  }
  return {
    now,
    soon(id: JobId): void {
      const sinceMs = context.clock.elapsedMs() - lastMs;
      if (timer) return;
      if (sinceMs >= STATUS_EVERY_MS) return now(id);
      timer = setTimeout(() => closed || now(id), STATUS_EVERY_MS - sinceMs);
      timer.unref();
    },
    close(): void {
      closed = true;
      if (timer) clearTimeout(timer);
    },
  };
}

/** Why a job paused by itself. */
export function reasonOf(error: unknown): ErrorPayload {
  const known = error instanceof AppError;
  return toPayload(known ? error : workError('JOB_STATE', { code: 'unsaved', values: [] }));
}
