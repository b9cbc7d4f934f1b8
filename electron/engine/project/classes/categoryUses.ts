// What has a class, in all images.
import type { Annotation, CategoryId, ImageId } from '../../../api/types.ts';
import type { AnnotationRow } from '../annotations.ts';
import { toAnnotation } from '../annotations.ts';
import type { Store } from '../database/store.ts';

export interface CategoryUses {
  readonly annotations: number;
  readonly accepted: number;
  readonly images: number;
}

/** Counts; rejected proposals are nobody's objects any more and are left out. */
export function categoryUses(store: Store, id: CategoryId): CategoryUses {
  return store.get<CategoryUses>(
    `SELECT count(*) AS annotations, coalesce(sum(status = 1), 0) AS accepted,
       count(DISTINCT image_id) AS images
     FROM annotation WHERE category_id = ? AND status <> 2`,
    id,
  )!;
}

/** All annotations of a class, rejected ones too, image by image. */
export function annotationsIn(store: Store, id: CategoryId): Map<ImageId, Annotation[]> {
  const perImage = new Map<ImageId, Annotation[]>();
  for (const row of store.iterate<AnnotationRow>(
    'SELECT * FROM annotation WHERE category_id = ? ORDER BY image_id',
    id,
  )) {
    const imageId = row.image_id as ImageId;
    const annotations = perImage.get(imageId) ?? [];
    annotations.push(toAnnotation(row));
    perImage.set(imageId, annotations);
  }
  return perImage;
}

/** Annotations of a class of which something is said besides class and mask. */
export function detailedIn(
  store: Store,
  id: CategoryId,
): { readonly imageId: ImageId; readonly annotation: Annotation }[] {
  return store
    .all<AnnotationRow>(
      'SELECT * FROM annotation WHERE category_id = ? AND details IS NOT NULL ORDER BY image_id, seq',
      id,
    )
    .map((row) => ({ imageId: row.image_id as ImageId, annotation: toAnnotation(row) }));
}

/** How many objects of a class have a value of each name. */
export function fieldUses(store: Store, id: CategoryId): { name: string; count: number }[] {
  return store.all<{ name: string; count: number }>(
    `SELECT v.key AS name, count(*) AS count
     FROM annotation AS a, json_each(a.details, '$.values') AS v
     WHERE a.category_id = ? AND a.status <> 2 AND a.details IS NOT NULL
     GROUP BY v.key ORDER BY v.key`,
    id,
  );
}

/** Images that can be read and have a class, accepted or proposed, in the order of ids. */
export function imagesWithClasses(store: Store): ImageId[] {
  return store
    .all<{ id: ImageId }>(
      `SELECT DISTINCT image_id AS id FROM annotation JOIN image ON image.id = image_id
       WHERE annotation.status != 2 AND image.missing = 0 AND image.problem IS NULL ORDER BY image_id`,
    )
    .map(({ id }) => id);
}
