// The part of the image that small pictures of a mask show.
import type { Box, RleMask } from '../../../../../electron/api/types.ts';
import { measureMask } from '../../../../../electron/masks/runs/measure.ts';

/** A square around the mask, a third larger; without one, the whole image. */
export function frameOf(
  mask: RleMask | null,
  { width, height }: { readonly width: number; readonly height: number },
): Box {
  const box = mask && mask.counts.length > 1 ? measureMask(mask).box : null;
  if (!box) return [0, 0, Math.max(1, width), Math.max(1, height)];
  const side = Math.max(box[2], box[3], 8) * (4 / 3);
  return [box[0] + box[2] / 2 - side / 2, box[1] + box[3] / 2 - side / 2, side, side];
}
