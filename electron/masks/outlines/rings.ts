// Outlines of a mask for drawing and editing: every ring with its bounds, kept by the mask, which
// never changes. Rings run with the mask on their right; holes are rings of their own.
import type { RleMask } from '../../api/types.ts';
import { findCracks, walkRing } from './trace.ts';

export interface OutlineRing {
  /** x, y, x, y ... of the corners in image pixels; closed, the first is not repeated. */
  readonly points: Int32Array;
  /** left, top, right, bottom. */
  readonly bounds: readonly [number, number, number, number];
  readonly hole: boolean;
}

const cache = new WeakMap<RleMask, readonly OutlineRing[]>();

/** Rings of a mask, outer ones first; cached by the mask object. */
export function ringsOf(mask: RleMask): readonly OutlineRing[] {
  const known = cache.get(mask);
  if (known) return known;
  const cracks = findCracks(mask);
  const ring = (edge: number, hole: boolean): OutlineRing => {
    const points = Int32Array.from(walkRing(cracks, edge));
    return { points, bounds: boundsOf(points), hole };
  };
  const rings = [
    ...cracks.outers.map((edge) => ring(edge, false)),
    ...cracks.holes.map((edge) => ring(edge, true)),
  ];
  cache.set(mask, rings);
  return rings;
}

/** Number of 4-connected parts and of holes, from the outlines alone. */
export function countParts(mask: RleMask): { parts: number; holes: number } {
  const rings = ringsOf(mask);
  const holes = rings.filter((ring) => ring.hole).length;
  return { parts: rings.length - holes, holes };
}

function boundsOf(points: Int32Array): OutlineRing['bounds'] {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < points.length; i += 2) {
    left = Math.min(left, points[i]!);
    right = Math.max(right, points[i]!);
    top = Math.min(top, points[i + 1]!);
    bottom = Math.max(bottom, points[i + 1]!);
  }
  return [left, top, right, bottom];
}
