// Interpolated image positions: identity at the native grid, the recorded tables elsewhere.
import { expect, test } from 'vitest';
import {
  interpolatePositions,
  interpolatePositionsByTenths,
  interpolatePositionsLinearly,
} from '../../../../models/layers/positions.ts';

const grid = (
  side: number,
  width: number,
  value: (row: number, column: number, d: number) => number,
) => {
  const table = new Float32Array((1 + side * side) * width);
  for (let row = 0; row < side; row++)
    for (let column = 0; column < side; column++)
      for (let d = 0; d < width; d++)
        table[(1 + row * side + column) * width + d] = value(row, column, d);
  table.fill(9, 0, width);
  return table;
};

test('the native grid keeps the table', () => {
  const table = grid(3, 2, (row, column, d) => row * 10 + column + d / 2);
  expect(interpolatePositions(table, 3, 3, 3)).toEqual(table);
});

test('the class token keeps its row whatever the grid', () => {
  const table = grid(3, 2, (row) => row);
  expect([...interpolatePositions(table, 3, 5, 2).subarray(0, 2)]).toEqual([9, 9]);
});

test('a constant table stays constant, because the weights sum to 1', () => {
  const got = interpolatePositions(
    grid(4, 1, () => 2.5),
    4,
    7,
    3,
  );
  for (const value of got.subarray(1)) expect(value).toBeCloseTo(2.5, 6);
});

test('rows and columns are not exchanged on an oblong grid', () => {
  const byRow = interpolatePositions(
    grid(4, 1, (row) => row),
    4,
    2,
    8,
  ).subarray(1);
  for (let column = 1; column < 8; column++) expect(byRow[column]).toBeCloseTo(byRow[0] ?? NaN, 6);
  expect(byRow[8]).toBeGreaterThan(byRow[0] ?? NaN);
});

// torch.nn.functional.interpolate([0, 1], size=4, mode='bicubic', align_corners=False): by hand with
// a = -0.75 at t = 0.25 and 0.75: the outer weights are far(1 + t) and far(2 - t).
test('enlarging two samples gives the cubic convolution by hand', () => {
  const far = (x: number) => ((-0.75 * x + 3.75) * x - 6) * x + 3;
  const near = (x: number) => (1.25 * x - 2.25) * x * x + 1;
  const at = (t: number, samples: readonly number[]) =>
    [far(1 + t), near(t), near(1 - t), far(2 - t)].reduce(
      (sum, weight, i) => sum + weight * (samples[i] ?? NaN),
      0,
    );
  const got = interpolatePositions(
    grid(2, 1, (row) => row),
    2,
    4,
    2,
  );
  const column = [0, 1, 2, 3].map((row) => got[1 + 2 * row] as number);
  // Sources -0.25, 0.25, 0.75, 1.25 of the samples 0 and 1, the border repeated.
  const want = [
    at(0.75, [0, 0, 0, 1]),
    at(0.25, [0, 0, 1, 1]),
    at(0.75, [0, 0, 1, 1]),
    at(0.25, [0, 1, 1, 1]),
  ];
  column.forEach((value, row) => expect(value).toBeCloseTo(want[row] ?? NaN, 6));
});

test('every number of a position is mixed by the same weights', () => {
  const one = grid(3, 1, (row, column) => row * 10 + column ** 2);
  const three = grid(3, 3, (row, column, d) => row * 10 + column ** 2 + 100 * d);
  for (const resize of [
    interpolatePositions,
    interpolatePositionsLinearly,
    interpolatePositionsByTenths,
  ])
    for (const [rows, columns] of [
      [5, 4],
      [3, 5],
      [2, 3],
    ] as const) {
      const [alone, all] = [resize(one, 3, rows, columns), resize(three, 3, rows, columns)];
      for (let at = 1; at <= rows * columns; at++)
        for (let d = 0; d < 3; d++)
          expect(all[3 * at + d]).toBeCloseTo((alone[at] ?? NaN) + 100 * d, 3);
    }
});

test('by tenths the places are those of a grid that is a tenth larger', () => {
  const table = grid(2, 1, (row) => row);
  const [plain, tenths] = [
    interpolatePositions(table, 2, 4, 2),
    interpolatePositionsByTenths(table, 2, 4, 2),
  ];
  const rows = (got: Float32Array) => [0, 1, 2, 3].map((row) => got[1 + 2 * row] ?? NaN);
  // Sources lie before those of four rows, so they reach less far into the second sample.
  rows(tenths)
    .slice(1)
    .forEach((value, row) => expect(value).toBeLessThan(rows(plain)[row + 1]!));
  expect(rows(tenths)[3]).toBeGreaterThan(rows(tenths)[2]!);
});

test('a table of another size is refused', () => {
  expect(() => interpolatePositions(new Float32Array(7), 2, 3, 3)).toThrow('no table of 2x2');
});

// torch.nn.functional.interpolate([0, 1], size=4, mode='bilinear', align_corners=False).
test('bilinear enlarging of two samples repeats the border and mixes between', () => {
  const table = grid(2, 1, (row) => row);
  const got = interpolatePositionsLinearly(table, 2, 4, 2);
  expect([0, 1, 2, 3].map((row) => got[1 + 2 * row])).toEqual([0, 0.25, 0.75, 1]);
  expect(interpolatePositionsLinearly(table, 2, 2, 2)).toEqual(table);
});

// The same from 0 1 2 3 to 2: two samples at 0.5 and 2.5, those between are passed over.
test('bilinear shrinking takes the samples beside each source and no others', () => {
  const got = interpolatePositionsLinearly(
    grid(4, 1, (row) => row ** 2),
    4,
    2,
    4,
  );
  expect([got[1], got[5]]).toEqual([0.5, 6.5]);
});
