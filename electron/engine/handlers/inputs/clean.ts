// Cleaning up masks of a class.
import * as v from 'valibot';
import { annotationId, categoryId, MAX_IDS, whole } from './scalars.ts';

const pixels = (least: number, most: number) =>
  v.pipe(v.number(), v.minValue(least), v.maxValue(most));

export const reviewClean = v.object({
  categoryId,
  settings: v.object({
    islandsPx: whole(0, 1_000_000),
    holesPx: whole(0, 1_000_000),
    smoothPx: pixels(0, 100),
    growPx: pixels(-100, 100),
    simplifyPx: pixels(0, 100),
    overlap: v.picklist(['keep', 'order', 'salience']),
  }),
  accepted: v.boolean(),
  vanishing: v.picklist(['keep', 'delete']),
  leave: v.pipe(v.array(annotationId), v.maxLength(MAX_IDS)),
  dryRun: v.boolean(),
  tiles: whole(0, 60),
});
