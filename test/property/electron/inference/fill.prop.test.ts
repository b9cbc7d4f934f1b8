// What hidden patches are filled with, against means and copies made value by value.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  fillImage,
  hidePatchesInPlace,
} from '../../../../electron/inference/pipeline/explain/fill.ts';

const NORM = { mean: [0.5, 0.4, 0.3], std: [0.2, 0.25, 0.3] } as const;
const grid = fc.record({
  rows: fc.integer({ min: 1, max: 4 }),
  columns: fc.integer({ min: 1, max: 4 }),
  patch: fc.integer({ min: 1, max: 5 }),
  seed: fc.nat(1000),
});

function imageOf({
  rows,
  columns,
  patch,
  seed,
}: typeof grid extends fc.Arbitrary<infer T> ? T : never) {
  const [height, width] = [rows * patch, columns * patch];
  const pixels = Float32Array.from(
    { length: 3 * height * width },
    (_, i) => Math.sin((i + 1) * (seed + 3)) * 2,
  );
  return { pixels, height, width };
}

/** The mean of 2 * radius + 1 samples about each, ends repeated. */
function boxed(values: readonly number[], radius: number): number[] {
  const at = (i: number) => values[Math.min(values.length - 1, Math.max(0, i))]!;
  return values.map((_, i) => {
    let sum = 0;
    for (let d = -radius; d <= radius; d += 1) sum += at(i + d);
    return sum / (2 * radius + 1);
  });
}

describe('the fill', () => {
  it('of mean colour is zero, of black what black is after normalising', () => {
    const image = { pixels: new Float32Array(18).fill(9), height: 2, width: 3 };
    expect([...fillImage(image, 'mean', NORM, 1)]).toEqual(Array<number>(18).fill(0));
    const black = fillImage(image, 'black', NORM, 1);
    [-2.5, -1.6, -1].forEach((value, channel) => {
      for (let i = 0; i < 6; i += 1) expect(black[channel * 6 + i]).toBeCloseTo(value, 6);
    });
  });

  it('of a blur is three means over a patch, along rows and columns of each channel', () => {
    fc.assert(
      fc.property(grid, (asked) => {
        const image = imageOf(asked);
        const { height, width } = image;
        const radius = Math.max(1, Math.floor(asked.patch / 2));
        const filled = fillImage(image, 'blur', NORM, asked.patch);
        for (let channel = 0; channel < 3; channel += 1) {
          let plane = Array.from({ length: height }, (_, y) => [
            ...image.pixels.subarray(
              (channel * height + y) * width,
              (channel * height + y + 1) * width,
            ),
          ]);
          for (let round = 0; round < 3; round += 1) {
            plane = plane.map((row) => boxed(row, radius));
            const columns = plane[0]!.map((_, x) =>
              boxed(
                plane.map((row) => row[x]!),
                radius,
              ),
            );
            plane = plane.map((row, y) => row.map((_, x) => columns[x]![y]!));
          }
          plane
            .flat()
            .forEach((value, i) =>
              expect(filled[channel * height * width + i]).toBeCloseTo(value, 3),
            );
        }
      }),
      { numRuns: 40 },
    );
  });
});

describe('hiding patches', () => {
  it('takes their pixels from the fill and leaves all others', () => {
    fc.assert(
      fc.property(grid, fc.array(fc.nat(15), { maxLength: 6 }), (asked, numbers) => {
        const { rows, columns, patch } = asked;
        const image = imageOf(asked);
        const { height, width } = image;
        const before = image.pixels.slice();
        const fill = Float32Array.from(before, (_, i) => 100 + i);
        const hidden = new Set(numbers.filter((number) => number < rows * columns));
        hidePatchesInPlace(image, fill, hidden, patch);
        image.pixels.forEach((value, i) => {
          const [y, x] = [Math.floor(i / width) % height, i % width];
          const number = Math.floor(y / patch) * columns + Math.floor(x / patch);
          expect(value).toBe(hidden.has(number) ? fill[i] : before[i]);
        });
      }),
    );
  });
});
