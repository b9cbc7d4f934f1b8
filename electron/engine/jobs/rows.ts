// Job and item rows: a job is a list of images to do, written down before the first is done, so that
// a crash loses at most the images in flight.
import { createHash } from 'node:crypto';
import { AppError } from '../../api/errors.ts';
import type {
  BatchRequest,
  ImageFilter,
  ImageId,
  ItemOutcome,
  JobFailure,
  JobId,
  JobState,
  JobStatus,
} from '../../api/types.ts';
import { imageIds } from '../project/images.ts';
import type { Store } from '../project/store.ts';
import { storedJson } from '../project/storedJson.ts';

export interface JobRow {
  id: string;
  position: number;
  title: string;
  state: JobState;
  reason: string | null;
  owner: JobStatus['owner'];
  request_hash: string;
  pack_hash: string | null;
  provider: string | null;
  started_at: string;
  finished_at: string | null;
  busy_ms: number;
  stage_ms: string;
  class_names: string;
  request: string;
  interruptions: string;
}

/** Images that a request is about, in name order. */
export function selectedImages(store: Store, request: BatchRequest): ImageId[] {
  const { images } = request;
  switch (images.kind) {
    case 'all':
      return imageIds(store, {});
    case 'unlabelled':
      return imageIds(store, { status: ['untouched'] });
    case 'filter':
      return imageIds(store, images.filter as ImageFilter);
    case 'ids': {
      const known = new Set(imageIds(store, {}));
      return [...new Set(images.ids)].filter((id) => known.has(id));
    }
  }
}

/** Images whose labels are counted in one question. */
const COUNTED_AT_ONCE = 5000;

/** What a request would touch, before anything runs. */
export function countRequest(
  store: Store,
  request: BatchRequest,
): { images: number; proposalsReplaced: number; skipped: number; accepted: number } {
  const ids = selectedImages(store, request);
  const mine =
    request.merge === 'replaceClasses'
      ? { sql: 'AND category_id IN (SELECT value FROM json_each(?))', ids: [request.categoryIds] }
      : { sql: '', ids: [] };
  let proposalsReplaced = 0;
  let skipped = 0;
  let accepted = 0;
  for (let from = 0; from < ids.length; from += COUNTED_AT_ONCE) {
    const some = JSON.stringify(ids.slice(from, from + COUNTED_AT_ONCE));
    const images = store.get<{ accepted: number; labelled: number }>(
      `SELECT sum(accepted) AS accepted, sum(accepted + rejected + proposals > 0) AS labelled
       FROM image WHERE id IN (SELECT value FROM json_each(?))`,
      some,
    )!;
    accepted += images.accepted;
    if (request.merge === 'skipLabelled') skipped += images.labelled;
    if (request.merge === 'replaceClasses' || request.merge === 'replaceProposals')
      proposalsReplaced += store.get<{ n: number }>(
        `SELECT count(*) AS n FROM annotation WHERE image_id IN (SELECT value FROM json_each(?))
           AND status = 0 AND origin = 1 AND edited = 0 AND locked = 0 ${mine.sql}`,
        some,
        ...mine.ids.map((ids) => JSON.stringify(ids)),
      )!.n;
  }
  return { images: ids.length, proposalsReplaced, skipped, accepted };
}

/**
 * Same request, same model = same job: a repeated start goes on with it. Classes in another order are
 * another request, since the caption has them in that order.
 */
export function requestHash(request: BatchRequest, packHash: string): string {
  return createHash('sha256')
    .update(JSON.stringify([1, packHash, request]))
    .digest('hex');
}

/** Writes the job and one pending item per image in one transaction. */
export function createJob(
  store: Store,
  job: {
    id: JobId;
    request: BatchRequest;
    title: string;
    classNames: readonly string[];
    hash: string;
    packHash: string;
    owner: JobStatus['owner'];
    at: string;
  },
): void {
  store.transaction(() => {
    const ids = selectedImages(store, job.request);
    if (ids.length === 0)
      throw new AppError('JOB_STATE', 'No image was chosen: there is nothing to do.');
    const position = store.get<{ n: number }>(
      'SELECT coalesce(max(position), 0) + 1 AS n FROM job',
    )!.n;
    store.run(
      `INSERT INTO job(id, position, title, state, owner, request_hash, pack_hash, started_at, class_names, request)
       VALUES (?, ?, ?, 'waiting', ?, ?, ?, ?, ?, ?)`,
      job.id,
      position,
      job.title,
      job.owner,
      job.hash,
      job.packHash,
      job.at,
      JSON.stringify(job.classNames),
      JSON.stringify(job.request),
    );
    for (const [index, imageId] of ids.entries())
      store.run(
        "INSERT INTO job_item(job_id, image_id, position, outcome) VALUES (?, ?, ?, 'pending')",
        job.id,
        imageId,
        index,
      );
  });
}

/**
 * Brings a job in step with the images of today: new ones are added, replaced files are done again.
 * Returns how many items are to be done.
 */
export function refreshJob(store: Store, id: JobId, request: BatchRequest): number {
  return store.transaction(() => {
    const known = new Set(
      store
        .all<{ id: ImageId }>('SELECT image_id AS id FROM job_item WHERE job_id = ?', id)
        .map((row) => row.id),
    );
    let position = known.size;
    for (const imageId of selectedImages(store, request)) {
      if (known.has(imageId)) continue;
      store.run(
        "INSERT INTO job_item(job_id, image_id, position, outcome) VALUES (?, ?, ?, 'pending')",
        id,
        imageId,
        position,
      );
      position += 1;
    }
    store.run(
      `UPDATE job_item SET outcome = 'pending' WHERE job_id = ? AND outcome IN ('done', 'empty')
         AND image_hash IS NOT (SELECT hash FROM image WHERE id = image_id)`,
      id,
    );
    return store.get<{ n: number }>(
      "SELECT count(*) AS n FROM job_item WHERE job_id = ? AND outcome = 'pending'",
      id,
    )!.n;
  });
}

/** Throws JOB_UNKNOWN. */
export function jobRow(store: Store, id: JobId): JobRow {
  const row = store.get<JobRow>('SELECT * FROM job WHERE id = ?', id);
  if (!row) throw new AppError('JOB_UNKNOWN', 'There is no such job in this project.');
  return row;
}

export function jobRows(store: Store): JobRow[] {
  return store.all<JobRow>('SELECT * FROM job ORDER BY position DESC');
}

export function setJobState(
  store: Store,
  id: JobId,
  state: JobState,
  reason: string | null,
  finishedAt: string | null,
): void {
  store.run(
    'UPDATE job SET state = ?, reason = ?, finished_at = ? WHERE id = ?',
    state,
    reason,
    finishedAt,
    id,
  );
}

/** Work is written down as it is done, so that a job that was killed still tells its speed. */
export function addBusyTime(store: Store, id: JobId, ms: number): void {
  store.run('UPDATE job SET busy_ms = busy_ms + ? WHERE id = ?', ms, id);
}

/** The program ended under a running job. */
export function noteInterruption(store: Store, id: JobId, at: string): void {
  store.run(
    "UPDATE job SET interruptions = json_insert(interruptions, '$[#]', ?) WHERE id = ?",
    at,
    id,
  );
}

/** After a crash: what was running has to be done again, and nobody is working on it now. */
export function recoverJobs(store: Store): void {
  store.transaction(() => {
    // The last image that was finished tells best when it happened.
    for (const { id, at } of store.all<{ id: JobId; at: string }>(
      `SELECT id, coalesce((SELECT max(finished_at) FROM job_item WHERE job_id = job.id), started_at) AS at
       FROM job WHERE state = 'running'`,
    ))
      noteInterruption(store, id, at);
    store.run("UPDATE job_item SET outcome = 'pending' WHERE outcome = 'running'");
    store.run(
      `UPDATE job SET state = 'paused', reason = 'The program ended while this job was running. Resume to go on.'
       WHERE state IN ('running', 'waiting')`,
    );
  });
}

/** Images that were begun and never ended are to be done again. */
export function releaseItems(store: Store, id: JobId): void {
  store.run("UPDATE job_item SET outcome = 'pending' WHERE job_id = ? AND outcome = 'running'", id);
}

/** The next image to do, marked as running; null when none is pending. */
export function takeItem(store: Store, id: JobId): ImageId | null {
  return store.relaxed(() => {
    const row = store.get<{ image_id: number }>(
      "SELECT image_id FROM job_item WHERE job_id = ? AND outcome = 'pending' ORDER BY position LIMIT 1",
      id,
    );
    if (!row) return null;
    store.run(
      "UPDATE job_item SET outcome = 'running' WHERE job_id = ? AND image_id = ?",
      id,
      row.image_id,
    );
    return row.image_id as ImageId;
  });
}

export interface ItemResult {
  readonly outcome: ItemOutcome;
  readonly imageHash?: string;
  readonly proposals?: number;
  readonly doubtful?: number;
  readonly code?: string;
  readonly message?: string;
  readonly at?: string;
}

/** Writes how an item ended. Call inside the transaction that commits its annotations. */
export function finishItem(store: Store, id: JobId, imageId: ImageId, result: ItemResult): void {
  store.run(
    `UPDATE job_item SET outcome = ?, image_hash = ?, proposals = ?, doubtful = ?, code = ?, message = ?, finished_at = ?
     WHERE job_id = ? AND image_id = ?`,
    result.outcome,
    result.imageHash ?? null,
    result.proposals ?? 0,
    result.doubtful ?? 0,
    result.code ?? null,
    result.message ?? null,
    result.at ?? null,
    id,
    imageId,
  );
}

/** Failed items become pending again; returns how many. */
export function retryFailed(store: Store, id: JobId): number {
  return store.run(
    "UPDATE job_item SET outcome = 'pending', code = NULL, message = NULL WHERE job_id = ? AND outcome = 'failed'",
    id,
  ).changes;
}

/** Failures that a later try may not meet: a file or a disk that was away, a process that ended. */
const PASSING = ['IMAGE_MISSING', 'FOLDER_MISSING', 'INFERENCE_EXITED', 'INTERNAL'];

/** Items that failed for a reason that may have passed become pending again. */
export function retryPassing(store: Store, id: JobId): void {
  store.run(
    `UPDATE job_item SET outcome = 'pending', code = NULL, message = NULL WHERE job_id = ?
       AND outcome = 'failed' AND code IN (${PASSING.map(() => '?').join(', ')})`,
    id,
    ...PASSING,
  );
}

export function removeJob(store: Store, id: JobId): void {
  store.transaction(() => {
    store.run('DELETE FROM job_item WHERE job_id = ?', id);
    store.run('DELETE FROM job WHERE id = ?', id);
  });
}

export function jobFailures(
  store: Store,
  id: JobId,
  cursor: number,
  limit: number,
): { total: number; failures: JobFailure[] } {
  const total = store.get<{ n: number }>(
    "SELECT count(*) AS n FROM job_item WHERE job_id = ? AND outcome = 'failed'",
    id,
  )!.n;
  const failures = store
    .all<{ image_id: number; name: string; code: string; message: string }>(
      `SELECT image_id, name, code, message FROM job_item JOIN image ON image.id = image_id
       WHERE job_id = ? AND outcome = 'failed' ORDER BY position LIMIT ? OFFSET ?`,
      id,
      limit,
      cursor,
    )
    .map((row) => ({
      imageId: row.image_id as ImageId,
      name: row.name,
      code: row.code,
      message: row.message,
    }));
  return { total, failures };
}

/** What the page shows of a job; rates come from the runner while it runs. */
export function jobStatus(
  store: Store,
  row: JobRow,
  live: { imagesPerSecond: number; secondsLeft: number | null } | null,
): JobStatus {
  const counts: Record<ItemOutcome, number> = {
    pending: 0,
    running: 0,
    done: 0,
    empty: 0,
    failed: 0,
    skipped: 0,
  };
  let proposals = 0;
  let doubtful = 0;
  for (const item of store.all<{ outcome: ItemOutcome; n: number; p: number; d: number }>(
    `SELECT outcome, count(*) AS n, sum(proposals) AS p, sum(doubtful > 0) AS d
     FROM job_item WHERE job_id = ? GROUP BY outcome`,
    row.id,
  )) {
    counts[item.outcome] = item.n;
    proposals += item.p;
    doubtful += item.d;
  }
  const latest = store.all<{ image_id: number }>(
    `SELECT image_id FROM job_item WHERE job_id = ? AND outcome IN ('done', 'empty')
     ORDER BY finished_at DESC LIMIT 8`,
    row.id,
  );
  const finished = counts.done + counts.empty + counts.failed + counts.skipped;
  return {
    id: row.id as JobId,
    title: row.title,
    state: row.state,
    reason: row.reason,
    total: finished + counts.pending + counts.running,
    done: counts.done,
    empty: counts.empty,
    failed: counts.failed,
    skipped: counts.skipped,
    doubtful,
    proposals,
    imagesPerSecond:
      live?.imagesPerSecond ??
      (row.busy_ms > 0 ? (counts.done + counts.empty) / (row.busy_ms / 1000) : 0),
    secondsLeft: live?.secondsLeft ?? null,
    provider: row.provider,
    stageMs: storedJson<{ [stage: string]: number }>(
      row.stage_ms,
      'object',
      `the times of job ${row.id}`,
    ),
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    interruptions: storedJson<string[]>(
      row.interruptions,
      'list',
      `the interruptions of job ${row.id}`,
    ),
    latest: latest.map((item) => item.image_id as ImageId),
    classNames: storedJson<string[]>(row.class_names, 'list', `the classes of job ${row.id}`),
    owner: row.owner,
  };
}

export function requestOf(row: JobRow): BatchRequest {
  return storedJson<BatchRequest>(row.request, 'object', `the request of job ${row.id}`);
}
