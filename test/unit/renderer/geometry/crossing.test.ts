// A line that crosses itself is told of, where it does; one that only touches itself is not.
import { expect, it } from 'vitest';
import { crossingOf } from '../../../../renderer/src/geometry/crossing.ts';

it('finds the first place where the line crosses itself', () => {
  expect(crossingOf([0, 0, 10, 0, 10, 10, 5, 10, 5, -5])).toEqual({ x: 5, y: 0 });
  expect(crossingOf([0, 0, 4, 4, 4, 0, 0, 4])).toEqual({ x: 2, y: 2 });
});

it('passes what turns, touches or lies beside itself', () => {
  expect(crossingOf([])).toBe(null);
  expect(crossingOf([0, 0, 10, 0, 10, 10, 0, 10, 0, 1])).toBe(null);
  // Back to a point of its own, and along a side of its own.
  expect(crossingOf([0, 0, 10, 0, 10, 10, 10, 0, 20, 5])).toBe(null);
  expect(crossingOf([0, 0, 10, 0, 10, 5, 10, 0, 0, 0])).toBe(null);
  expect(crossingOf([0, 0, 10, 0, 10, 10, 5, 10, 5, 0])).toBe(null);
});

it('answers from what it knows, and does not look through endless lines', () => {
  const points = [0, 0, 4, 4, 4, 0, 0, 4];
  expect(crossingOf(points)).toBe(crossingOf(points));
  const long = Array.from({ length: 3002 }, (_, i) => (i % 2 === 0 ? (i * 7) % 13 : (i * 5) % 11));
  expect(crossingOf(long)).toBe(null);
});
