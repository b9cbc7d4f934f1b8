// Runs cut at the ends of columns, against a bitmap.
import { describe, expect, test } from 'vitest';
import { bitmapFromMask, maskFromBitmap } from '../../../../../electron/masks/runs/bitmap.ts';
import { maskFromSpans, spansOf } from '../../../../../electron/masks/runs/spans.ts';
import { randomFrom } from '../../../../helpers/fixtures/random.ts';

/** Spans as they are met down the columns of a bitmap. */
function plainSpans(bits: Uint8Array, width: number, height: number) {
  const spans: [column: number, top: number, bottom: number][] = [];
  for (let x = 0; x < width; x++)
    for (let y = 0; y < height; y++) {
      if (bits[y * width + x] === 0) continue;
      const top = y;
      while (y < height && bits[y * width + x] === 1) y++;
      spans.push([x, top, y]);
    }
  return spans;
}

describe('spans', () => {
  const random = randomFrom(5);
  test.each([
    [7, 5, 0.5],
    [5, 7, 0.9],
    [1, 9, 0.6],
    [9, 1, 0.6],
    [6, 6, 1],
    [6, 6, 0],
  ])(
    'of %d x %d pixels, a share of %d of them set, are those of the columns',
    (width, height, share) => {
      for (let round = 0; round < 20; round++) {
        const bits = Uint8Array.from({ length: width * height }, () => Number(random() < share));
        const spans = spansOf(maskFromBitmap(bits, width, height));
        const plain = plainSpans(bits, width, height);
        expect([...spans.column]).toEqual(plain.map(([column]) => column));
        expect([...spans.top]).toEqual(plain.map(([, top]) => top));
        expect([...spans.bottom]).toEqual(plain.map(([, , bottom]) => bottom));
        expect([...spans.first]).toEqual(
          Array.from(
            { length: width + 1 },
            (_, x) => plain.filter(([column]) => column < x).length,
          ),
        );
        const odd = maskFromSpans(spans, (span) => span % 2 === 1);
        const expected = new Uint8Array(width * height);
        plain.forEach(([x, top, bottom], at) => {
          for (let y = top; at % 2 === 1 && y < bottom; y++) expected[y * width + x] = 1;
        });
        expect(bitmapFromMask(odd)).toEqual(expected);
      }
    },
  );
});
