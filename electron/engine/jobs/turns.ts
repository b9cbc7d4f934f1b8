// Whose turn it is: one job at a time, as many of its images in flight as may be, none while a person
// waits for the model.
import { AppError } from '../../api/errors.ts';
import type { EngineContext } from '../context.ts';
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
  let interactives = 0;
  let stopped = false;
  const { begin } = createFlights(context, project, (job) => {
    states().publish(job.id);
    pump();
  });

  /** Ends the active job's turn once nothing is in flight. */
  const finishTurn = (job: ActiveJob) => {
    if (job.flights.size > 0 || active !== job) return;
    active = null;
    const ending = job.ending ?? { state: 'done' as const, reason: null };
    try {
      addBusyTime(store, job.id, job.pace.lapMs());
      states().change(job.id, ending.state, ending.reason);
    } catch (error) {
      return states().pauseUnsaved(job.id, error);
    }
    pump();
  };

  function pump(): void {
    try {
      beginWhatMay();
    } catch (error) {
      // Nobody is there to catch it.
      context.log(`jobs: ${String(error)}`);
      if (!active) return;
      endTurn(active, 'paused', reasonOf(error));
      finishTurn(active);
    }
  }

  function beginWhatMay(): void {
    if (stopped) return;
    if (!active) {
      const row = nextWaiting(store);
      if (!row) return;
      active = activeJob(context, row);
      states().change(active.id, 'running', null);
    }
    const job = active;
    while (mayBegin(job)) {
      if (job.suspects.size > 0 && job.flights.size > 0) break;
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

  const mayBegin = (job: ActiveJob) =>
    !job.ending &&
    !job.alone &&
    interactives === 0 &&
    job.flights.size < job.room.size() &&
    active === job;

  return {
    active: () => active,
    stopped: () => stopped,
    pump,
    async interactive(work) {
      interactives += 1;
      try {
        return await work();
      } finally {
        interactives -= 1;
        pump();
      }
    },
    async stop() {
      stopped = true;
      const job = active;
      if (!job) return;
      job.controller.abort(new AppError('CANCELLED', 'The project is being closed.'));
      await Promise.all(job.flights.values());
      active = null;
      try {
        addBusyTime(store, job.id, job.pace.lapMs());
        if (!job.ending) noteInterruption(store, job.id, context.clock.now().toISOString());
        const ending = job.ending ?? {
          state: 'paused' as const,
          reason: 'The program was closed.',
        };
        setJobState(store, job.id, ending.state, ending.reason, null);
      } catch (error) {
        // Closing goes on all the same: the next start finds the job interrupted.
        context.log(`job ${job.id}: its end could not be written: ${String(error)}`);
      }
    },
  };
}
