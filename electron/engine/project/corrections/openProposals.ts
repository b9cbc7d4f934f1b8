// Proposals that nobody has touched, by the run that they came from.
import type { CategoryId, ImageId, RunId } from '../../../api/types.ts';
import type { Store } from '../database/store.ts';

export interface OpenTarget {
  readonly imageId: ImageId;
  readonly runId: RunId;
}

const UNTOUCHED = `annotation.status = 0 AND annotation.origin = 1 AND annotation.edited = 0
  AND annotation.locked = 0`;

/** Images with untouched proposals of a run, and that run. */
export const openTargets = (store: Store): OpenTarget[] =>
  store.all<OpenTarget>(
    `SELECT DISTINCT annotation.image_id AS imageId, annotation.run_id AS runId FROM annotation
     JOIN image ON image.id = annotation.image_id
     WHERE ${UNTOUCHED} AND run_id IS NOT NULL ORDER BY image.sort, image.id`,
  );

/** Classes of these proposals. */
export const openClasses = (store: Store, { imageId, runId }: OpenTarget): CategoryId[] =>
  store
    .all<{ id: CategoryId }>(
      `SELECT DISTINCT category_id AS id FROM annotation
       WHERE image_id = ? AND run_id = ? AND ${UNTOUCHED}`,
      imageId,
      runId,
    )
    .map(({ id }) => id);

/** How many of these images have proposals that nobody decided on. */
export const countOpen = (store: Store, images: readonly ImageId[]): number =>
  store.get<{ n: number }>(
    `SELECT count(DISTINCT image_id) AS n FROM annotation
     WHERE status = 0 AND image_id IN (SELECT value FROM json_each(?))`,
    JSON.stringify(images),
  )!.n;
