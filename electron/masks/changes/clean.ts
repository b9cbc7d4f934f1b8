// Cleaning a mask in five steps: islands go, holes close, the edge is smoothed, moved, and drawn with fewer
// corners. The effect of each step is counted for the sliders.
import { components, dropSmall, fillHoles } from '../regions/components.ts';
import { subtract } from '../runs/combine.ts';
import { grow, shrink, smooth } from './morphology.ts';
import { fillRings } from '../outlines/polygon.ts';
import { area } from '../runs/rle.ts';
import { ringsOf } from '../outlines/rings.ts';
import { simplifyRing } from '../outlines/simplify.ts';
import type { CleanSettings } from '../../api/review.ts';
import type { RleMask } from '../../api/types.ts';

export const NO_CLEANING: CleanSettings = {
  islandsPx: 0,
  holesPx: 0,
  smoothPx: 0,
  growPx: 0,
  simplifyPx: 0,
  overlap: 'keep',
};

export interface Cleaned {
  readonly mask: RleMask;
  readonly islands: number;
  readonly holes: number;
  /** Corners of the outline before and after the last step. */
  readonly corners: readonly [before: number, after: number];
  /** Largest distance from a dropped corner to the new outline. */
  readonly errorPx: number;
  /** Of all steps together. */
  readonly addedPx: number;
  readonly removedPx: number;
}

export const cleansNothing = ({ overlap, ...steps }: CleanSettings): boolean =>
  overlap === 'keep' && Object.values(steps).every((value) => value === 0);

/** The mask itself where no step changes it. */
export function cleanMask(
  mask: RleMask,
  { islandsPx, holesPx, smoothPx, growPx, simplifyPx }: CleanSettings,
): Cleaned {
  const kept = islandsPx > 0 ? dropSmall(mask, islandsPx) : mask;
  const filled = holesPx > 0 ? fillHoles(kept, holesPx - 1) : kept;
  const smoothed = smoothPx > 0 ? smooth(filled, smoothPx) : filled;
  const moved =
    growPx > 0 ? grow(smoothed, growPx) : growPx < 0 ? shrink(smoothed, -growPx) : smoothed;
  const drawn = simplifyPx > 0 ? simplified(moved, simplifyPx) : null;
  const after = drawn?.mask ?? moved;
  return {
    mask: after,
    islands: kept === mask ? 0 : components(subtract(mask, kept)).length,
    holes: filled === kept ? 0 : components(subtract(filled, kept), 4).length,
    corners: drawn?.corners ?? [0, 0],
    errorPx: drawn?.errorPx ?? 0,
    ...movedBetween(mask, after),
  };
}

/** The mask's pixels after all, where more than the steps changed it. */
export const cleanedTo = (mask: RleMask, after: RleMask, steps: Cleaned | null): Cleaned => ({
  islands: 0,
  holes: 0,
  corners: [0, 0],
  errorPx: 0,
  ...steps,
  mask: after,
  ...movedBetween(mask, after),
});

const movedBetween = (mask: RleMask, after: RleMask): Pick<Cleaned, 'addedPx' | 'removedPx'> => ({
  addedPx: after === mask ? 0 : area(subtract(after, mask)),
  removedPx: after === mask ? 0 : area(subtract(mask, after)),
});

function simplified(
  mask: RleMask,
  tolerancePx: number,
): Pick<Cleaned, 'mask' | 'corners' | 'errorPx'> {
  let [before, after, errorPx] = [0, 0, 0];
  const rings = ringsOf(mask).map(({ points }) => {
    const made = simplifyRing(points, tolerancePx);
    before += points.length / 2;
    after += made.ring.length / 2;
    errorPx = Math.max(errorPx, made.errorPx);
    return made.ring;
  });
  const isSame = before === after;
  return {
    mask: isSame ? mask : fillRings(rings, mask.width, mask.height),
    corners: [before, after],
    errorPx,
  };
}
