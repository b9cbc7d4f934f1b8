// Masks out of logits, and logits out of masks, against the plain way over every pixel.
import { describe, expect, test } from 'vitest';
import {
  logitsOfMask,
  maskOfLogits,
  type Framed,
} from '../../../../../electron/inference/segment/logitMask.ts';
import { bitmapFromMask, maskFromBitmap } from '../../../../../electron/masks/runs/bitmap.ts';
import { measureMask } from '../../../../../electron/masks/runs/measure.ts';
import { area } from '../../../../../electron/masks/runs/rle.ts';
import { modelFrame } from '../../../../../models/sam/frame.ts';
import { imageLogits } from '../../../../../models/sam/logits.ts';
import { randomFrom } from '../../../../helpers/fixtures/random.ts';

const LOW = 64;
const SIDE = 256;
const framed = (width: number, height: number): Framed => ({
  frame: modelFrame(width, height, SIDE),
  width,
  height,
});

/** Some smooth hills, so that masks have borders and holes. */
function hills(seed: number, offset: number): Float32Array {
  const next = randomFrom(seed);
  const tops = Array.from({ length: 6 }, () => [next() * LOW, next() * LOW, 3 + next() * 9]);
  return Float32Array.from({ length: LOW * LOW }, (_, at) => {
    const [row, column] = [Math.floor(at / LOW), at % LOW];
    const height = tops.reduce(
      (sum, [x, y, r]) => sum + 8 * Math.exp(-((column - x!) ** 2 + (row - y!) ** 2) / (r! * r!)),
      0,
    );
    return height - offset;
  });
}

const SIZES = [
  [256, 256],
  [301, 97],
  [97, 301],
  [40, 31],
  [1000, 3],
] as const;

describe('a mask of logits', () => {
  test.each(SIZES)('has the pixels above the cut at %d x %d', (width, height) => {
    for (const [seed, cut] of [
      [1, 0],
      [2, 1.5],
      [3, -2],
    ] as const) {
      const logits = hills(seed, 4);
      const place = framed(width, height);
      const full = imageLogits(logits, place.frame, place);
      const mask = bitmapFromMask(maskOfLogits(logits, place, cut));
      const wrong = full.findIndex(
        // Sums in another order differ in the last bits.
        (value, at) => Math.abs(value - cut) > 1e-5 && value > cut !== (mask[at] === 1),
      );
      expect({ seed, cut, wrong }).toEqual({ seed, cut, wrong: -1 });
    }
  });

  test('may lie in the first row of cells alone, or in one corner', () => {
    const place = framed(SIDE, SIDE);
    const boxed = (...cells: readonly number[]) => {
      const logits = new Float32Array(LOW * LOW).fill(-1);
      for (const cell of cells) logits[cell] = 6;
      return measureMask(maskOfLogits(logits, place)).box;
    };
    const cell = SIDE / LOW;
    const [x, y, width, height] = boxed(...Array.from({ length: LOW }, (_, at) => at));
    expect([x, y, width]).toEqual([0, 0, SIDE]);
    expect(height).toBeGreaterThanOrEqual(cell);
    expect(height).toBeLessThan(2 * cell);
    expect(boxed(0).slice(0, 2)).toEqual([0, 0]);
    const [right, bottom, wide, tall] = boxed(LOW * LOW - 1);
    expect([right + wide, bottom + tall]).toEqual([SIDE, SIDE]);
  });

  test('is empty where nothing is above it, and all where everything is', () => {
    const place = framed(30, 20);
    expect(area(maskOfLogits(new Float32Array(LOW * LOW).fill(-1), place))).toBe(0);
    expect(area(maskOfLogits(new Float32Array(LOW * LOW).fill(1), place))).toBe(600);
  });
});

describe('logits of a mask', () => {
  test.each(SIZES.slice(0, 4))(
    'give the mask back but for its border at %d x %d',
    (width, height) => {
      const place = framed(width, height);
      const full = imageLogits(hills(7, 3), place.frame, place);
      const bitmap = Uint8Array.from(full, (value) => Number(value > 0));
      const back = maskOfLogits(
        logitsOfMask(maskFromBitmap(bitmap, width, height), place, LOW),
        place,
      );
      const again = bitmapFromMask(back);
      // One cell of the low resolution, in pixels of the image.
      const reach = Math.ceil(Math.max(width, height) / LOW);
      const sameAround = (at: number) => {
        const [x, y] = [at % width, Math.floor(at / width)];
        for (let row = Math.max(0, y - reach); row <= Math.min(height - 1, y + reach); row++)
          for (
            let column = Math.max(0, x - reach);
            column <= Math.min(width - 1, x + reach);
            column++
          )
            if (bitmap[row * width + column] !== bitmap[at]) return false;
        return true;
      };
      const wrong = again.findIndex((value, at) => value !== bitmap[at] && sameAround(at));
      expect(wrong).toBe(-1);
      expect(area(back)).toBeGreaterThan(0);
    },
  );

  test('are the share of each cell that is covered, and 0 around the image', () => {
    // 128 x 64 fills the upper half of the square; a cell of the low resolution is 2 x 2 pixels.
    const place = framed(128, 64);
    const bitmap = new Uint8Array(128 * 64);
    for (const [x, y] of [
      [0, 0],
      [1, 0],
      [0, 1],
      [1, 1],
      [2, 0],
    ])
      bitmap[y! * 128 + x!] = 1;
    const logits = logitsOfMask(maskFromBitmap(bitmap, 128, 64), place, LOW);
    expect(logits[0]).toBeCloseTo(Math.log(0.999 / 0.001), 4);
    expect(logits[1]).toBeCloseTo(Math.log(0.25 / 0.75), 4);
    expect(logits[2]).toBeCloseTo(Math.log(0.001 / 0.999), 4);
    expect(new Set(logits.subarray(32 * LOW))).toEqual(new Set([0]));
  });
});
