// Where a point lies to a box, before anything finer is asked.
import type { Box } from '../../../electron/api/types.ts';

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Whether a pixel is one of the box's. */
export const holdsPixel = ([left, top, width, height]: Box, { x, y }: Point): boolean =>
  x >= left && y >= top && x < left + width && y < top + height;

/** Whether a point is within `reach` of the rectangle between two corners, or inside of it. */
export const isWithinReach = (
  [left, top, right, bottom]: readonly [number, number, number, number],
  { x, y }: Point,
  reach: number,
): boolean => x >= left - reach && x <= right + reach && y >= top - reach && y <= bottom + reach;
