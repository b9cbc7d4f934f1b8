// Regions made wider or narrower after the CRF, in whole pixels of the image, for people who draw a little
// outside or inside the edge that the maps show.
import { paintInPlace, masksFromLabelMap } from '../../../masks/runs/bitmap.ts';
import { subtract } from '../../../masks/runs/combine.ts';
import { grow, shrink } from '../../../masks/changes/morphology.ts';
import type { MaskParams } from '../../../link/params.ts';
import type { Poll } from '../../cancel.ts';

interface Growth extends Pick<MaskParams, 'growThings' | 'growStuff'> {
  /** Classes that are stuff; the others are things. */
  readonly stuff?: readonly number[] | undefined;
}

const NOTHING = 0;

/**
 * A new map with every region of a thing and of stuff grown by its pixels, or shrunk where they are negative. What
 * grows takes background, a thing takes stuff as well, and none takes pixels of a thing.
 */
export function grownRegions(
  labels: Uint16Array,
  width: number,
  { growThings, growStuff, stuff = [] }: Growth,
  poll?: Poll,
): Uint16Array {
  // Runs of earlier programs were stored with parameters that knew neither.
  if (!growThings && !growStuff) return labels;
  const masks = [...masksFromLabelMap(labels, width, labels.length / width)];
  const next = labels.slice();
  // Stuff first: things lie over it.
  for (const ofStuff of [true, false]) {
    const by = ofStuff ? growStuff : growThings;
    if (!by) continue;
    for (const [label, mask] of masks) {
      if (stuff.includes(label) !== ofStuff) continue;
      poll?.();
      if (by < 0) paintInPlace(next, subtract(mask, shrink(mask, -by)), NOTHING);
      else {
        const rim = subtract(grow(mask, by), mask);
        for (const under of ofStuff ? [NOTHING] : [NOTHING, ...stuff])
          paintInPlace(next, rim, label, { onlyOver: under });
      }
    }
  }
  return next;
}
