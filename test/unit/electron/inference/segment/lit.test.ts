// Planes under clicks: places in their cells, parts above a cut, values between cells.
import { describe, expect, test } from 'vitest';
import {
  between,
  litParts,
  promptIn,
  resampled,
  type Plane,
} from '../../../../../electron/inference/segment/lit.ts';
import { bitmapFromMask } from '../../../../../electron/masks/runs/bitmap.ts';

/** Values by digits. */
function planeBy(...rows: string[]): Plane {
  const values = Float32Array.from([...rows.join('')], Number);
  return { width: rows[0]!.length, height: rows.length, values };
}
const shown = (plane: Plane, ...asked: [number, object]) => {
  const mask = litParts(plane, asked[0], asked[1] as never);
  if (mask === null) return null;
  const bits = bitmapFromMask(mask);
  return Array.from({ length: plane.height }, (_, y) =>
    Array.from({ length: plane.width }, (_, x) => (bits[y * plane.width + x] ? '#' : '.')).join(''),
  );
};

test('a prompt is told in cells of the plane', () => {
  const prompt = promptIn(
    { points: [{ x: 30, y: 50, adds: true }], box: [20, 30, 40, 8] },
    { width: 10, height: 5 },
    { x: 10, y: 20, width: 100, height: 20 },
  );
  expect(prompt).toEqual({ points: [{ x: 2, y: 7.5, adds: true }], box: [1, 2.5, 4, 2] });
  expect(
    promptIn(
      { points: [], box: null },
      { width: 1, height: 1 },
      { x: 0, y: 0, width: 1, height: 1 },
    ),
  ).toEqual({ points: [], box: null });
});

describe('the parts above a cut', () => {
  const plane = planeBy('50007', '50007', '00000', '03300');
  const adds = (x: number, y: number) => ({ x, y, adds: true });

  test('are those under the clicks; a value on the cut is not above it', () => {
    expect(shown(plane, 3, { points: [adds(0.5, 1.9)], box: null })).toEqual([
      ...['#....', '#....', '.....', '.....'],
    ]);
    expect(shown(plane, 2.9, { points: [adds(1.2, 3.5), adds(4.9, 0.1)], box: null })).toEqual([
      ...['....#', '....#', '.....', '.##..'],
    ]);
    expect(shown(plane, 3, { points: [adds(1.5, 3.5)], box: null })).toBeNull();
  });

  test('are all of them where no click adds', () => {
    const against = { x: 0.5, y: 0.5, adds: false };
    expect(shown(plane, 3, { points: [against], box: null })).toEqual([
      ...['#...#', '#...#', '.....', '.....'],
    ]);
    expect(shown(plane, 9, { points: [], box: null })).toBeNull();
  });

  test('end with the box: a cell is in it by its middle', () => {
    const inBox = (...box: number[]) =>
      shown(planeBy('5555', '5555', '5555'), 1, { points: [], box });
    expect(inBox(0.5, 0.5, 2, 1)).toEqual(['###.', '###.', '....']);
    expect(inBox(0.6, 0.6, 1.9, 1.9)).toEqual(['....', '.##.', '.##.']);
    expect(inBox(0.6, 0.5, 1.8, 0.9)).toEqual(['.#..', '....', '....']);
  });
});

describe('a value between cells', () => {
  const plane = planeBy('026', '482');

  test('is mixed from the four around it, by how near they are', () => {
    expect(between(plane, 0.5, 0.5)).toBe(0);
    expect(between(plane, 1, 0.5)).toBe(1);
    expect(between(plane, 0.5, 1)).toBe(2);
    expect(between(plane, 1.25, 0.75)).toBeCloseTo(0.25 * (0.75 * 2 - 2 * 0.75) + 2.875, 9);
    expect(between(plane, 2.5, 1.5)).toBe(2);
  });

  test('beside the plane is that of its border', () => {
    expect(between(plane, -3, -3)).toBe(0);
    expect(between(plane, 9, 0.5)).toBe(6);
    expect(between(plane, 0.5, 9)).toBe(4);
    expect(between(plane, 9, 1)).toBe(4);
  });

  test('makes a part of it at another size', () => {
    const part = resampled(plane, { x: 1, y: 0, width: 2, height: 1 }, 4, 2);
    expect([part.width, part.height]).toEqual([4, 2]);
    const all = resampled(plane, { x: 0, y: 0, width: 3, height: 2 }, 1, 4);
    expect([...all.values]).toEqual(
      [0.25, 0.75, 1.25, 1.75].map((y) => Math.fround(between(plane, 1.5, y))),
    );
    expect([...part.values]).toEqual(
      [0.25, 0.75].flatMap((y) =>
        [1.25, 1.75, 2.25, 2.75].map((x) => Math.fround(between(plane, x, y))),
      ),
    );
  });
});
