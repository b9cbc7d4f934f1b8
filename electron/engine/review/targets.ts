// Images that a selection is proposed on: the next ones in name order, those where the model saw
// something that looks alike, or some that were picked. Reviewed images are done and none of them.
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Annotation, CategoryId, ImageId } from '../../api/types.ts';
import { lookIn, partsIn } from '../prelabel/looks.ts';
import { overlaps } from '../prelabel/proposals.ts';
import { IMAGE_STATUS_CODES } from '../project/database/schema.ts';
import type { Store } from '../project/database/store.ts';
import { unlikeness } from './alike.ts';

const ROWS_PER_TURN = 500;

/** The next images after `from` that are not reviewed; no way around to the first. */
export function nextImages(store: Store, from: ImageId, count: number): ImageId[] {
  return store
    .all<{ id: ImageId }>(
      `SELECT id FROM image WHERE status <> ? AND
         (sort, id) > (SELECT sort, id FROM image WHERE id = ?) ORDER BY sort, id LIMIT ?`,
      IMAGE_STATUS_CODES.reviewed,
      from,
      count,
    )
    .map(({ id }) => id);
}

/** Of picked images those that are not reviewed, in name order. */
export function pickedImages(store: Store, from: ImageId, picked: readonly ImageId[]): ImageId[] {
  return store
    .all<{ id: ImageId }>(
      `SELECT id FROM image WHERE status <> ? AND id <> ? AND
         id IN (SELECT value FROM json_each(?)) ORDER BY sort, id`,
      IMAGE_STATUS_CODES.reviewed,
      from,
      JSON.stringify(picked),
    )
    .map(({ id }) => id);
}

/** Images with parts of the class that look like one of these objects, the most like first; null: no look is known. */
export async function alikeImages(
  store: Store,
  from: ImageId,
  objects: readonly Annotation[],
  { count, signal }: { readonly count: number; readonly signal: AbortSignal },
): Promise<ImageId[] | null> {
  const known = objects.flatMap((object) => {
    const look = ownLook(store, from, object);
    return look ? [{ categoryId: object.categoryId, look }] : [];
  });
  if (known.length === 0) return null;
  const nearest = new Map<ImageId, number>();
  for (const { categoryId, look } of known)
    for (const [place, row] of latestParts(store, categoryId).entries()) {
      if (place % ROWS_PER_TURN === ROWS_PER_TURN - 1) {
        await nextTurn();
        signal.throwIfAborted();
      }
      if (row.imageId === from) continue;
      for (const part of partsIn(row.looks)) {
        const distance = unlikeness(look, part.look);
        if (distance < (nearest.get(row.imageId) ?? 1)) nearest.set(row.imageId, distance);
      }
    }
  return [...nearest]
    .sort(([a, near], [b, far]) => near - far || a - b)
    .slice(0, count)
    .map(([id]) => id);
}

/** The look of an object as the model saw it: its own run's, or that of the part it lies on. */
function ownLook(store: Store, imageId: ImageId, object: Annotation): Uint8Array | null {
  const own = store.get<{ looks: Uint8Array | null }>(
    'SELECT looks FROM run_class WHERE run_id = ? AND category_id = ?',
    object.runId,
    object.categoryId,
  );
  const exact = own?.looks ? lookIn(own.looks, object.box) : null;
  if (exact) return exact;
  const here = latestParts(store, object.categoryId).find((row) => row.imageId === imageId);
  const parts = here ? partsIn(here.looks) : [];
  return parts.find(({ box }) => overlaps(box, object.box))?.look ?? null;
}

/** What the latest run of each image that is not reviewed saw of a class. */
function latestParts(
  store: Store,
  categoryId: CategoryId,
): readonly { readonly imageId: ImageId; readonly looks: Uint8Array }[] {
  return store.all<{ imageId: ImageId; looks: Uint8Array }>(
    `SELECT run.image_id AS imageId, run_class.looks AS looks FROM run_class
     JOIN run ON run.id = run_class.run_id JOIN image ON image.id = run.image_id
     WHERE run_class.category_id = ? AND run_class.looks IS NOT NULL AND image.status <> ?
       AND run.id = (SELECT id FROM run AS other WHERE other.image_id = image.id
                     ORDER BY at DESC LIMIT 1)
     ORDER BY image.sort, image.id`,
    categoryId,
    IMAGE_STATUS_CODES.reviewed,
  );
}
