// Borders that two objects share: a point near a neighbour's outline lies on it, and two such points in a row take
// the outline between them, so that the pixels are parted without a gap and without an overlap.
import type { Annotation } from '../../../../electron/api/types.ts';
import { ringsOf } from '../../../../electron/masks/outlines/rings.ts';
import { isWithinReach } from '../../geometry/boxes.ts';
import type { Shared, Snap, XY } from './state.ts';

/** The nearest place on an outline within `reach` image pixels; null = none is near. */
export function snapTo(objects: readonly Annotation[], point: XY, reach: number): Snap | null {
  let best: Snap | null = null;
  let nearest = reach;
  for (const object of objects) {
    const [x, y, width, height] = object.box;
    if (!isWithinReach([x, y, x + width, y + height], point, reach)) continue;
    for (const [ring, { points, bounds }] of ringsOf(object.mask).entries()) {
      if (!isWithinReach(bounds, point, reach)) continue;
      for (let corner = 0; corner < points.length / 2; corner += 1) {
        const place = placeOn(points, corner, point);
        const far = Math.hypot(place.x - point.x, place.y - point.y);
        if (far > nearest) continue;
        nearest = far;
        best = { id: object.id, ring, corner, ...place };
      }
    }
  }
  return best;
}

function placeOn(points: Int32Array, corner: number, { x, y }: XY) {
  const next = (2 * corner + 2) % points.length;
  const [ax, ay] = [points[2 * corner]!, points[2 * corner + 1]!];
  const [dx, dy] = [points[next]! - ax, points[next + 1]! - ay];
  const length = dx * dx + dy * dy;
  const share =
    length === 0 ? 0 : Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / length));
  return { share, x: ax + share * dx, y: ay + share * dy };
}

/**
 * Corners of the outline from one place to another, without the places themselves; the shorter way, or the
 * longer one. Empty where the places are on different outlines.
 */
export function between(object: Annotation, from: Snap, to: Snap, longer: boolean): number[] {
  if (from.id !== to.id || from.ring !== to.ring) return [];
  const points = ringsOf(object.mask)[from.ring]?.points;
  if (!points) return [];
  const forth = cornersFrom(points, from, to);
  const back = reversed(cornersFrom(points, to, from));
  const isForthShorter = lengthOf(from, forth, to) <= lengthOf(from, back, to);
  return isForthShorter !== longer ? forth : back;
}

/** What a side from the place of the last point, if it lies on an outline, to this one shares. */
export function sharedWith(
  neighbour: Annotation | null,
  from: Snap | undefined,
  to: Snap,
  longer: boolean,
): Shared {
  const isSame = from?.id === to.id && from.ring === to.ring;
  if (!neighbour || !from || !isSame) return { id: to.id, between: [], px: 0 };
  const line = between(neighbour, from, to, longer);
  return { id: to.id, between: line, px: lengthOf(from, line, to) };
}

function cornersFrom(points: Int32Array, from: Snap, to: Snap): number[] {
  const count = points.length / 2;
  const isAhead = from.corner === to.corner && to.share >= from.share;
  const steps = isAhead ? 0 : (to.corner - from.corner + count) % count || count;
  return Array.from({ length: steps }, (_, i) => (from.corner + 1 + i) % count).flatMap(
    (corner) => [points[2 * corner]!, points[2 * corner + 1]!],
  );
}

function reversed(line: readonly number[]): number[] {
  const turned: number[] = [];
  for (let i = line.length - 2; i >= 0; i -= 2) turned.push(line[i]!, line[i + 1]!);
  return turned;
}

function lengthOf(from: XY, line: readonly number[], to: XY): number {
  const all = [from.x, from.y, ...line, to.x, to.y];
  let length = 0;
  for (let i = 2; i < all.length; i += 2)
    length += Math.hypot(all[i]! - all[i - 2]!, all[i + 1]! - all[i - 1]!);
  return length;
}
