// Where a point lies to a box, before anything finer is asked.
import type { Box } from '../../../electron/api/types.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/**
 * Whether a pixel is one of the box's. Read by index: a pattern makes an iterator for each of a thousand boxes
 * at every move of the pointer.
 */
export const holdsPixel = (box: Box, { x, y }: Point): boolean =>
  x >= box[0] && y >= box[1] && x < box[0] + box[2] && y < box[1] + box[3];

/** Whether a point is within `reach` of the rectangle between two corners, or inside of it. */
export const isWithinReach = (
  [left, top, right, bottom]: readonly [number, number, number, number],
  { x, y }: Point,
  reach: number,
): boolean => x >= left - reach && x <= right + reach && y >= top - reach && y <= bottom + reach;
