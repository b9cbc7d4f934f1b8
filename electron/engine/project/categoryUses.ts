// What has a class, in all images.
import type { Annotation, CategoryId, ImageId } from '../../api/types.ts';
import type { AnnotationRow } from './annotations.ts';
import { toAnnotation } from './annotations.ts';
import type { Store } from './store.ts';

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
