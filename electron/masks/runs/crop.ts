// Cutting a mask to a box and putting a small mask back into a larger frame.
// Work on a small object of a huge image goes through here, so it costs what the box costs.
import type { RleMask } from '../../api/types.ts';
import { checkSize, RunWriter } from './rle.ts';
import type { PixelBox } from './rle.ts';
import { spansOf } from './spans.ts';

/** The part of the mask inside `box`; the box may reach out of the image, where all is background. */
export function crop(mask: RleMask, box: PixelBox): RleMask {
  return place(mask, { ...box, x: -box.x, y: -box.y });
}

/** The mask inside a frame of width x height px with its own corner at (x, y); what sticks out is cut. */
export function paste(mask: RleMask, frame: PixelBox): RleMask {
  return place(mask, frame);
}

function place(mask: RleMask, { width, height, x: dx, y: dy }: PixelBox): RleMask {
  checkSize(width, height);
  if (!Number.isInteger(dx) || !Number.isInteger(dy))
    throw new RangeError(`offset ${dx}, ${dy}; expected whole pixels`);
  const spans = spansOf(mask);
  const runs = new RunWriter();
  for (let x = Math.max(0, -dx); x < mask.width && x + dx < width; x++) {
    const base = (x + dx) * height;
    for (let s = spans.first[x]!; s < spans.first[x + 1]!; s++) {
      const top = Math.max(0, spans.top[s]! + dy);
      const bottom = Math.min(height, spans.bottom[s]! + dy);
      if (bottom > top) runs.add(base + top, base + bottom);
    }
  }
  return runs.mask(width, height);
}
