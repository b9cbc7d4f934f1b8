// Which mask is shown first, which are shown at all.
import { expect, test } from 'vitest';
import { choicesOf, overlapOf } from '../../../../../electron/inference/segment/choices.ts';

const CELLS = 16;
/** Masks whose first `count` cells are inside, by `sure`. */
function masks(counts: readonly number[], iou: readonly number[], sure = 5) {
  const logits = new Float32Array(counts.length * CELLS).fill(-sure);
  counts.forEach((count, mask) => logits.fill(sure, mask * CELLS, mask * CELLS + count));
  return { logits, iou: Float32Array.from(iou) };
}
const order = (...asked: Parameters<typeof choicesOf>) =>
  choicesOf(...asked).map(({ candidate }) => candidate);

test('one click shows the best of the masks made for it, a clear prompt the one made for that', () => {
  const made = masks([4, 2, 8, 16], [0.99, 0.5, 0.8, 0.7]);
  expect(order(made, true)).toEqual([2, 0, 3, 1]);
  expect(order(made, false)).toEqual([0, 2, 3, 1]);
});

test('masks that a person cannot tell apart are shown once', () => {
  expect(order(masks([8, 2, 8, 16], [0.6, 0.5, 0.9, 0.7]), true)).toEqual([2, 3, 1]);
  // Two empty masks are the same as well.
  expect(order(masks([0, 0, 0, 0], [0.1, 0.2, 0.3, 0.4]), true)).toEqual([3]);
});

test('estimates that leave 0 to 1 are held there, and steadiness is that of the mask', () => {
  const [first, second] = choicesOf(masks([4, 8], [1.4, -0.2], 0.5), false);
  expect(first).toEqual({ candidate: 0, fit: 1, steady: 0 });
  expect(second).toEqual({ candidate: 1, fit: 0, steady: 0 });
});

test('overlap counts what is above 0', () => {
  expect(overlapOf(Float32Array.of(1, 1, -1, 0), Float32Array.of(1, -1, 1, 0))).toBeCloseTo(1 / 3);
});
