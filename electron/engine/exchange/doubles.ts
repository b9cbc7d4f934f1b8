// Masks that another one of their class already is, and which one of several stays.
import type { Annotation } from '../../api/types.ts';
import { intersect } from '../../masks/runs/combine.ts';
import { area } from '../../masks/runs/rle.ts';

/** Two masks of one class that are one. */
const SAME_IOU = 0.95;

/**
 * Every mask that is not the one of its kind to stay. Locked ones, decided ones, those that somebody described or drew
 * and larger ones stay before others; of equal ones the first.
 */
export function doublesIn(all: readonly Annotation[]): Annotation[] {
  const stay: Annotation[] = [];
  return all.toSorted(byWorth).filter((one) => {
    const isDouble = stay.some((other) => isSame(one, other));
    if (!isDouble) stay.push(one);
    return isDouble;
  });
}

function byWorth(a: Annotation, b: Annotation): number {
  const [left, right] = [worth(a), worth(b)];
  const at = left.findIndex((value, i) => value !== right[i]);
  return at < 0 ? 0 : right[at]! - left[at]!;
}

const worth = (one: Annotation): number[] => [
  Number(one.locked),
  Number(one.status === 'accepted'),
  Number(one.details !== undefined),
  Number(one.edited || one.origin === 'user'),
  one.area,
];

function isSame(a: Annotation, b: Annotation): boolean {
  if (a.categoryId !== b.categoryId || !boxesMeet(a.box, b.box)) return false;
  // Masks can only be one where they are about as large.
  if (Math.min(a.area, b.area) < SAME_IOU * Math.max(a.area, b.area)) return false;
  const shared = area(intersect(a.mask, b.mask));
  return shared > SAME_IOU * (a.area + b.area - shared);
}

export const boxesMeet = (
  [ax, ay, aw, ah]: Annotation['box'],
  [bx, by, bw, bh]: Annotation['box'],
): boolean => ax < bx + bw && bx < ax + aw && ay < by + bh && by < ay + ah;
