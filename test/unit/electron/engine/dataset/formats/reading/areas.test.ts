// Rings, turned rectangles and ellipses as programs write them, and what is no area.
import { describe, expect, test } from 'vitest';
import {
  axesRing,
  ellipseRing,
  isFiniteNumber,
  numberOf,
  rectangleRing,
  ringArea,
  ringOfPairs,
} from '../../../../../../../electron/engine/dataset/formats/reading/areas.ts';
import { area } from '../../../../../../../electron/masks/runs/rle.ts';

const rounded = (values: readonly number[]) =>
  values.map((value) => Math.round(value * 1e6) / 1e6 + 0);
const size = { width: 20, height: 12 };
const box = (x: number, y: number, w: number, h: number) => [
  x,
  y,
  x + w,
  y,
  x + w,
  y + h,
  x,
  y + h,
];

describe('the area of a ring', () => {
  test('is its inside without that of its holes', () => {
    expect(area(ringArea(box(2, 1, 10, 8), [], size))).toBe(80);
    expect(area(ringArea(box(2, 1, 10, 8), [box(3, 2, 3, 2), box(20, 20, 3, 3)], size))).toBe(74);
    // Two points hold nothing, so they are no hole.
    expect(area(ringArea(box(2, 1, 10, 8), [[3, 3, 9, 9]], size))).toBe(80);
    expect(area(ringArea(box(2, 1, 10, 8), [[2, 1, 12, 1, 12, 9]], size))).toBeLessThan(80);
  });

  test('needs three points and at most a million', () => {
    expect(() => ringArea([1, 1, 5, 5], [], size)).toThrow(/^has 2 points; an outline needs 3$/);
    expect(area(ringArea([0, 0, 8, 0, 0, 8], [], size))).toBeGreaterThan(20);
    const many = Array.from({ length: 2_000_002 }, () => 0);
    expect(() => ringArea(many, [], size)).toThrow(
      /^has 1000001 points; at most 1000000 are read$/,
    );
    expect(area(ringArea(many.slice(2), [], size))).toBe(0);
  });
});

describe('a rectangle', () => {
  const given = { x: 2, y: 3, width: 8, height: 4 };

  test('has its corners, turned clockwise about its middle or another place', () => {
    expect(rectangleRing(given)).toEqual([2, 3, 10, 3, 10, 7, 2, 7]);
    expect(rounded(rectangleRing(given, 90))).toEqual([8, 1, 8, 9, 4, 9, 4, 1]);
    expect(rounded(rectangleRing(given, 90, [2, 3]))).toEqual([2, 3, 2, 11, -2, 11, -2, 3]);
    expect(rounded(rectangleRing({ x: -1, y: -1, width: 2, height: 2 }, 30))).toEqual(
      rounded([
        ...[-Math.cos(Math.PI / 6) + 0.5, -0.5 - Math.cos(Math.PI / 6)],
        ...[Math.cos(Math.PI / 6) + 0.5, 0.5 - Math.cos(Math.PI / 6)],
        ...[Math.cos(Math.PI / 6) - 0.5, 0.5 + Math.cos(Math.PI / 6)],
        ...[-Math.cos(Math.PI / 6) - 0.5, -0.5 + Math.cos(Math.PI / 6)],
      ]),
    );
  });
});

describe('an ellipse', () => {
  test('has 128 corners, from its first half axis on', () => {
    const ring = ellipseRing([10, 20], [6, 3]);
    expect(ring).toHaveLength(256);
    expect(rounded(ring.slice(0, 2))).toEqual([16, 20]);
    expect(rounded(ring.slice(64, 66))).toEqual([10, 23]);
    expect(rounded(ring.slice(128, 130))).toEqual([4, 20]);
    for (let i = 0; i < ring.length; i += 2)
      expect(((ring[i]! - 10) / 6) ** 2 + ((ring[i + 1]! - 20) / 3) ** 2).toBeCloseTo(1, 9);
  });

  test('is turned clockwise', () => {
    const ring = ellipseRing([10, 20], [6, 3], 30);
    const [cos, sin] = [Math.cos(Math.PI / 6), Math.sin(Math.PI / 6)];
    expect(rounded(ring.slice(0, 2))).toEqual(rounded([10 + 6 * cos, 20 + 6 * sin]));
    expect(rounded(ring.slice(64, 66))).toEqual(rounded([10 - 3 * sin, 20 + 3 * cos]));
    expect(rounded(axesRing([0, 0], [1, 2], [3, -1]).slice(32, 34))).toEqual(
      rounded([(1 + 3) * Math.SQRT1_2, (2 - 1) * Math.SQRT1_2]),
    );
  });

  test('has radii', () => {
    for (const radii of [
      [0, 3],
      [3, 0],
      [-1, 2],
      [NaN, 2],
    ] as const)
      expect(() => ellipseRing([0, 0], radii)).toThrow(
        `is an ellipse with radii ${radii[0]} and ${radii[1]}`,
      );
  });
});

describe('lists of pairs and numbers', () => {
  test('are flat; what stands behind x and y is passed over', () => {
    expect(
      ringOfPairs([
        [1, 2],
        [3, 4, 9],
      ]),
    ).toEqual([1, 2, 3, 4]);
    expect(() => ringOfPairs(undefined)).toThrow('has no list of points');
    expect(() => ringOfPairs('1,2', 'corners')).toThrow('has no list of corners');
    for (const bad of [[[1]], [1, 2], [['1', 2]], [[1, null]]])
      expect(() => ringOfPairs(bad)).toThrow('has points that are no list of [x, y] pairs');
  });

  test('are finite', () => {
    expect(numberOf(-2.5, 'width')).toBe(-2.5);
    expect(() => numberOf(undefined, 'width')).toThrow('has no width: missing');
    expect(() => numberOf('x'.repeat(90), 'width')).toThrow(`has no width: "${'x'.repeat(39)}`);
    expect([1, NaN, Infinity, '1'].map((one) => isFiniteNumber(one as never))).toEqual([
      ...[true, false, false, false],
    ]);
  });
});
