// Job rows: a job is a list of images to do, written down before the first is done, so that a crash loses
// at most the images in flight. items.ts has its items.
import { AppError, type ErrorPayload } from '../../api/errors.ts';
import { workError } from '../../api/said/workWords.ts';
import type { ImageId, JobId } from '../../api/types.ts';
import type { BatchRequest, JobState, JobStatus } from '../../api/job.ts';
import type { Store } from '../project/database/store.ts';
import { columnsOf } from '../project/database/storedError.ts';
import { storedJson } from '../project/database/storedJson.ts';
import { selectedImages } from './selection.ts';

/** Why a job is paused or failed. */
export interface ReasonColumns {
  reason: string | null;
  reason_code: string | null;
  /** JSON. */
  reason_data: string | null;
}

export interface JobRow extends ReasonColumns {
  id: string;
  position: number;
  state: JobState;
  owner: JobStatus['owner'];
  provider: string | null;
  started_at: string;
  finished_at: string | null;
  busy_ms: number;
  stage_ms: string;
  class_names: string;
  request: string;
  interruptions: string;
}

/** Writes the job and one pending item per image in one transaction. */
export function createJob(
  store: Store,
  job: {
    id: JobId;
    request: BatchRequest;
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
       VALUES (?, ?, '', 'waiting', ?, ?, ?, ?, ?, ?)`,
      job.id,
      position,
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

export function reasonColumns(why: ErrorPayload | null): ReasonColumns {
  const [reason, reason_code, reason_data] = columnsOf(why);
  return { reason, reason_code, reason_data };
}

interface JobStand {
  readonly state: JobState;
  readonly reason: ErrorPayload | null;
  readonly finishedAt: string | null;
}

export function setJobState(
  store: Store,
  id: JobId,
  { state, reason, finishedAt }: JobStand,
): void {
  store.run(
    'UPDATE job SET state = ?, reason = ?, reason_code = ?, reason_data = ?, finished_at = ? WHERE id = ?',
    state,
    ...columnsOf(reason),
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
      `UPDATE job SET state = 'paused', reason = ?, reason_code = ?, reason_data = ?
       WHERE state IN ('running', 'waiting')`,
      ...columnsOf(workError('JOB_STATE', { code: 'interrupted', values: [] })),
    );
  });
}

export function removeJob(store: Store, id: JobId): void {
  store.transaction(() => {
    store.run('DELETE FROM job_item WHERE job_id = ?', id);
    store.run('DELETE FROM job WHERE id = ?', id);
  });
}

export function requestOf(row: JobRow): BatchRequest {
  return storedJson<BatchRequest>(row.request, 'object', `the request of job ${row.id}`);
}

/** The first job in line. */
export function nextWaiting(store: Store): JobRow | undefined {
  return store.get<JobRow>("SELECT * FROM job WHERE state = 'waiting' ORDER BY position LIMIT 1");
}

/**
 * The job of an equal request that a start goes on with. In a window "start" after the end means "again";
 * a repeated command means "what is missing".
 */
export function sameRequest(
  store: Store,
  hash: string,
  owner: JobStatus['owner'],
): JobRow | undefined {
  const open = `'paused', 'waiting', 'running'${owner === 'commandLine' ? ", 'done', 'cancelled'" : ''}`;
  return store.get<JobRow>(
    `SELECT * FROM job WHERE request_hash = ? AND state IN (${open})
     ORDER BY position DESC LIMIT 1`,
    hash,
  );
}

export function setJobProvider(store: Store, id: JobId, provider: string): void {
  store.run('UPDATE job SET provider = ? WHERE id = ?', provider, id);
}
