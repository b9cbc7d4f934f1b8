// Windows and what they say together, against their formulas, on whatever sizes come up.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  joinWindows,
  windowsOf,
} from '../../../../../electron/inference/engines/similarity/windows.ts';
import { classShares } from '../../../../../electron/inference/engines/similarity/shares.ts';
import { randomFrom } from '../../../../helpers/fixtures/random.ts';

const RUNS = 1000;

const scene = fc.record({
  width: fc.integer({ min: 1, max: 40 }),
  height: fc.integer({ min: 1, max: 40 }),
  crop: fc.constantFrom(0, 8, 12, 16),
  stride: fc.integer({ min: 1, max: 12 }),
  rows: fc.integer({ min: 1, max: 4 }),
  columns: fc.integer({ min: 1, max: 4 }),
  seed: fc.integer({ min: 0, max: 1e6 }),
});

/** Value of a grid, stretched over `length` pixels with half-pixel centres, at pixel `at`. */
function stretchedAt(line: (cell: number) => number, cells: number, length: number, at: number) {
  const source = ((at + 0.5) * cells) / length - 0.5;
  const inside = (cell: number) => line(Math.min(cells - 1, Math.max(0, cell)));
  const share = source - Math.floor(source);
  return inside(Math.floor(source)) * (1 - share) + inside(Math.floor(source) + 1) * share;
}

describe('windows', () => {
  test(`cover each pixel, stay inside, and join to the mean of what they say, in ${RUNS} cases`, () => {
    fc.assert(
      fc.property(scene, ({ width, height, crop, stride, rows, columns, seed }) => {
        const random = randomFrom(seed);
        // A stride above the crop would leave gaps, as published.
        const windows = windowsOf({ width, height }, { crop, stride: Math.min(stride, crop || 1) });
        const parts = windows.map((window) => ({
          window,
          rows,
          columns,
          maps: Float32Array.from({ length: 2 * rows * columns }, random),
        }));
        const joined = joinWindows(parts, 1, { width, height });
        let [worst, unseen] = [0, 0];
        for (let y = 0; y < height; y++)
          for (let x = 0; x < width; x++) {
            const seen = parts.filter(
              ({ window: { x1, y1, x2, y2 } }) => x >= x1 && x < x2 && y >= y1 && y < y2,
            );
            if (seen.length === 0) unseen++;
            const said = seen.map(({ window: { x1, y1, x2, y2 }, maps }) =>
              stretchedAt(
                (row) =>
                  stretchedAt(
                    (column) => maps[rows * columns + row * columns + column] as number,
                    columns,
                    x2 - x1,
                    x - x1,
                  ),
                rows,
                y2 - y1,
                y - y1,
              ),
            );
            const mean = said.reduce((sum, one) => sum + one, 0) / said.length;
            worst = Math.max(worst, Math.abs(mean - (joined[y * width + x] as number)));
          }
        expect(unseen).toBe(0);
        expect(worst).toBeLessThan(1e-5);
        for (const { x1, y1, x2, y2 } of windows) {
          expect(x1 >= 0 && y1 >= 0 && x2 <= width && y2 <= height).toBe(true);
          if (crop > 0)
            expect([x2 - x1, y2 - y1]).toEqual([Math.min(crop, width), Math.min(crop, height)]);
        }
      }),
      { numRuns: RUNS },
    );
  });
});

describe('shares', () => {
  test(`are the softmax of words and the best word of each class, in ${RUNS} cases`, () => {
    const owners = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 9 });
    const settings = fc.record({
      owners,
      pixels: fc.integer({ min: 1, max: 20 }),
      contrast: fc.constantFrom(1, 40, 200),
      seed: fc.integer({ min: 0, max: 1e6 }),
    });
    fc.assert(
      fc.property(settings, ({ owners: whose, pixels, contrast, seed }) => {
        const random = randomFrom(seed);
        const cosines = Float32Array.from({ length: whose.length * pixels }, () => random() - 0.5);
        const shares = classShares(cosines, { owners: whose, classes: 4 }, contrast);
        for (let pixel = 0; pixel < pixels; pixel++) {
          const powers = whose.map((_, query) =>
            Math.exp(contrast * (cosines[query * pixels + pixel] as number)),
          );
          const all = powers.reduce((sum, one) => sum + one, 0);
          for (let one = 0; one < 4; one++) {
            const best = Math.max(0, ...powers.filter((_, query) => whose[query] === one));
            expect(Math.abs(best / all - (shares[one * pixels + pixel] as number))).toBeLessThan(
              3e-5,
            );
          }
        }
      }),
      { numRuns: RUNS },
    );
  });
});
