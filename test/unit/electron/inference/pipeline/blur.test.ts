// The Gaussian blur (method.md section 15, test 8): its kernel, its border, and that the matrix form
// equals a blur over every pixel, which in turn equals scipy's recorded one.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  applyOperators,
  bilinearOperator,
  gaussianKernel,
  smoothed,
} from '../../../../../electron/inference/pipeline/planes/axisOperator.ts';
import { scaleToUnit } from '../../../../../electron/inference/pipeline/planes/threshold.ts';
import { goldenRoot } from '../../../../golden/goldenFamily.ts';
import { readNpyAs } from '../../../../helpers/fixtures/npy.ts';
import { separableBlur } from '../../../../helpers/fixtures/separableBlur.ts';

function scaled(map: Float32Array): Float32Array {
  const copy = map.slice();
  scaleToUnit(copy);
  return copy;
}

const wave = (length: number) => Float32Array.from({ length }, (_, at) => Math.sin(at * at) ** 2);

function largestDifference(a: Float32Array, b: Float32Array): number {
  expect(a.length).toBe(b.length);
  return a.reduce((worst, value, at) => Math.max(worst, Math.abs(value - (b[at] as number))), 0);
}

describe('the Gaussian kernel', () => {
  test.each([0.3, 1, 2.6, 25, 32])('sums to 1 and ends at four deviations (sigma %d)', (sigma) => {
    const kernel = gaussianKernel(sigma);
    expect(kernel.length).toBe(2 * Math.floor(4 * sigma + 0.5) + 1);
    expect(kernel.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
    expect([...kernel]).toEqual([...kernel].reverse());
  });
});

describe('the blur', () => {
  test('keeps the sum of an impulse far from the border', () => {
    const map = new Float32Array(101 * 81);
    map[40 * 101 + 50] = 1;
    const blurred = separableBlur(map, { width: 101, height: 81 }, 5);
    expect(blurred.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 5);
  });

  test('mirrors the border with the edge sample repeated, also where the radius exceeds the image', () => {
    const line = Float32Array.of(1, 0, 0);
    const sigma = 4;
    const kernel = gaussianKernel(sigma);
    const radius = (kernel.length - 1) / 2;
    // Sample by sample: … 2 1 0 | 0 1 2 | 2 1 0 …
    const unfolded = [0, 1, 2, 2, 1, 0];
    const expected = [0, 1, 2].map((at) =>
      kernel.reduce((sum, weight, tap) => {
        const index = (((at + tap - radius) % 6) + 6) % 6;
        return sum + weight * (line[unfolded[index] as number] as number);
      }, 0),
    );
    const blurred = separableBlur(line, { width: 3, height: 1 }, sigma);
    expected.forEach((value, at) => expect(blurred[at]).toBeCloseTo(value, 6));
  });

  test.each([
    { grid: [21, 21], size: [97, 130] },
    { grid: [5, 9], size: [64, 50] },
    { grid: [1, 7], size: [33, 40] },
    { grid: [12, 12], size: [7, 5] },
    { grid: [3, 3], size: [1, 40] },
  ])('as matrix products equals blurring the upsampled map ($grid to $size)', ({ grid, size }) => {
    const [gridHeight = 0, gridWidth = 0] = grid;
    const [height = 0, width = 0] = size;
    const sigma = 0.05 * Math.max(height, width);
    const rows = bilinearOperator(height, gridHeight);
    const columns = bilinearOperator(width, gridWidth);
    const map = wave(gridHeight * gridWidth);
    const plain = separableBlur(applyOperators(map, rows, columns), { height, width }, sigma);
    const products = applyOperators(map, smoothed(rows, sigma), smoothed(columns, sigma));
    expect(largestDifference(products, plain)).toBeLessThan(5e-7);
    expect(largestDifference(scaled(products), scaled(plain))).toBeLessThan(5e-6);
  });

  const golden = join(goldenRoot(), 'reference/blurring');
  test.runIf(existsSync(golden))('over every pixel is the recorded reference blur', () => {
    for (const name of ['0', '1', 'sparse_0', 'sparse_1']) {
      const { shape, data } = readNpyAs(join(golden, `input_${name}.npy`), 'f4');
      const [height = 0, width = 0] = shape;
      const blurred = separableBlur(data, { height, width }, 0.05 * Math.max(height, width));
      const expected = readNpyAs(join(golden, `expected/blur_${name}.npy`), 'f4').data;
      expect(largestDifference(scaled(blurred), expected)).toBeLessThan(2e-6);
    }
  });
  if (!existsSync(golden)) console.log(`blur: no ${golden}, the recorded blur is not compared`);
});
