// Resizing as one matrix per axis: aligned corners, cubic, node rounding.
import { describe, expect, test } from 'vitest';
import {
  applyOperators,
  bicubicOperator,
  bilinearOperator,
  segmentOperator,
  smoothed,
} from '../../../../../../electron/inference/pipeline/planes/axisOperator.ts';

const line = (
  operator: ReturnType<typeof bilinearOperator>,
  cells: readonly number[],
): number[] => [...applyOperators(cells, bilinearOperator(1, 1), operator)];

describe('bilinear with aligned corners', () => {
  test('meets the first and last cell and is straight between', () => {
    expect(line(bilinearOperator(7, 3), [0, 3, 9])).toEqual([0, 1, 2, 3, 5, 7, 9]);
  });

  test('of the same length is the identity', () => {
    expect(line(bilinearOperator(4, 4), [5, 1, 4, 2])).toEqual([5, 1, 4, 2]);
  });

  test.each([
    [1, [5]],
    [3, [5]],
  ])('of one cell to %i samples repeats it', (length, cells) => {
    expect(line(bilinearOperator(length, 1), cells)).toEqual(Array<number>(length).fill(5));
  });

  test('of several cells to one sample takes the first', () => {
    expect(line(bilinearOperator(1, 3), [4, 5, 6])).toEqual([4]);
  });
});

describe('rounding of positions', () => {
  test('decides whether the last sample reaches the last node, as in the published runs', () => {
    // 6/83 as a 32-bit number is a little too small: 83 times it stays under 6.
    const leak = (rounding: 'exact' | 'single' | 'double') =>
      line(bilinearOperator(84, 7, rounding), [0, 0, 0, 0, 0, 1, 0])[83] as number;
    expect(leak('exact')).toBe(0);
    expect(leak('single')).toBe(0);
    expect(leak('double')).toBeGreaterThan(0);
    expect(leak('double')).toBeLessThan(1e-6);
  });
});

describe('bicubic', () => {
  test('passes through the cells and keeps constants', () => {
    const cells = [2, 7, 1, 5];
    const fine = line(bicubicOperator(10, 4), cells);
    expect(
      [fine[0], fine[3], fine[6], fine[9]].map((v) => Math.round((v as number) * 1e6) / 1e6),
    ).toEqual(cells);
    for (const value of line(bicubicOperator(11, 4), [3, 3, 3, 3])) expect(value).toBeCloseTo(3, 6);
  });
});

test('bicubic halfway between cells is 19/32 of the two beside it and -3/32 of the next ones', () => {
  const step = (at: number, sample: number) =>
    line(
      bicubicOperator(7, 4),
      [0, 1, 2, 3].map((cell) => Number(cell === at)),
    )[sample];
  // Sample 3 lies between cells 1 and 2; sample 1 has cell 0 in place of what is outside too.
  expect([0, 1, 2, 3].map((cell) => step(cell, 3))).toEqual([-3, 19, 19, -3].map((n) => n / 32));
  expect([0, 1, 2, 3].map((cell) => step(cell, 1))).toEqual([16, 19, -3, 0].map((n) => n / 32));
});

describe('segments', () => {
  test('tell samples on nodes from those between', () => {
    expect(line(segmentOperator(5, 3), [10, 20, 30, 40, 50])).toEqual([10, 20, 30, 40, 50]);
    expect(line(segmentOperator(7, 3), [1, 2, 3, 4, 5])).toEqual([1, 2, 2, 3, 4, 4, 5]);
  });
});

describe('a smoothed operator', () => {
  test('equals resizing first and smoothing after', () => {
    const cells = [0, 4, 1, 7, 2];
    const sigma = 3;
    const both = line(smoothed(bilinearOperator(33, 5), sigma), cells);
    const resized = line(bilinearOperator(33, 5), cells);
    const after = line(smoothed(bilinearOperator(33, 33), sigma), resized);
    both.forEach((value, at) => expect(value).toBeCloseTo(after[at] as number, 5));
  });

  test('with no deviation is the operator itself', () => {
    const operator = bilinearOperator(5, 2);
    expect(smoothed(operator, 0)).toBe(operator);
  });
});
