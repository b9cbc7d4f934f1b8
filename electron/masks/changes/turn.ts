// Masks made on a picture as it is stored, turned into the upright frame that its EXIF orientation asks for.
import type { RleMask } from '../../api/types.ts';
import { bitmapFromMask, maskFromBitmap } from '../runs/bitmap.ts';

/** Width and height change places. */
export function isTurnedSideways(orientation: number): boolean {
  return orientation >= 5 && orientation <= 8;
}

/** The mask after the turn that shows a picture of this EXIF orientation (1 to 8) upright. */
export function uprightMask(mask: RleMask, orientation: number): RleMask {
  if (orientation < 2 || orientation > 8) return mask;
  const { width, height } = mask;
  const stored = bitmapFromMask(mask);
  const isSideways = isTurnedSideways(orientation);
  const [w, h] = isSideways ? [height, width] : [width, height];
  // Orientations 2, 3, 7 and 8 count stored x from the right, 3, 4, 6 and 7 stored y from below.
  const fromRight = [2, 3, 7, 8].includes(orientation);
  const fromBelow = [3, 4, 6, 7].includes(orientation);
  const upright = new Uint8Array(stored.length);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const across = fromRight ? width - 1 - x : x;
      const down = fromBelow ? height - 1 - y : y;
      const [column, row] = isSideways ? [down, across] : [across, down];
      upright[row * w + column] = stored[y * width + x]!;
    }
  return maskFromBitmap(upright, w, h);
}
