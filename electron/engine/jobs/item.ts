// One image of a job: what it is asked for, the work, and its record in one transaction.
import { workError } from '../../api/said/workWords.ts';
import type { ImageId, JobId } from '../../api/types.ts';
import type { BatchRequest } from '../../api/job.ts';
import type { PrelabelParams, PromptClass } from '../../api/run.ts';
import { publishChanged, publishCommits } from '../commits.ts';
import type { EngineContext } from '../context.ts';
import type { Room } from '../order/room.ts';
import { findPack } from '../packs/packs.ts';
import { workOnImage, type ImageWork } from '../prelabel/prelabel.ts';
import { seenClasses } from '../prelabel/looking/seenClasses.ts';
import type { Replace } from '../prelabel/proposals.ts';
import { recordRun } from '../prelabel/record.ts';
import { annotationsOf } from '../project/annotations.ts';
import { listCategories } from '../project/classes/categories.ts';
import type { Project } from '../project/project.ts';
import { isStored } from '../project/runs.ts';
import type { Pace } from './pace.ts';
import { endedWith, finishItem } from './items.ts';
import { addBusyTime } from './rows.ts';
import { storedJson } from '../project/database/storedJson.ts';

const JOB_CLIENT = 'job';

/** The classes of a request as the model is asked for them on an image. */
export function promptClasses(
  project: Project,
  request: BatchRequest,
  imageId: ImageId,
): PromptClass[] {
  const categories = new Map(
    listCategories(project.store).map((category) => [category.id, category]),
  );
  const ids = request.classesOf?.[imageId] ?? request.categoryIds;
  const classes = ids.flatMap((id): PromptClass[] => {
    const category = categories.get(id);
    if (!category) return [];
    const { name, prompt, synonyms, threshold } = category;
    return [{ categoryId: id, name, prompt, synonyms, threshold }];
  });
  if (classes.length === 0) throw workError('PROMPT_EMPTY', { code: 'classesGone', values: [] });
  return classes;
}

/** Parameters of a request; the choice of classes by a method itself is a matter of its run. */
export function requestParams(request: BatchRequest): PrelabelParams {
  const { auto, params } = request;
  if (!auto) return params;
  const own =
    auto.by === 'clip'
      ? { 'car.confidence': auto.threshold }
      : { 'pnp.selection': 'match', 'pnp.matchThreshold': auto.threshold };
  return { ...params, overrides: { ...params.overrides, ...own } };
}

/** Does one item and writes its end. Resolves with the provider that ran, or null when nothing did. */
export async function prelabelItem(
  context: EngineContext,
  project: Project,
  job: { id: JobId; request: BatchRequest; controller: AbortController; pace: Pace; room: Room },
  imageId: ImageId,
): Promise<string | null> {
  const { store } = project;
  const { request } = job;
  if (request.merge === 'skipLabelled' && annotationsOf(store, imageId).length > 0) {
    finishItem(store, job.id, imageId, {
      outcome: 'skipped',
      at: context.clock.now().toISOString(),
    });
    return null;
  }
  const pack = await findPack(context, request.packId);
  const { signal } = job.controller;
  const classes = await seenClasses(
    context,
    project,
    { request, imageId, pack, classes: promptClasses(project, request, imageId) },
    { signal, priority: 'batch' },
  );
  const work = await workOnImage(
    context,
    project,
    {
      imageId,
      pack,
      classes,
      params: requestParams(request),
      thresholds: request.thresholds,
      draft: false,
      priority: 'batch',
    },
    { signal },
  );
  job.room.ended(work.run.milliseconds, work.again);
  signal.throwIfAborted();
  recordItem(context, project, job, work);
  return work.run.provider;
}

/**
 * Writes what an item's work found. Work that is delivered twice is written once: nothing happens where the item
 * ended with this very order.
 */
export function recordItem(
  context: EngineContext,
  project: Project,
  job: { readonly id: JobId; readonly request: BatchRequest; readonly pace: Pace },
  work: ImageWork,
): void {
  const { store } = project;
  const { run, image } = work;
  const at = context.clock.now().toISOString();
  // Not synced: proposals lost to a power cut are pending items again.
  const recorded = store.relaxed(() => {
    if (endedWith(store, job.id, run.imageId) === image.hash && isStored(store, run.runId))
      return null;
    const replace = replacedBy(job.request);
    const how = { replace, clientId: JOB_CLIENT, at, jobId: job.id };
    const done = recordRun(context, project, work, how);
    const { proposals } = done;
    finishItem(store, job.id, run.imageId, {
      outcome: proposals.length === 0 ? 'empty' : 'done',
      imageHash: image.hash,
      proposals: proposals.length,
      doubtful: proposals.filter(({ doubtful }) => doubtful).length,
      at,
    });
    addStageTimes(project, job.id, run.milliseconds);
    addBusyTime(store, job.id, job.pace.lapMs());
    return done;
  });
  if (recorded === null) return;
  const { committed } = recorded;
  if (!committed) return publishChanged(context, project);
  project.note(committed.mark);
  publishCommits(context, project, [committed], JOB_CLIENT);
}

function replacedBy({ merge, categoryIds }: BatchRequest): Replace {
  if (merge === 'replaceProposals') return { kind: 'all' };
  if (merge === 'replaceClasses') return { kind: 'classes', categoryIds: new Set(categoryIds) };
  return { kind: 'sameRun' };
}

/** Sums per stage, so that the report can say where the time went. */
function addStageTimes(
  project: Project,
  id: JobId,
  milliseconds: { readonly [stage: string]: number },
): void {
  const row = project.store.get<{ stage_ms: string }>('SELECT stage_ms FROM job WHERE id = ?', id)!;
  const sums = storedJson<{ [stage: string]: number }>(
    row.stage_ms,
    'object',
    `the times of job ${id}`,
  );
  for (const [stage, ms] of Object.entries(milliseconds)) sums[stage] = (sums[stage] ?? 0) + ms;
  project.store.run('UPDATE job SET stage_ms = ? WHERE id = ?', JSON.stringify(sums), id);
}
