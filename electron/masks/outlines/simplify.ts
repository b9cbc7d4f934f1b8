// Fewer polygon corners within a stated distance (Douglas and Peucker 1973), with the distance that
// was really given up. Rings never fall below a triangle and never vanish.
import type { Ring } from './trace.ts';

/**
 * What becomes of a ring that would fall below a triangle: 'putOneBack' keeps the farthest dropped
 * corner, for files; 'keepWhole' leaves the ring, and every ring of four corners, as it is, for
 * corners that a person drags.
 */
export type Fewest = 'putOneBack' | 'keepWhole';

export interface Simplified {
  readonly ring: Ring;
  /** Largest distance from a dropped corner to the new outline, in pixels. */
  readonly errorPx: number;
}

/** Drops corners of a closed ring that lie within `tolerancePx` of what remains. */
export function simplifyRing(
  ring: ArrayLike<number>,
  tolerancePx: number,
  fewest: Fewest = 'putOneBack',
): Simplified {
  if (!(tolerancePx >= 0)) throw new RangeError(`tolerance ${tolerancePx} px; expected 0 or more`);
  const points = ring.length / 2;
  const untouched = fewest === 'keepWhole' ? 4 : 3;
  if (points <= untouched || tolerancePx === 0) return { ring: Array.from(ring), errorPx: 0 };
  // A ring has no ends: hold the first corner and the one farthest from it.
  let far = 0;
  for (let i = 1; i < points; i++) if (squared(ring, 0, i) > squared(ring, 0, far)) far = i;
  const keep = new Uint8Array(points + 1);
  keep[0] = keep[far] = keep[points] = 1;
  const open: [number, number][] = [
    [0, far],
    [far, points],
  ];
  let errorPx = 0;
  let spare = -1;
  let spareDistance = -1;
  for (let stretch = open.pop(); stretch; stretch = open.pop()) {
    const [from, to] = stretch;
    let worst = -1;
    let worstDistance = -1;
    for (let i = from + 1; i < to; i++) {
      const distance = distanceToSegment(ring, i, from, to % points);
      if (distance > worstDistance) [worst, worstDistance] = [i, distance];
    }
    if (worst < 0) continue;
    if (worstDistance > tolerancePx) {
      keep[worst] = 1;
      open.push([from, worst], [worst, to]);
    } else {
      errorPx = Math.max(errorPx, worstDistance);
      if (worstDistance > spareDistance) [spare, spareDistance] = [worst, worstDistance];
    }
  }
  // Two corners are no polygon: put the farthest dropped one back.
  if (keep.subarray(0, points).reduce((sum, k) => sum + k, 0) < 3) {
    if (fewest === 'keepWhole') return { ring: Array.from(ring), errorPx: 0 };
    if (spare >= 0) keep[spare] = 1;
  }
  const kept: Ring = [];
  for (let i = 0; i < points; i++) if (keep[i]) kept.push(ring[2 * i]!, ring[2 * i + 1]!);
  return { ring: kept, errorPx };
}

/** Drops points of an open line that lie within `tolerancePx` of what remains; its ends stay. */
export function simplifyLine(line: readonly number[], tolerancePx: number): number[] {
  const points = line.length / 2;
  if (points < 3) return [...line];
  const keep = new Uint8Array(points);
  keep[0] = keep[points - 1] = 1;
  const open: [number, number][] = [[0, points - 1]];
  for (let stretch = open.pop(); stretch; stretch = open.pop()) {
    const [from, to] = stretch;
    let worst = -1;
    let worstDistance = tolerancePx;
    for (let i = from + 1; i < to; i++) {
      const distance = distanceToSegment(line, i, from, to);
      if (distance > worstDistance) [worst, worstDistance] = [i, distance];
    }
    if (worst < 0) continue;
    keep[worst] = 1;
    open.push([from, worst], [worst, to]);
  }
  return line.filter((_, i) => keep[i >> 1] === 1);
}

function squared(ring: ArrayLike<number>, i: number, j: number): number {
  const dx = ring[2 * i]! - ring[2 * j]!;
  const dy = ring[2 * i + 1]! - ring[2 * j + 1]!;
  return dx * dx + dy * dy;
}

function distanceToSegment(
  ring: ArrayLike<number>,
  point: number,
  from: number,
  to: number,
): number {
  const [px, py] = [ring[2 * point]!, ring[2 * point + 1]!];
  const [ax, ay] = [ring[2 * from]!, ring[2 * from + 1]!];
  const [dx, dy] = [ring[2 * to]! - ax, ring[2 * to + 1]! - ay];
  const length = dx * dx + dy * dy;
  const t = length === 0 ? 0 : ((px - ax) * dx + (py - ay) * dy) / length;
  const along = Math.max(0, Math.min(1, t));
  return Math.hypot(px - ax - along * dx, py - ay - along * dy);
}
