// Areas that annotation programs draw, as masks: rings with holes, turned rectangles, ellipses. Corners
// are in the frame in which pixel (0, 0) covers [0,1] x [0,1]. Throws a RangeError that says what is wrong.
import type { Json, RleMask } from '../../../../api/types.ts';
import { subtract } from '../../../../masks/runs/combine.ts';
import { rasterizeRing } from '../../../../masks/outlines/rasterize.ts';
import { counted } from '../../../../link/words/counted.ts';

const ELLIPSE_CORNERS = 128;
const MAX_CORNERS = 1_000_000;

type Point = readonly [x: number, y: number];

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** The inside of a ring [x0, y0, x1, y1, ...] without that of its holes. */
export function ringArea(
  ring: readonly number[],
  holes: readonly (readonly number[])[],
  { width, height }: Size,
): RleMask {
  if (ring.length < 6)
    throw new RangeError(`has ${counted(ring.length / 2, 'point')}; an outline needs 3`);
  if (ring.length > 2 * MAX_CORNERS)
    throw new RangeError(`has ${ring.length / 2} points; at most ${MAX_CORNERS} are read`);
  return holes.reduce(
    (mask, hole) => (hole.length < 6 ? mask : subtract(mask, rasterizeRing(hole, width, height))),
    rasterizeRing(ring, width, height),
  );
}

/** A rectangle turned clockwise by `degrees` around `pivot` (default: its centre). */
export function rectangleRing(
  box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
  degrees = 0,
  pivot: Point = [box.x + box.width / 2, box.y + box.height / 2],
): number[] {
  const [left, top, right, bottom] = [box.x, box.y, box.x + box.width, box.y + box.height];
  return turned([left, top, right, top, right, bottom, left, bottom], degrees, pivot);
}

/** An ellipse turned clockwise by `degrees` around its centre. */
export function ellipseRing(center: Point, radii: Point, degrees = 0): number[] {
  if (!(radii[0] > 0 && radii[1] > 0))
    throw new RangeError(`is an ellipse with radii ${radii[0]} and ${radii[1]}`);
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  return axesRing(center, [radii[0] * cos, radii[0] * sin], [-radii[1] * sin, radii[1] * cos]);
}

/** Corners of an ellipse from its centre and two half axes. */
export function axesRing([x, y]: Point, [ax, ay]: Point, [bx, by]: Point): number[] {
  return Array.from({ length: ELLIPSE_CORNERS }, (_, i) => {
    const angle = (2 * Math.PI * i) / ELLIPSE_CORNERS;
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    return [x + ax * cos + bx * sin, y + ay * cos + by * sin];
  }).flat();
}

function turned(ring: readonly number[], degrees: number, [cx, cy]: Point): number[] {
  if (degrees === 0) return [...ring];
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  return ring.map((value, i) => {
    const [x, y] = i % 2 === 0 ? [value - cx, ring[i + 1]! - cy] : [ring[i - 1]! - cx, value - cy];
    return i % 2 === 0 ? cx + x * cos - y * sin : cy + x * sin + y * cos;
  });
}

/** [[x, y], ...] as a flat ring. */
export function ringOfPairs(value: Json | undefined, what = 'points'): number[] {
  if (!Array.isArray(value)) throw new RangeError(`has no list of ${what}`);
  return value.flatMap((pair: Json) => {
    if (!Array.isArray(pair) || pair.length < 2 || !pair.slice(0, 2).every(isFiniteNumber))
      throw new RangeError(`has ${what} that are no list of [x, y] pairs`);
    return pair.slice(0, 2) as number[];
  });
}

/** A number of a record. */
export function numberOf(value: Json | undefined, what: string): number {
  if (isFiniteNumber(value)) return value;
  throw new RangeError(`has no ${what}: ${JSON.stringify(value)?.slice(0, 40) ?? 'missing'}`);
}

export const isFiniteNumber = (value: Json | undefined): value is number =>
  typeof value === 'number' && Number.isFinite(value);
