// What can be done to batch jobs: start, pause, resume, cancel, remove. turns.ts decides whose images run,
// flights.ts what becomes of each; one bad image never stops the rest.
import { AppError } from '../../api/errors.ts';
import type { JobId } from '../../api/types.ts';
import type { BatchRequest, JobState, JobStatus } from '../../api/job.ts';
import type { EngineContext } from '../context.ts';
import { listCategories } from '../project/classes/categories.ts';
import type { Project } from '../project/project.ts';
import { findPack } from '../packs/packs.ts';
import type { JobRow } from './rows.ts';
import { createJob, recoverJobs, refreshJob, removeJob, requestOf, sameRequest } from './rows.ts';
import { requestHash, selectedImages } from './selection.ts';
import { retryFailed, retryPassing } from './items.ts';
import { createJobStates, type JobStates } from './states.ts';
import type { JobRunner } from '../jobRunner.ts';
import { lookForReplaced } from '../images/imageFiles.ts';
import { endTurn } from './flights.ts';
import { createTurns, type Turns } from './turns.ts';
import type { Store } from '../project/database/store.ts';

/** What every step of a job needs. */
interface Runner {
  readonly context: EngineContext;
  readonly project: Project;
  readonly turns: Turns;
  readonly states: JobStates;
}

export function createJobRunner(context: EngineContext, project: Project): JobRunner {
  const { store } = project;
  if (!project.readOnly) recoverJobs(store);

  const turns: Turns = createTurns(context, project, () => states);
  const { active, stopped } = turns;
  const states = createJobStates(context, store, (id) => {
    const job = active();
    return job?.id === id ? job.pace : null;
  });
  const runner: Runner = { context, project, turns, states };
  /** Only where the project may be written to. */
  const writing = <A extends readonly unknown[], R>(work: (runner: Runner, ...asked: A) => R) => {
    return (...asked: A): R => {
      if (project.readOnly)
        throw new AppError('PROJECT_READ_ONLY', project.readOnlyReason ?? 'Read-only.');
      return work(runner, ...asked);
    };
  };

  return {
    start: async (request, owner) => writing(start)(request, owner),
    pause: writing(pause),
    resume: writing(resume),
    cancel: writing(cancel),
    remove: writing(remove),
    retryFailed: writing(retry),
    list: () => states.list(),
    status: (id) => states.status(id),
    interactive: turns.interactive,
    settled: (id) =>
      states.settled(
        id,
        ({ state }) =>
          !stopped() && (state === 'running' || state === 'waiting' || active()?.id === id),
      ),
    async stop() {
      if (stopped()) return;
      await turns.stop();
      states.close();
    },
  };
}

async function start(
  runner: Runner,
  request: BatchRequest,
  owner: JobStatus['owner'],
): Promise<JobStatus> {
  const { context, project, states } = runner;
  const { store } = project;
  const pack = await findPack(context, request.packId);
  const names = classNames(store, request);
  const hash = requestHash(request, pack.packHash);
  const same = sameRequest(store, hash, owner);
  // Files may have been replaced since; what the model said of them is not told again.
  const images = selectedImages(store, request);
  await lookForReplaced(project, context.link, images, context.open.signal());
  if (same) {
    retryPassing(store, same.id as JobId);
    return goOn(runner, states.held(same));
  }
  const id = context.newId() as JobId;
  createJob(store, {
    id,
    request: { ...request, packId: pack.id },
    classNames: names,
    hash,
    packHash: pack.packHash,
    owner,
    at: context.clock.now().toISOString(),
  });
  return soon(runner, id);
}

/** A request that was started before: what is not finished of it. */
function goOn(runner: Runner, row: JobRow): JobStatus {
  const { project, states } = runner;
  const id = row.id as JobId;
  if (row.state === 'waiting' || row.state === 'running') return states.statusOf(row);
  if (row.state !== 'done') return resume(runner, id);
  if (refreshJob(project.store, id, requestOf(row)) === 0) return states.statusOf(row);
  states.change(id, 'waiting', null);
  return soon(runner, id);
}

function pause({ turns, states }: Runner, id: JobId): JobStatus {
  mustBe(states.row(id), ['running', 'waiting'], 'paused');
  const job = turns.active();
  if (job?.id === id) endTurn(job, 'paused', null);
  states.change(id, 'paused', null);
  turns.pump();
  return states.status(id);
}

function resume(runner: Runner, id: JobId): JobStatus {
  const { project, turns, states } = runner;
  const row = states.row(id);
  const job = turns.active();
  if (job?.id === id && job.ending?.state === 'paused') {
    job.ending = null;
    states.change(id, 'running', null);
  } else {
    mustBe(row, ['paused', 'cancelled', 'failed'], 'resumed');
    refreshJob(project.store, id, requestOf(row));
    states.change(id, 'waiting', null);
  }
  return soon(runner, id);
}

function cancel({ turns, states }: Runner, id: JobId): JobStatus {
  mustBe(states.row(id), ['running', 'waiting', 'paused'], 'cancelled');
  const job = turns.active();
  if (job?.id === id) {
    job.ending = { state: 'cancelled', reason: null };
    job.controller.abort(new AppError('CANCELLED', 'The job was cancelled.'));
  }
  states.change(id, 'cancelled', null);
  turns.pump();
  return states.status(id);
}

function remove({ project, turns, states }: Runner, id: JobId): void {
  const row = states.row(id);
  if (turns.active()?.id === id)
    throw new AppError('JOB_STATE', 'Cancel this job before it is removed from the list.');
  mustBe(row, ['waiting', 'paused', 'done', 'cancelled', 'failed'], 'removed');
  removeJob(project.store, id);
}

function retry(runner: Runner, id: JobId): JobStatus {
  const { project, states } = runner;
  const row = states.row(id);
  const count = retryFailed(project.store, id);
  if (count > 0 && row.state !== 'running' && row.state !== 'waiting')
    states.change(id, 'waiting', null);
  return soon(runner, id);
}

/** Images begin once the caller has its answer. */
function soon({ turns, states }: Runner, id: JobId): JobStatus {
  queueMicrotask(turns.pump);
  return states.status(id);
}

function mustBe(row: JobRow, states: readonly JobState[], what: string): void {
  if (!states.includes(row.state))
    throw new AppError('JOB_STATE', `This job is ${row.state} and cannot be ${what}.`);
}

/** Names of the classes that a request asks for. Throws CATEGORY_UNKNOWN or PROMPT_EMPTY. */
function classNames(store: Store, request: BatchRequest): string[] {
  const categories = listCategories(store);
  const names = request.categoryIds.map((id) => {
    const category = categories.find((candidate) => candidate.id === id);
    if (!category) throw new AppError('CATEGORY_UNKNOWN', `There is no class ${id}.`);
    return category.name;
  });
  if (names.length === 0)
    throw new AppError('PROMPT_EMPTY', 'Choose at least one class to look for.');
  return names;
}
