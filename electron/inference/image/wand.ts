// The magic wand: pixels whose colour is near the seed's, connected or anywhere.
import { AppError } from '../../api/errors.ts';
import type { RleMask } from '../../api/types.ts';
import { maskOfLabel } from '../../masks/regions/labelRuns.ts';
import { seedColour, type Seed } from '../../masks/regions/seedColour.ts';
import { inBlocks, type Poll } from '../cancel.ts';
import type { RgbImage } from './rgbImage.ts';

/** Spans between two polls. */
const SPANS = 4096;

/**
 * Pixels whose colour differs from that around (x, y) by at most `tolerance` (0-255, largest channel):
 * the window's own measure, so that a number means the same on images of any size.
 */
export function wandMask(
  image: RgbImage,
  seed: Seed & { readonly tolerance: number },
  contiguous: boolean,
  poll?: Poll,
): RleMask {
  const { width, height, rgb } = image;
  const { x, y, tolerance } = seed;
  if (x >= width || y >= height)
    throw new AppError(
      'BAD_REQUEST',
      `The point ${x}, ${y} is outside an image of ${width} x ${height}.`,
    );
  const start = y * width + x;
  const [red, green, blue] = seedColour({ width, height, data: rgb, channels: 3 }, seed);
  const near = (pixel: number): boolean =>
    Math.abs(rgb[pixel * 3]! - red) <= tolerance &&
    Math.abs(rgb[pixel * 3 + 1]! - green) <= tolerance &&
    Math.abs(rgb[pixel * 3 + 2]! - blue) <= tolerance;
  const chosen = new Uint8Array(width * height);
  if (!contiguous) {
    inBlocks(chosen.length, poll, (from, to) => {
      for (let pixel = from; pixel < to; pixel += 1) chosen[pixel] = Number(near(pixel));
    });
    return maskOfLabel(chosen, width, height, 1);
  }
  // Spans along rows: each found span looks for further ones above and below.
  const pending = [start];
  for (let spans = 0; pending.length > 0; spans += 1) {
    if (spans % SPANS === 0) poll?.();
    const pixel = pending.pop()!;
    if (chosen[pixel] === 1) continue;
    const row = pixel - (pixel % width);
    let left = pixel;
    while (left > row && chosen[left - 1] === 0 && near(left - 1)) left -= 1;
    let right = pixel;
    while (right + 1 < row + width && chosen[right + 1] === 0 && near(right + 1)) right += 1;
    chosen.fill(1, left, right + 1);
    for (const other of [-width, width]) {
      if (row + other < 0 || row + other >= chosen.length) continue;
      let inside = false;
      for (let at = left + other; at <= right + other; at += 1) {
        const fits = chosen[at] === 0 && near(at);
        if (fits && !inside) pending.push(at);
        inside = fits;
      }
    }
  }
  return maskOfLabel(chosen, width, height, 1);
}
