// Masks drawn as text and random masks, for tests.
import fc from 'fast-check';
import type { RleMask } from '../../electron/api/types.ts';
import { maskFromBitmap } from '../../electron/masks/bitmap.ts';

/** A mask from rows of '#' (foreground) and '.'. */
export function draw(...rows: string[]): RleMask {
  const width = rows[0]!.length;
  const bitmap = Uint8Array.from(rows.join(''), (c) => (c === '#' ? 1 : 0));
  return maskFromBitmap(bitmap, width, rows.length);
}

export interface Bitmap {
  readonly width: number;
  readonly height: number;
  /** Row-major 0 and 1. */
  readonly pixels: Uint8Array;
}

/** Random bitmaps from noise to blobs, up to `side` px. */
export function bitmaps(side = 14): fc.Arbitrary<Bitmap> {
  return fc
    .record({ width: fc.integer({ min: 1, max: side }), height: fc.integer({ min: 1, max: side }) })
    .chain(({ width, height }) => {
      const noise = fc
        .array(fc.integer({ min: 0, max: 1 }), {
          minLength: width * height,
          maxLength: width * height,
        })
        .map((bits) => Uint8Array.from(bits));
      const box = fc.tuple(
        fc.integer({ min: 0, max: width - 1 }),
        fc.integer({ min: 0, max: height - 1 }),
        fc.integer({ min: 1, max: width }),
        fc.integer({ min: 1, max: height }),
        fc.boolean(),
      );
      const boxes = fc.array(box, { maxLength: 6 }).map((list) => {
        const pixels = new Uint8Array(width * height);
        for (const [x0, y0, w, h, on] of list)
          for (let y = y0; y < Math.min(height, y0 + h); y++)
            for (let x = x0; x < Math.min(width, x0 + w); x++) pixels[y * width + x] = on ? 1 : 0;
        return pixels;
      });
      return fc.oneof(noise, boxes).map((pixels) => ({ width, height, pixels }));
    });
}

/** Random masks of one size. */
export function masksOf(width: number, height: number): fc.Arbitrary<RleMask> {
  return fc
    .array(fc.integer({ min: 0, max: 1 }), { minLength: width * height, maxLength: width * height })
    .map((bits) => maskFromBitmap(Uint8Array.from(bits), width, height));
}
