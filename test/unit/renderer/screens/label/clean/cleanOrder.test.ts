// The order of the masks in the difference grid.
import { expect, it } from 'vitest';
import type { CleanTile } from '../../../../../../electron/api/review.ts';
import type { CategoryId } from '../../../../../../electron/api/types.ts';
import {
  inOrder,
  type CleanOrder,
} from '../../../../../../renderer/src/screens/label/clean/cleanOrder.ts';

const tile = (id: string, imageName: string, categoryId: number) =>
  ({ id, imageName, categoryId }) as unknown as CleanTile;
const TILES = [
  tile('a', 'img10.png', 2),
  tile('b', 'img9.png', 1),
  tile('c', 'img9.png', 2),
  tile('d', 'a/img1.png', 3),
];
const CLASSES = [3, 2, 1] as unknown as readonly CategoryId[];

it.each<[CleanOrder, string]>([
  ['change', 'abcd'],
  ['name', 'dbca'],
  ['class', 'dacb'],
])('of %s keeps the largest change first among what is alike', (order, wanted) => {
  expect(
    inOrder(TILES, order, CLASSES)
      .map(({ id }) => id)
      .join(''),
  ).toBe(wanted);
  expect(TILES.map(({ id }) => id).join('')).toBe('abcd');
});
