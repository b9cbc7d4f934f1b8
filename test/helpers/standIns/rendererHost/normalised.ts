// What the small engine takes on trust of a change: nothing that follows from image and mask, as the real one.
import { AppError } from '../../../../electron/api/errors.ts';
import type { AnnotationChange, ImageRecord } from '../../../../electron/api/types.ts';
import { measureMask } from '../../../../electron/masks/runs/measure.ts';
import type { HostState } from './state.ts';

export function normalised(
  change: AnnotationChange,
  image: ImageRecord,
  { categories }: Pick<HostState, 'categories'>,
): AnnotationChange {
  const { after } = change;
  if (after === null) return change;
  const { mask, categoryId } = after;
  if (mask.width !== image.width || mask.height !== image.height)
    throw new AppError(
      'BAD_REQUEST',
      `The mask of ${change.id} has not the size of ${image.name}.`,
    );
  const { area, box } = measureMask(mask);
  if (area === 0) throw new AppError('BAD_REQUEST', `The mask of ${change.id} has no pixels.`);
  if (!categories.some(({ id }) => id === categoryId))
    throw new AppError('CATEGORY_UNKNOWN', `There is no class ${categoryId}.`);
  return { ...change, after: { ...after, area, box } };
}
