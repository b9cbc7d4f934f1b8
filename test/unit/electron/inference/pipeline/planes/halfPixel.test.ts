// Stretching with half-pixel centres, against the formula at every sample.
import { describe, expect, test } from 'vitest';
import {
  addStretched,
  stretched,
  type Grid,
} from '../../../../../../electron/inference/pipeline/planes/halfPixel.ts';
import { randomFrom } from '../../../../../helpers/fixtures/random.ts';

const random = randomFrom(6);
const gridOf = (columns: number, rows: number): Grid => ({
  rows,
  columns,
  data: Float32Array.from({ length: rows * columns }, () => random()),
});

function valueAt({ data, rows, columns }: Grid, x: number, y: number): number {
  const inside = (at: number, length: number) => Math.min(length - 1, Math.max(0, at));
  const value = (column: number, row: number) =>
    data[inside(row, rows) * columns + inside(column, columns)]!;
  const [left, top] = [Math.floor(x), Math.floor(y)];
  const [across, down] = [x - left, y - top];
  return (
    (value(left, top) * (1 - across) + value(left + 1, top) * across) * (1 - down) +
    (value(left, top + 1) * (1 - across) + value(left + 1, top + 1) * across) * down
  );
}

describe('a grid', () => {
  test.each([
    [3, 2, 10, 7],
    [2, 5, 3, 4],
    [1, 1, 4, 3],
    [6, 4, 6, 8],
    [6, 4, 12, 4],
  ])('of %d x %d is stretched to %d x %d', (columns, rows, width, height) => {
    const grid = gridOf(columns, rows);
    const made = stretched(grid, width, height);
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++)
        expect(made[y * width + x]).toBeCloseTo(
          valueAt(grid, ((x + 0.5) * columns) / width - 0.5, ((y + 0.5) * rows) / height - 0.5),
          5,
        );
  });

  test('of the size asked for is a copy', () => {
    const grid = gridOf(4, 3);
    const made = stretched(grid, 4, 3);
    expect(made).toEqual(grid.data);
    expect(made).not.toBe(grid.data);
  });

  test('is added to a part of a plane, the rest of which stays', () => {
    const grid = gridOf(2, 3);
    const plane = { data: new Float32Array(9 * 8).fill(10), width: 9 };
    addStretched(grid, { y1: 2, x1: 3, y2: 7, x2: 8 }, plane);
    const alone = stretched(grid, 5, 5);
    plane.data.forEach((value, at) => {
      const [x, y] = [(at % 9) - 3, Math.floor(at / 9) - 2];
      const inside = x >= 0 && x < 5 && y >= 0 && y < 5;
      expect(value).toBeCloseTo(inside ? 10 + alone[y * 5 + x]! : 10, 5);
    });
  });
});
