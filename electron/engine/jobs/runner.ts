// Runs batch jobs: a few images in flight so that reading, inference and edges overlap, interactive
// requests first, one database transaction per finished image, one bad image never stops the rest.
import { AppError } from '../../api/errors.ts';
import type { ImageId, JobId } from '../../api/types.ts';
import type { BatchRequest, JobState, JobStatus } from '../../api/job.ts';
import type { EngineContext } from '../context.ts';
import { listCategories } from '../project/classes/categories.ts';
import type { Project } from '../project/project.ts';
import { findPack } from '../packs/packs.ts';
import { failureKind } from './failure.ts';
import { prelabelItem } from './item.ts';
import type { JobRow } from './rows.ts';
import {
  addBusyTime,
  createJob,
  noteInterruption,
  recoverJobs,
  refreshJob,
  removeJob,
  requestOf,
  setJobState,
} from './rows.ts';
import { requestHash, selectedImages } from './selection.ts';
import { finishItem, retryFailed, retryPassing, takeItem } from './items.ts';
import { createPace, type Pace } from './pace.ts';
import { createJobStates, reasonOf } from './states.ts';
import type { JobRunner } from '../jobRunner.ts';
import { lookForReplaced } from '../images/imageFiles.ts';

/** The next is decoded while the model has the current one and two before it get their edges. */
const IN_FLIGHT = 4;
const FAILURES_TO_PAUSE = 3;

interface Active {
  readonly id: JobId;
  readonly request: BatchRequest;
  readonly controller: AbortController;
  readonly flights: Map<ImageId, Promise<void>>;
  /** Were in flight when the model process ended: tried again one by one to find the culprit. */
  readonly suspects: Set<ImageId>;
  readonly pace: Pace;
  alone: boolean;
  /** Set when no further image may begin. */
  ending: { state: JobState; reason: string | null } | null;
  deviceFailures: number;
}

export function createJobRunner(context: EngineContext, project: Project): JobRunner {
  const { store } = project;
  let active: Active | null = null;
  let interactives = 0;
  let stopped = false;
  if (!project.readOnly) recoverJobs(store);

  const now = () => context.clock.now().toISOString();
  const states = createJobStates(context, store, (id) => (active?.id === id ? active.pace : null));

  /** Ends the active job's turn once nothing is in flight. */
  const finishTurn = (job: Active) => {
    if (job.flights.size > 0 || active !== job) return;
    active = null;
    const ending = job.ending ?? { state: 'done' as const, reason: null };
    try {
      addBusyTime(store, job.id, job.pace.lapMs());
      states.change(job.id, ending.state, ending.reason);
    } catch (error) {
      return states.pauseUnsaved(job.id, error);
    }
    pump();
  };

  const endTurn = (job: Active, state: JobState, reason: string | null) => {
    job.ending ??= { state, reason };
  };

  const nextWaiting = (): JobRow | undefined =>
    store.get<JobRow>("SELECT * FROM job WHERE state = 'waiting' ORDER BY position LIMIT 1");

  /** Begins as much as may be begun. Called after every change; nobody is there to catch what it throws. */
  function pump(): void {
    try {
      beginWhatMay();
    } catch (error) {
      context.log(`jobs: ${String(error)}`);
      if (!active) return;
      endTurn(active, 'paused', reasonOf(error));
      finishTurn(active);
    }
  }

  function beginWhatMay(): void {
    if (stopped) return;
    if (!active) {
      const row = nextWaiting();
      if (!row) return;
      active = {
        id: row.id as JobId,
        request: requestOf(row),
        controller: new AbortController(),
        flights: new Map(),
        suspects: new Set(),
        pace: createPace(() => context.clock.elapsedMs()),
        alone: false,
        ending: null,
        deviceFailures: 0,
      };
      states.change(active.id, 'running', null);
    }
    const job = active;
    while (
      !job.ending &&
      !job.alone &&
      interactives === 0 &&
      job.flights.size < IN_FLIGHT &&
      active === job
    ) {
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

  function begin(job: Active, imageId: ImageId): void {
    const flight = prelabelItem(context, project, job, imageId)
      .then(
        (provider) => {
          job.deviceFailures = 0;
          job.suspects.delete(imageId);
          if (provider !== null)
            store.run('UPDATE job SET provider = ? WHERE id = ?', provider, job.id);
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
        states.publish(job.id);
        pump();
      });
    job.flights.set(imageId, flight);
  }

  function failed(job: Active, imageId: ImageId, error: unknown): void {
    const back = () => finishItem(store, job.id, imageId, { outcome: 'pending' });
    const give = (code: string, message: string) => {
      job.suspects.delete(imageId);
      job.pace.finished();
      store.relaxed(() => {
        finishItem(store, job.id, imageId, { outcome: 'failed', code, message, at: now() });
        addBusyTime(store, job.id, job.pace.lapMs());
      });
    };
    if (job.controller.signal.aborted) return back();
    const kind = failureKind(error);
    switch (kind.kind) {
      case 'image':
        return give(kind.code, kind.message);
      case 'crash':
        if (job.alone)
          return give(kind.code, 'The model process ended while it worked on this image.');
        job.suspects.add(imageId);
        return back();
      case 'device':
        job.deviceFailures += 1;
        if (job.deviceFailures < FAILURES_TO_PAUSE) return give(kind.code, kind.message);
        back();
        return endTurn(job, 'paused', kind.message);
      case 'everything':
        back();
        return endTurn(job, 'paused', kind.message);
    }
  }

  const mustBe = (row: JobRow, states: readonly JobState[], what: string) => {
    if (!states.includes(row.state))
      throw new AppError('JOB_STATE', `This job is ${row.state} and cannot be ${what}.`);
  };
  const writable = () => {
    if (project.readOnly)
      throw new AppError('PROJECT_READ_ONLY', project.readOnlyReason ?? 'Read-only.');
  };

  const resume = (id: JobId): JobStatus => {
    writable();
    const row = states.row(id);
    if (active?.id === id && active.ending?.state === 'paused') {
      active.ending = null;
      states.change(id, 'running', null);
    } else {
      mustBe(row, ['paused', 'cancelled', 'failed'], 'resumed');
      refreshJob(store, id, requestOf(row));
      states.change(id, 'waiting', null);
    }
    queueMicrotask(pump);
    return states.status(id);
  };

  const goOn = (row: JobRow): JobStatus => {
    const id = row.id as JobId;
    if (row.state === 'waiting' || row.state === 'running') return states.statusOf(row);
    if (row.state === 'done') {
      if (refreshJob(store, id, requestOf(row)) === 0) return states.statusOf(row);
      states.change(id, 'waiting', null);
      queueMicrotask(pump);
      return states.status(id);
    }
    return resume(id);
  };

  return {
    async start(request, owner) {
      writable();
      const pack = await findPack(context, request.packId);
      const categories = listCategories(store);
      const names = request.categoryIds.map((id) => {
        const category = categories.find((candidate) => candidate.id === id);
        if (!category) throw new AppError('CATEGORY_UNKNOWN', `There is no class ${id}.`);
        return category.name;
      });
      if (names.length === 0)
        throw new AppError('PROMPT_EMPTY', 'Choose at least one class to look for.');
      const hash = requestHash(request, pack.packHash);
      // In a window "start" after the end means "again"; a repeated command means "what is missing".
      const open = `'paused', 'waiting', 'running'${owner === 'commandLine' ? ", 'done', 'cancelled'" : ''}`;
      const same = store.get<JobRow>(
        `SELECT * FROM job WHERE request_hash = ? AND state IN (${open})
         ORDER BY position DESC LIMIT 1`,
        hash,
      );
      // Files may have been replaced since; what the model said of them is not told again.
      await lookForReplaced(
        project,
        context.link,
        selectedImages(store, request),
        context.open.signal(),
      );
      if (same) {
        retryPassing(store, same.id as JobId);
        return goOn(states.held(same));
      }
      const id = context.newId() as JobId;
      createJob(store, {
        id,
        request: { ...request, packId: pack.id },
        title: titleOf(names),
        classNames: names,
        hash,
        packHash: pack.packHash,
        owner,
        at: now(),
      });
      queueMicrotask(pump);
      return states.status(id);
    },
    pause(id) {
      writable();
      const row = states.row(id);
      mustBe(row, ['running', 'waiting'], 'paused');
      if (active?.id === id) endTurn(active, 'paused', null);
      states.change(id, 'paused', null);
      pump();
      return states.status(id);
    },
    resume,
    cancel(id) {
      writable();
      mustBe(states.row(id), ['running', 'waiting', 'paused'], 'cancelled');
      if (active?.id === id) {
        active.ending = { state: 'cancelled', reason: null };
        active.controller.abort(new AppError('CANCELLED', 'The job was cancelled.'));
      }
      states.change(id, 'cancelled', null);
      pump();
      return states.status(id);
    },
    remove(id) {
      writable();
      const row = states.row(id);
      if (active?.id === id)
        throw new AppError('JOB_STATE', 'Cancel this job before it is removed from the list.');
      mustBe(row, ['waiting', 'paused', 'done', 'cancelled', 'failed'], 'removed');
      removeJob(store, id);
    },
    retryFailed(id) {
      writable();
      const row = states.row(id);
      const count = retryFailed(store, id);
      if (count > 0 && row.state !== 'running' && row.state !== 'waiting')
        states.change(id, 'waiting', null);
      queueMicrotask(pump);
      return states.status(id);
    },
    list: () => states.list(),
    status: (id) => states.status(id),
    async interactive(work) {
      interactives += 1;
      try {
        return await work();
      } finally {
        interactives -= 1;
        pump();
      }
    },
    settled: (id) =>
      states.settled(
        id,
        ({ state }) =>
          !stopped && (state === 'running' || state === 'waiting' || active?.id === id),
      ),
    async stop() {
      if (stopped) return;
      stopped = true;
      const job = active;
      if (job) {
        job.controller.abort(new AppError('CANCELLED', 'The project is being closed.'));
        await Promise.all(job.flights.values());
        active = null;
        try {
          addBusyTime(store, job.id, job.pace.lapMs());
          if (!job.ending) noteInterruption(store, job.id, now());
          const ending = job.ending ?? {
            state: 'paused' as const,
            reason: 'The program was closed.',
          };
          setJobState(store, job.id, ending.state, ending.reason, null);
        } catch (error) {
          // Closing goes on all the same: the next start finds the job interrupted.
          context.log(`job ${job.id}: its end could not be written: ${String(error)}`);
        }
      }
      states.close();
    },
  };
}

function titleOf(names: readonly string[]): string {
  const shown = names.slice(0, 3).join(', ');
  return names.length > 3 ? `${shown} and ${names.length - 3} more` : shown;
}
