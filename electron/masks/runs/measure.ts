// Area and box of a mask, from its runs alone. Window, engine and inference process use it.
import type { Box, RleMask } from '../../api/types.ts';
import type { PixelBox } from './rle.ts';

/** Set pixels and the smallest box around them, from the runs alone. */
export function measureMask(mask: RleMask): { area: number; box: Box } {
  const { height, counts } = mask;
  let area = 0;
  let position = 0;
  let left = Infinity;
  let right = -1;
  let top = height;
  let bottom = -1;
  for (let i = 0; i < counts.length; i += 1) {
    const count = counts[i]!;
    if (i % 2 === 1 && count > 0) {
      area += count;
      const last = position + count - 1;
      const firstColumn = Math.floor(position / height);
      const lastColumn = Math.floor(last / height);
      left = Math.min(left, firstColumn);
      right = Math.max(right, lastColumn);
      if (firstColumn === lastColumn) {
        top = Math.min(top, position % height);
        bottom = Math.max(bottom, last % height);
      } else {
        // A run over a column's end reaches the bottom row and the next column's top row.
        top = 0;
        bottom = height - 1;
      }
    }
    position += count;
  }
  if (area === 0) return { area: 0, box: [0, 0, 0, 0] };
  return { area, box: [left, top, right - left + 1, bottom - top + 1] };
}

/** The same box by name; all zeros for an empty mask, as COCO does. */
export function boundingBox(mask: RleMask): PixelBox {
  const [x, y, width, height] = measureMask(mask).box;
  return { x, y, width, height };
}
