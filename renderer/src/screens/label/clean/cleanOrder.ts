// The order of the masks in the difference grid.
import type { CleanTile } from '../../../../../electron/api/review.ts';
import type { CategoryId } from '../../../../../electron/api/types.ts';

export const CLEAN_ORDERS = ['change', 'name', 'class'] as const;
export type CleanOrder = (typeof CLEAN_ORDERS)[number];

/** `tiles` come with the largest change first, which also decides between what is else alike. */
export function inOrder(
  tiles: readonly CleanTile[],
  order: CleanOrder,
  classes: readonly CategoryId[],
): readonly CleanTile[] {
  if (order === 'change') return tiles;
  if (order === 'class')
    return tiles.toSorted((a, b) => classes.indexOf(a.categoryId) - classes.indexOf(b.categoryId));
  const names = new Intl.Collator(undefined, { numeric: true });
  return tiles.toSorted((a, b) => names.compare(a.imageName, b.imageName));
}
