// Which of several masks a pixel belongs to: the one whose claim on it is strongest.
import type { RleMask } from '../../../api/types.ts';
import type { Poll } from '../../cancel.ts';
import { intersect, subtract } from '../../../masks/runs/combine.ts';
import { area, RunWriter } from '../../../masks/runs/rle.ts';

export interface Claim {
  readonly mask: RleMask;
  /** At a pixel of the image. */
  readonly strength: (x: number, y: number) => number;
}

/** The masks of the claims, none of which overlap any more; an earlier one wins a tie. `poll` may throw. */
export function settled(claims: readonly Claim[], poll?: Poll): RleMask[] {
  const masks = claims.map(({ mask }) => mask);
  for (let first = 0; first < claims.length; first++) {
    poll?.();
    for (let second = first + 1; second < claims.length; second++) {
      const both = intersect(masks[first]!, masks[second]!);
      if (area(both) === 0) continue;
      const lost = pixelsOf(
        both,
        (x, y) => claims[second]!.strength(x, y) > claims[first]!.strength(x, y),
      );
      masks[first] = subtract(masks[first]!, lost);
      masks[second] = subtract(masks[second]!, subtract(both, lost));
    }
  }
  return masks;
}

/** The pixels of a mask that fit. */
function pixelsOf(mask: RleMask, fits: (x: number, y: number) => boolean): RleMask {
  const { width, height, counts } = mask;
  const runs = new RunWriter();
  let position = 0;
  counts.forEach((count, run) => {
    for (let at = position; run % 2 === 1 && at < position + count; at++)
      if (fits(Math.floor(at / height), at % height)) runs.add(at, at + 1);
    position += count;
  });
  return runs.mask(width, height);
}
