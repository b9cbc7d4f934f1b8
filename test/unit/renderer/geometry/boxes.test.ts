// Pixels of a box, and what is near it: the first one, the last one, and the reach itself.
import { expect, it } from 'vitest';
import { holdsPixel, isWithinReach } from '../../../../renderer/src/geometry/boxes.ts';

it.each([
  [3, 5, true],
  [2, 5, false],
  [3, 4, false],
  [6, 6, true],
  [7, 6, false],
  [6, 7, false],
  [9, 9, false],
  [0, 0, false],
])('pixel (%d, %d) of a box of 4 x 2 at (3, 5): %s', (x, y, holds) => {
  expect(holdsPixel([3, 5, 4, 2], { x, y })).toBe(holds);
});

it.each([
  [5, 6, true],
  [1, 6, true],
  [0.9, 6, false],
  [9, 6, true],
  [9.1, 6, false],
  [5, 3, true],
  [5, 2.9, false],
  [5, 9, true],
  [5, 9.1, false],
])('(%d, %d) is within 2 of the rectangle from (3, 5) to (7, 7): %s', (x, y, isNear) => {
  expect(isWithinReach([3, 5, 7, 7], { x, y }, 2)).toBe(isNear);
});
