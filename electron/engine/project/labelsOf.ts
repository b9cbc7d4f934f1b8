// The labels of several images: how many there are, and which are not locked. Rejected proposals are no labels.
import type { ImageId } from '../../api/types.ts';
import type { AnnotationRow } from './annotations.ts';
import type { Store } from './database/store.ts';

export interface LabelCount {
  /** Not locked. */
  readonly annotations: number;
  /** With one or more of those. */
  readonly images: number;
  readonly locked: number;
}

const OF_THEM = 'status <> 2 AND image_id IN (SELECT value FROM json_each(?))';

export function countLabels(store: Store, ids: readonly ImageId[]): LabelCount {
  return store.get<LabelCount>(
    `SELECT coalesce(sum(locked = 0), 0) AS annotations, coalesce(sum(locked), 0) AS locked,
       count(DISTINCT CASE WHEN locked = 0 THEN image_id END) AS images
     FROM annotation WHERE ${OF_THEM}`,
    JSON.stringify(ids),
  )!;
}

/** Those of the images with proposals that nobody has decided. */
export function undecidedOf(store: Store, ids: readonly ImageId[]): ImageId[] {
  return store
    .all<{ id: number }>(
      'SELECT id FROM image WHERE proposals > 0 AND id IN (SELECT value FROM json_each(?)) ORDER BY id',
      JSON.stringify(ids),
    )
    .map(({ id }) => id as ImageId);
}

/** Image by image. */
export function freeLabels(store: Store, ids: readonly ImageId[]): AnnotationRow[] {
  return store.all<AnnotationRow>(
    `SELECT * FROM annotation WHERE locked = 0 AND ${OF_THEM} ORDER BY image_id, seq`,
    JSON.stringify(ids),
  );
}
