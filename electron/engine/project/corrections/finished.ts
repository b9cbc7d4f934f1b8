// Finished images in the project's own tables: which there are, when they were finished, how much in doubt they were.
import type { ImageId, RunId } from '../../../api/types.ts';
import { IMAGE_STATUS_CODES } from '../database/schema.ts';
import type { Store } from '../database/store.ts';

export interface FinishedImage {
  readonly imageId: ImageId;
  readonly revision: number;
  /** ISO time. */
  readonly reviewedAt: string;
}

const FINISHED = `image.status = ${IMAGE_STATUS_CODES.reviewed} AND image.accepted > 0 AND image.missing = 0`;

/** Finished images with accepted masks, the latest first. */
export const finishedImages = (store: Store): FinishedImage[] =>
  store.all<FinishedImage>(
    `SELECT id AS imageId, revision, coalesce(reviewed_at, '') AS reviewedAt FROM image
     WHERE ${FINISHED} ORDER BY reviewed_at DESC, id DESC`,
  );

export const countFinished = (store: Store): number =>
  store.get<{ n: number }>(`SELECT count(*) AS n FROM image WHERE ${FINISHED}`)!.n;

/**
 * How much in doubt the model's masks of each image were, whatever became of them. The flag is left out: it is taken
 * off what a person has changed.
 */
export function doubtByImage(store: Store): Map<number, number> {
  const rows = store.all<{ id: number; doubt: number }>(
    `SELECT image_id AS id, max(doubt - doubtful) AS doubt FROM annotation WHERE origin = 1 GROUP BY image_id`,
  );
  return new Map(rows.map(({ id, doubt }) => [id, doubt]));
}

/** Looks of a run's masks as one text; empty where none are kept. */
export function looksOfRun(store: Store, runId: RunId): string {
  const rows = store.all<{ looks: string | null }>(
    'SELECT hex(looks) AS looks FROM run_class WHERE run_id = ? AND looks IS NOT NULL ORDER BY category_id',
    runId,
  );
  return rows.map(({ looks }) => looks ?? '').join(' ');
}

/** Names of the maps of each finished image's latest run, the latest finished first. */
export const mapsOfFinished = (store: Store): string[] =>
  store
    .all<{ key: string | null }>(
      `SELECT json_extract(run.summary, '$.cacheKey') AS key, max(run.at) FROM image
       JOIN run ON run.image_id = image.id WHERE ${FINISHED}
       GROUP BY image.id ORDER BY image.reviewed_at DESC, image.id DESC`,
    )
    .flatMap(({ key }) => key ?? []);
