// One image as COCO from memory: what is saved when nothing can be written where the project lies.
import type { Annotation, Category, ImageRecord } from '../../../../electron/api/types.ts';

/** Masks as run lengths, exact. Rejected proposals are left out. */
export function cocoOf(
  image: Pick<ImageRecord, 'id' | 'name' | 'width' | 'height'>,
  annotations: readonly Annotation[],
  categories: readonly Category[],
) {
  const { id, name, width, height } = image;
  return {
    images: [{ id, file_name: name, width, height }],
    categories: categories.map((category) => ({
      id: category.id,
      name: category.name,
      supercategory: category.supercategory,
    })),
    annotations: annotations
      .filter(({ status }) => status !== 'rejected')
      .map((annotation, i) => ({
        id: i + 1,
        image_id: id,
        category_id: annotation.categoryId,
        iscrowd: annotation.isCrowd ? 1 : 0,
        area: annotation.area,
        bbox: annotation.box,
        segmentation: { size: [height, width], counts: [...annotation.mask.counts] },
      })),
  };
}
