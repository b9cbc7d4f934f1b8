// Whose turn it is: one job at a time, as many of its images in flight as may be, none while a person
// waits for the model.
import { AppError, toPayload } from '../../api/errors.ts';
import { workError } from '../../api/said/workWords.ts';
import type { EngineContext } from '../context.ts';
import type { Store } from '../project/database/store.ts';
import type { Project } from '../project/project.ts';
import { activeJob, createFlights, endTurn, type ActiveJob } from './flights.ts';
import { takeItem } from './items.ts';
import { addBusyTime, nextWaiting, noteInterruption, setJobState } from './rows.ts';
import { reasonOf, type JobStates } from './states.ts';

export interface Turns {
  /** The job that runs; null between turns. */
  active(): ActiveJob | null;
  stopped(): boolean;
  /** Begins as much as may be begun. Called after every change; it never throws. */
  pump(): void;
  interactive<T>(work: () => Promise<T>): Promise<T>;
  /** Puts images in flight back and stores the running job as paused. */
  stop(): Promise<void>;
}

/** `states` is a function because states ask the turns for the pace of the running job. */
export function createTurns(
  context: EngineContext,
  project: Project,
  states: () => JobStates,
): Turns {
  const { store } = project;
  let active: ActiveJob | null = null;
  let stopped = false;
  const people = waitingPeople(() => pump());
  const { begin } = createFlights(context, project, (job) => {
    states().publish(job.id);
    pump();
  });

  /** Ends the active job's turn once nothing is in flight. */
  const finishTurn = (job: ActiveJob) => {
    if (job.flights.size > 0 || active !== job) return;
    active = null;
    if (isEndStored(store, states(), job)) pump();
  };

  function pump(): void {
    try {
      if (!stopped) beginWhatMay();
    } catch (error) {
      // No caller would catch an exception here.
      context.log(`jobs: ${String(error)}`);
      if (!active) return;
      endTurn(active, 'paused', reasonOf(error));
      finishTurn(active);
    }
  }

  function beginWhatMay(): void {
    if (!active) {
      const row = nextWaiting(store);
      if (!row) return;
      active = activeJob(context, row);
      states().change(active.id, 'running', null);
    }
    const job = active;
    while (active === job && !people.wait() && mayBegin(job)) {
      const imageId = takeItem(store, job.id);
      if (imageId === null) {
        if (job.flights.size === 0) return finishTurn(job);
        break;
      }
      job.alone = job.suspects.has(imageId);
      begin(job, imageId);
    }
    if (job.ending && job.flights.size === 0) finishTurn(job);
  }

  return {
    active: () => active,
    stopped: () => stopped,
    pump,
    interactive: people.served,
    async stop() {
      stopped = true;
      const job = active;
      if (!job) return;
      job.controller.abort(new AppError('CANCELLED', 'The project is being closed.'));
      await Promise.all(job.flights.values());
      active = null;
      storeEnd(context, store, job);
    },
  };
}

function isEndStored(store: Store, states: JobStates, job: ActiveJob): boolean {
  const { state, reason } = job.ending ?? { state: 'done', reason: null };
  try {
    addBusyTime(store, job.id, job.pace.lapMs());
    states.change(job.id, state, reason);
    return true;
  } catch (error) {
    states.pauseUnsaved(job.id, error);
    return false;
  }
}

function mayBegin(job: ActiveJob): boolean {
  const { ending, alone, flights, suspects, room } = job;
  // Suspects are tried with nothing else in flight.
  const isCrowded = flights.size >= room.size() || (suspects.size > 0 && flights.size > 0);
  return !ending && !alone && !isCrowded;
}

/** Counts people who wait for the model; `after` each of them. */
function waitingPeople(after: () => void) {
  let count = 0;
  return {
    wait: () => count > 0,
    async served<T>(work: () => Promise<T>): Promise<T> {
      count += 1;
      try {
        return await work();
      } finally {
        count -= 1;
        after();
      }
    },
  };
}

/** Writes how far a job came that ends with the program. */
function storeEnd(context: EngineContext, store: Store, job: ActiveJob): void {
  try {
    addBusyTime(store, job.id, job.pace.lapMs());
    if (!job.ending) noteInterruption(store, job.id, context.clock.now().toISOString());
    const closed = () => toPayload(workError('JOB_STATE', { code: 'closed', values: [] }));
    const { state, reason } = job.ending ?? { state: 'paused', reason: closed() };
    setJobState(store, job.id, { state, reason, finishedAt: null });
  } catch (error) {
    // Closing goes on all the same: the next start finds the job interrupted.
    context.log(`job ${job.id}: its end could not be written: ${String(error)}`);
  }
}
