// The ember colours: their stops, their order, and what is outside 0-1.
import { describe, expect, test } from 'vitest';
import { emberAt, emberColours, emberTable } from '../../../../../electron/api/rules/ember.ts';

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

  test('is the same as a CSS colour', () => {
    expect([emberAt(-1), emberAt(1)]).toEqual(['rgb(13 11 25)', 'rgb(255 243 184)']);
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
