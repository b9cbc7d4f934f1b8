// Outlines as canvas paths in image coordinates, coarser when zoomed out; cached by mask and level.
import type { RleMask } from '../../../electron/api/types.ts';
import { ringsOf } from '../../../electron/masks/outlines/rings.ts';
import { simplifyRing } from '../../../electron/masks/outlines/simplify.ts';

const cache = new WeakMap<RleMask, Map<number, Path2D>>();

/** 0 = exact; each level halves the detail. */
export function levelOf(scale: number): number {
  return scale >= 0.75 ? 0 : Math.min(6, Math.ceil(Math.log2(1 / scale)));
}

/** The mask's outline; fill it with the even-odd rule. */
export function pathOf(mask: RleMask, level: number): Path2D {
  const levels = cache.get(mask) ?? new Map<number, Path2D>();
  const known = levels.get(level);
  if (known) return known;
  const path = new Path2D();
  // Half a screen pixel at the coarsest zoom of this level.
  const tolerance = level === 0 ? 0 : 2 ** level * 0.3;
  for (const ring of ringsOf(mask)) {
    const [left, top, right, bottom] = ring.bounds;
    if (level > 0 && right - left < tolerance && bottom - top < tolerance) continue;
    const points =
      level === 0 ? ring.points : simplifyRing(ring.points, tolerance, 'keepWhole').ring;
    path.moveTo(points[0]!, points[1]!);
    for (let i = 2; i < points.length; i += 2) path.lineTo(points[i]!, points[i + 1]!);
    path.closePath();
  }
  levels.set(level, path);
  cache.set(mask, levels);
  return path;
}

/** A path through x, y pairs. */
export function pathThrough(points: ArrayLike<number>, closed: boolean): Path2D {
  const path = new Path2D();
  for (let i = 0; i < points.length; i += 2) {
    if (i === 0) path.moveTo(points[0]!, points[1]!);
    else path.lineTo(points[i]!, points[i + 1]!);
  }
  if (closed) path.closePath();
  return path;
}
