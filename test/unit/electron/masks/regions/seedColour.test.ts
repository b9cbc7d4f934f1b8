// The colour that the wand takes up: the middle one of a square, cut off where the image ends.
import { describe, expect, it } from 'vitest';
import { seedColour } from '../../../../../electron/masks/regions/seedColour.ts';

/** Pixels whose red is as given, green ten more, blue twenty more. */
const image = (width: number, reds: readonly number[], channels: 3 | 4 = 3) => ({
  width,
  height: reds.length / width,
  channels,
  data: Uint8Array.from(reds.flatMap((red) => [red, red + 10, red + 20, 255].slice(0, channels))),
});

const field = [
  1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25,
];

describe('the colour around a seed', () => {
  it('is the pixel itself, or the median of 3 x 3 or 5 x 5, with alpha or without', () => {
    const noisy = field.map((value) => (value === 13 ? 200 : value));
    for (const channels of [3, 4] as const) {
      const at = (sample: 1 | 3 | 5) =>
        seedColour(image(5, noisy, channels), { x: 2, y: 2, sample });
      expect(at(1)).toEqual([200, 210, 220]);
      // 7, 8, 9, 12, 14, 17, 18, 19, 200; and all 25.
      expect(at(3)).toEqual([14, 24, 34]);
      expect(at(5)).toEqual([14, 24, 34]);
    }
  });

  it('takes what lies in the image at edges and corners, never the other end of a row', () => {
    const around = (x: number, y: number, sample: 1 | 3 | 5) =>
      seedColour(image(5, field), { x, y, sample })[0];
    // 1, 2, 6, 7 and 19, 20, 24, 25: the darker of the middle two.
    expect([around(0, 0, 3), around(4, 4, 3)]).toEqual([2, 20]);
    // 9, 10, 14, 15, 19, 20; and 1 to 3, 6 to 8, 11 to 13.
    expect([around(4, 2, 3), around(0, 0, 5)]).toEqual([14, 7]);
    expect(seedColour(image(1, [7]), { x: 0, y: 0, sample: 5 })).toEqual([7, 17, 27]);
  });

  it('finds the middle of each channel by itself', () => {
    const data = Uint8Array.from([0, 9, 5, 1, 0, 6, 2, 3, 200]);
    const colour = seedColour(
      { width: 3, height: 1, channels: 3, data },
      { x: 1, y: 0, sample: 3 },
    );
    expect(colour).toEqual([1, 3, 6]);
  });

  it('sorts by size, not by digits', () => {
    expect(seedColour(image(3, [9, 100, 20]), { x: 1, y: 0, sample: 3 })[0]).toBe(20);
  });
});
