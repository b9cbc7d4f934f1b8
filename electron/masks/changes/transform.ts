// Moving and scaling a mask by whole pixels and nearest neighbours.
import type { Box, RleMask } from '../../api/types.ts';
import { cropOf, packCrop } from '../runs/window.ts';

/** The mask moved by whole pixels; what leaves the image is cut off. */
export function moveMask(mask: RleMask, dx: number, dy: number): RleMask {
  const crop = cropOf(mask);
  return packCrop({ ...crop, x: crop.x + dx, y: crop.y + dy }, mask.width, mask.height);
}

/** The mask's box stretched onto another box, of an image of the same size or of the size given. */
export function fitMask(
  mask: RleMask,
  target: Box,
  size: { readonly width: number; readonly height: number } = mask,
): RleMask {
  const crop = cropOf(mask);
  const [x, y, w, h] = target.map(Math.round) as [number, number, number, number];
  const width = Math.max(1, w);
  const height = Math.max(1, h);
  const bits = new Uint8Array(width * height);
  for (let row = 0; row < height; row += 1) {
    const from = Math.min(crop.height - 1, Math.floor(((row + 0.5) * crop.height) / height));
    for (let column = 0; column < width; column += 1)
      bits[row * width + column] =
        crop.bits[
          from * crop.width +
            Math.min(crop.width - 1, Math.floor(((column + 0.5) * crop.width) / width))
        ]!;
  }
  return packCrop({ x, y, width, height, bits }, size.width, size.height);
}
