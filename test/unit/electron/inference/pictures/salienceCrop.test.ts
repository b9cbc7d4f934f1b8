// A crop under its map: which patch a place has, and what becomes of a pixel.
import { describe, expect, test } from 'vitest';
import { emberTable } from '../../../../../electron/api/rules/ember.ts';
import { mapAt, underSalience } from '../../../../../electron/inference/pictures/salienceCrop.ts';

describe('the patch at a place', () => {
  const map = { rows: 2, columns: 3, values: Uint8Array.of(1, 2, 3, 4, 5, 6) } as never;
  test('is found by shares of the sides; the border belongs to the last', () => {
    expect(mapAt(map, 0, 0)).toBe(1);
    expect(mapAt(map, 0.34, 0)).toBe(2);
    expect(mapAt(map, 0.33, 0.49)).toBe(1);
    expect(mapAt(map, 0.67, 0.5)).toBe(6);
    expect(mapAt(map, 1, 1)).toBe(6);
    expect(mapAt(map, -0.1, -0.1)).toBe(1);
    expect(mapAt(map, 1.5, -2)).toBe(3);
  });
});

test('a pixel is greyed and darkened, with ember over it as far as its patch is salient', () => {
  const rgb = Uint8Array.of(200, 100, 50, 200, 100, 50, 10, 20, 30, 250, 250, 250);
  const values = [0, 255, 128, 64];
  const seen = underSalience(rgb, { width: 2, height: 2 }, (x, y) => values[2 * y + x]!);
  const expected = values.flatMap((value, at) => {
    const pixel = [...rgb.subarray(3 * at, 3 * at + 3)];
    const grey = 0.2126 * pixel[0]! + 0.7152 * pixel[1]! + 0.0722 * pixel[2]!;
    const alpha = 0.86 * (value / 255) ** 0.75;
    return pixel.map((one, channel) => {
      const photo = 0.62 * (0.85 * grey + 0.15 * one);
      return Math.floor(photo * (1 - alpha) + alpha * emberTable[3 * value + channel]!);
    });
  });
  seen.forEach((value, at) => expect(Math.abs(value - expected[at]!)).toBeLessThanOrEqual(1));
  expect(seen[0]).toBe(Math.floor(0.62 * (0.85 * 117.65 + 30)));
});
