// Which annotations an image gets in each COCO profile: as they are, one per class, or one per part.
import { unionAll } from '../../../masks/runs/combine.ts';
import { components } from '../../../masks/regions/components.ts';
import type { DatasetAnnotation, DatasetImage } from '../types.ts';

/**
 * coco: exact. coco-polygon: polygons only, holes by bridges. stuff: one RLE annotation per class and
 * image. instances: one exact annotation per connected component.
 */
export type CocoProfile = 'coco' | 'coco-polygon' | 'stuff' | 'instances';

/** The annotations as the profile wants them. */
export function arrange(image: DatasetImage, profile: CocoProfile): readonly DatasetAnnotation[] {
  if (profile === 'instances')
    return image.annotations.flatMap((annotation) => {
      const parts = components(annotation.mask, 8);
      // A split annotation is no longer the one that had the id.
      return parts.length <= 1
        ? [annotation]
        : parts.map((mask) => ({ ...annotation, id: null, mask }));
    });
  if (profile !== 'stuff') return image.annotations;
  const byCategory = new Map<number, DatasetAnnotation[]>();
  for (const annotation of image.annotations) {
    const same = byCategory.get(annotation.categoryId);
    if (same) same.push(annotation);
    else byCategory.set(annotation.categoryId, [annotation]);
  }
  return [...byCategory]
    .sort(([a], [b]) => a - b)
    .map(([, same]): DatasetAnnotation => {
      const scores = same.flatMap((annotation) => annotation.score ?? []);
      return {
        ...same[0]!,
        id: same.length === 1 ? same[0]!.id : null,
        mask: unionAll(
          same.map((annotation) => annotation.mask),
          image.width,
          image.height,
        ),
        score: scores.length === 0 ? null : Math.max(...scores),
        isCrowd: false,
        extra: same.length === 1 ? same[0]!.extra : {},
      };
    });
}
