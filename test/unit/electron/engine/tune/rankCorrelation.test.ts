// Whether rewards order tries as mIoU does: ranks with ties, and when nothing can be said.
import { expect, test } from 'vitest';
import { rankCorrelation, ranks } from '../../../../../electron/engine/tune/rankCorrelation.ts';

test('equal values share their rank, and nothing is said without spread', () => {
  expect(ranks([5, 1, 5])).toEqual([1.5, 0, 1.5]);
  expect(ranks([2, 7, 7, 7, 1])).toEqual([1, 3, 3, 3, 0]);
  expect(rankCorrelation([1, 1, 1], [1, 2, 3])).toBeNull();
  expect(rankCorrelation([1, 2, 3], [1, 1, 1])).toBeNull();
});

test('three pairs are the fewest that say something, and as many of the one as of the other', () => {
  expect(rankCorrelation([1, 2], [1, 2])).toBeNull();
  expect(rankCorrelation([1, 2, 3, 4], [1, 2, 3])).toBeNull();
  expect(rankCorrelation([1, 2, 3], [10, 20, 30])).toBe(1);
  // By hand: 1 - 6 * (1 + 1 + 0 + 0) / (4 * 15).
  expect(rankCorrelation([1, 2, 3, 4], [2, 1, 3, 4])).toBeCloseTo(0.8, 12);
});
