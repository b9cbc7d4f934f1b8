// Images of a job in flight: each is begun, ends well or is given up, and a failure decides whether the
// image, the model process, the device or everything is to blame.
import { toPayload, type ErrorPayload } from '../../api/errors.ts';
import { workError } from '../../api/said/workWords.ts';
import type { BatchRequest, JobState } from '../../api/job.ts';
import type { ImageId, JobId } from '../../api/types.ts';
import type { EngineContext } from '../context.ts';
import type { Project } from '../project/project.ts';
import { failureKind } from './failure.ts';
import { prelabelItem } from './item.ts';
import { finishItem } from './items.ts';
import { createRoom, type Room } from '../order/room.ts';
import { createPace, type Pace } from './pace.ts';
import { addBusyTime, requestOf, setJobProvider, type JobRow } from './rows.ts';
import { reasonOf } from './states.ts';

const FAILURES_TO_PAUSE = 3;

/** The job whose turn it is. */
export interface ActiveJob {
  readonly id: JobId;
  readonly request: BatchRequest;
  readonly controller: AbortController;
  readonly flights: Map<ImageId, Promise<void>>;
  /** Were in flight when the model process ended: tried again one by one to find the culprit. */
  readonly suspects: Set<ImageId>;
  readonly pace: Pace;
  readonly room: Room;
  alone: boolean;
  /** Set when no further image may begin. */
  ending: { state: JobState; reason: ErrorPayload | null } | null;
  deviceFailures: number;
}

export function activeJob(context: EngineContext, row: JobRow): ActiveJob {
  return {
    id: row.id as JobId,
    request: requestOf(row),
    controller: new AbortController(),
    flights: new Map(),
    suspects: new Set(),
    pace: createPace(() => context.clock.elapsedMs()),
    room: createRoom(),
    alone: false,
    ending: null,
    deviceFailures: 0,
  };
}

/** Lets no further image of the job begin; the first reason given stays. */
export function endTurn(job: ActiveJob, state: JobState, reason: ErrorPayload | null): void {
  job.ending ??= { state, reason };
}

/** Begins images; `landed` is called after each, however it ended. */
export function createFlights(
  context: EngineContext,
  project: Project,
  landed: (job: ActiveJob) => void,
): { begin(job: ActiveJob, imageId: ImageId): void } {
  const { store } = project;

  return {
    begin(job, imageId) {
      const flight = prelabelItem(context, project, job, imageId)
        .then(
          (provider) => {
            job.deviceFailures = 0;
            job.suspects.delete(imageId);
            if (provider !== null) setJobProvider(store, job.id, provider);
            job.pace.finished();
          },
          (error: unknown) => failed(job, imageId, error),
        )
        .catch((error: unknown) => {
          // Even writing the failure failed (disk full): nothing more can be kept, so stop here.
          context.log(`job ${job.id}: ${String(error)}`);
          endTurn(job, 'paused', reasonOf(error));
        })
        .then(() => {
          job.flights.delete(imageId);
          if (job.flights.size === 0) job.alone = false;
          landed(job);
        });
      job.flights.set(imageId, flight);
    },
  };

  function failed(job: ActiveJob, imageId: ImageId, error: unknown): void {
    const back = () => finishItem(store, job.id, imageId, { outcome: 'pending' });
    if (job.controller.signal.aborted) return back();
    const { kind, error: why } = failureKind(error);
    switch (kind) {
      case 'image':
        return giveUp(job, imageId, why);
      case 'crash':
        if (job.alone) {
          const crashed = workError(why.code, { code: 'crashed', values: [] });
          return giveUp(job, imageId, toPayload(crashed));
        }
        job.suspects.add(imageId);
        return back();
      case 'device':
        job.deviceFailures += 1;
        if (job.deviceFailures < FAILURES_TO_PAUSE) return giveUp(job, imageId, why);
        back();
        return endTurn(job, 'paused', why);
      case 'everything':
        back();
        return endTurn(job, 'paused', why);
    }
  }

  function giveUp(job: ActiveJob, imageId: ImageId, error: ErrorPayload): void {
    job.suspects.delete(imageId);
    const at = context.clock.now().toISOString();
    store.relaxed(() => {
      finishItem(store, job.id, imageId, { outcome: 'failed', error, at });
      addBusyTime(store, job.id, job.pace.lapMs());
    });
  }
}
