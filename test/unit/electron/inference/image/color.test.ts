// Normalised planes and the ember colours.
import { describe, expect, test } from 'vitest';
import { normaliseToChw } from '../../../../../electron/inference/image/color.ts';
import { emberColours, emberTable } from '../../../../../electron/inference/image/ember.ts';

describe('normalising', () => {
  test('puts channels into planes, minus mean, over deviation, in 32-bit steps', () => {
    const planes = normaliseToChw(Uint8Array.of(0, 255, 51, 255, 0, 102), 2, {
      mean: [0.5, 0.25, 0.2],
      std: [0.5, 0.25, 0.1],
    });
    [-1, 1, 3, -1, 0, 2].forEach((value, at) => expect(planes[at]).toBeCloseTo(value, 6));
  });

  test('refuses another number of bytes', () => {
    expect(() => normaliseToChw(new Uint8Array(5), 2, { mean: [0, 0, 0], std: [1, 1, 1] })).toThrow(
      /expected 6 bytes of RGB, found 5/,
    );
  });
});

describe('ember', () => {
  test('meets its stops and never gets darker', () => {
    const hex = (entry: number): string =>
      `#${Buffer.from(emberTable.subarray(entry * 3, entry * 3 + 3)).toString('hex')}`;
    expect([hex(0), hex(51), hex(102), hex(255)]).toEqual([
      '#0d0b19',
      '#4a165b',
      '#a11e68',
      '#fff3b8',
    ]);
    const luminance = Array.from({ length: 256 }, (_, entry) => {
      const [r = 0, g = 0, b = 0] = [...emberTable.subarray(entry * 3, entry * 3 + 3)].map(
        (byte) => (byte / 255) ** 2.2,
      );
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    });
    for (let entry = 1; entry < 256; entry++)
      expect(luminance[entry]).toBeGreaterThanOrEqual((luminance[entry - 1] as number) - 1e-3);
  });

  test('clips values outside 0-1 and shows NaN as black', () => {
    const colours = emberColours([-1, 2, NaN]);
    expect([...colours]).toEqual([
      ...emberTable.subarray(0, 3),
      ...emberTable.subarray(765),
      0,
      0,
      0,
    ]);
  });
});
