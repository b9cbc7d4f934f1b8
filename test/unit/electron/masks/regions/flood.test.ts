// The wand's flood: how far colours may differ, and that rows end at the image's edges.
import { describe, expect, it } from 'vitest';
import { similarPixels, type Pixels } from '../../../../../electron/masks/regions/flood.ts';

/** Grey pixels from rows of letters: a = 0, b = 10, c = 20 and so on. */
function grey(...rows: string[]): Pixels {
  const values = [...rows.join('')].map((letter) => 10 * (letter.charCodeAt(0) - 97));
  const data = Uint8ClampedArray.from(values.flatMap((value) => [value, value, value, 255]));
  return { width: rows[0]!.length, height: rows.length, data };
}

const found = (pixels: Pixels, x: number, y: number, tolerance: number, contiguous = true) => {
  const { bits } = similarPixels(pixels, { x, y, sample: 1 }, tolerance, contiguous);
  return Array.from({ length: pixels.height }, (_, row) =>
    [...bits.subarray(row * pixels.width, (row + 1) * pixels.width)]
      .map((bit) => (bit ? '#' : '.'))
      .join(''),
  );
};

describe('similar pixels', () => {
  it('differ by the tolerance at most, brighter or darker, in every channel', () => {
    const steps = grey('abcde');
    expect(found(steps, 2, 0, 10)).toEqual(['.###.']);
    expect(found(steps, 2, 0, 9)).toEqual(['..#..']);
    for (const channel of [0, 1, 2]) {
      const pixels = grey('aa');
      pixels.data[4 + channel] = 10;
      expect(found(pixels, 0, 0, 10)).toEqual(['##']);
      expect(found(pixels, 0, 0, 9)).toEqual(['#.']);
      expect(found(pixels, 0, 0, 9, false)).toEqual(['#.']);
    }
  });

  it('reach the left and right edge of a row, and stop there', () => {
    const wall = grey('aab', 'baa');
    expect(found(wall, 0, 0, 0)).toEqual(['##.', '.##']);
    // The end of one row and the start of the next lie beside each other in memory alone.
    expect(found(grey('bba', 'abb'), 2, 0, 0)).toEqual(['..#', '...']);
    expect(found(grey('bba', 'abb'), 0, 1, 0)).toEqual(['...', '#..']);
  });

  it('are found up and down around corners, to the first and last row', () => {
    expect(found(grey('aba', 'aba', 'aaa', 'bba'), 0, 0, 0)).toEqual(['#.#', '#.#', '###', '..#']);
    expect(found(grey('aba', 'aba', 'aba', 'aaa'), 2, 1, 0)).toEqual(['#.#', '#.#', '#.#', '###']);
  });

  it('are found anywhere when they need not touch', () => {
    expect(found(grey('aba', 'bab'), 0, 0, 0, false)).toEqual(['#.#', '.#.']);
  });
});
