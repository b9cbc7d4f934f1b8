// Items of a job: one row per image, taken in order, written down with how each ended.
import type { ErrorPayload } from '../../api/errors.ts';
import type { ImageId, JobId } from '../../api/types.ts';
import type { ItemOutcome, JobFailure } from '../../api/job.ts';
import type { Store } from '../project/database/store.ts';
import { columnsOf, errorOf, type ErrorColumns } from '../project/database/storedError.ts';

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
  readonly error?: ErrorPayload;
  readonly at?: string;
}

/** Writes how an item ended. Call inside the transaction that commits its annotations. */
export function finishItem(store: Store, id: JobId, imageId: ImageId, result: ItemResult): void {
  store.run(
    `UPDATE job_item SET outcome = ?, image_hash = ?, proposals = ?, doubtful = ?, message = ?, code = ?, data = ?, finished_at = ?
     WHERE job_id = ? AND image_id = ?`,
    result.outcome,
    result.imageHash ?? null,
    result.proposals ?? 0,
    result.doubtful ?? 0,
    ...columnsOf(result.error ?? null),
    result.at ?? null,
    id,
    imageId,
  );
}

/** Hash of the file that an item ended well with; null while it has not. */
export function endedWith(store: Store, id: JobId, imageId: ImageId): string | null {
  const row = store.get<{ hash: string | null }>(
    `SELECT image_hash AS hash FROM job_item
     WHERE job_id = ? AND image_id = ? AND outcome IN ('done', 'empty')`,
    id,
    imageId,
  );
  return row?.hash ?? null;
}

/** Failed items become pending again; returns how many. */
export function retryFailed(store: Store, id: JobId): number {
  return store.run(
    "UPDATE job_item SET outcome = 'pending', code = NULL, message = NULL, data = NULL WHERE job_id = ? AND outcome = 'failed'",
    id,
  ).changes;
}

/** Failures that a later try may not meet: a file or a disk that was away, a process that ended. */
const PASSING = ['IMAGE_MISSING', 'FOLDER_MISSING', 'INFERENCE_EXITED', 'INTERNAL'];

/** Items that failed for a reason that may have passed become pending again. */
export function retryPassing(store: Store, id: JobId): void {
  store.run(
    `UPDATE job_item SET outcome = 'pending', code = NULL, message = NULL, data = NULL WHERE job_id = ?
       AND outcome = 'failed' AND code IN (${PASSING.map(() => '?').join(', ')})`,
    id,
    ...PASSING,
  );
}

/** All images of a job, and those that have no result. */
export function itemsOf(store: Store, id: JobId): { all: Set<ImageId>; left: Set<ImageId> } {
  const rows = store.all<{ image: ImageId; outcome: ItemOutcome }>(
    'SELECT image_id AS image, outcome FROM job_item WHERE job_id = ?',
    id,
  );
  const left = rows.filter(({ outcome }) => outcome !== 'done' && outcome !== 'empty');
  return {
    all: new Set(rows.map(({ image }) => image)),
    left: new Set(left.map(({ image }) => image)),
  };
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
    .all<{ image_id: number; name: string } & ErrorColumns>(
      `SELECT image_id, name, message, code, data FROM job_item JOIN image ON image.id = image_id
       WHERE job_id = ? AND outcome = 'failed' ORDER BY position LIMIT ? OFFSET ?`,
      id,
      limit,
      cursor,
    )
    .map((row) => ({
      imageId: row.image_id as ImageId,
      name: row.name,
      ...errorOf(row, `why image ${row.image_id} failed in job ${id}`),
    }));
  return { total, failures };
}
