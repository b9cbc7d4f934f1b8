// An ellipse one pixel wide, drawn as the published program draws it: a polygon on a grid of 1/65536
// pixel, whose sides step along their longer axis.
import type { RgbImage } from '../../../image/rgbImage.ts';

const BITS = 65536;
const HALF = BITS / 2;
const SINE_DIGITS = 1e7;

export interface Ellipse {
  readonly centreX: number;
  readonly centreY: number;
  /** Half axes in pixels. */
  readonly across: number;
  readonly down: number;
}

type Point = readonly [x: number, y: number];

/** Draws into the image's own bytes. */
export function drawEllipse(image: RgbImage, ellipse: Ellipse, colour: readonly number[]): void {
  const put = (x: number, y: number): void => {
    if (x < 0 || y < 0 || x >= image.width || y >= image.height) return;
    image.rgb.set(colour, (y * image.width + x) * 3);
  };
  const points = outline(ellipse);
  points.forEach((to, at) => {
    const side = clipped(points[(at + points.length - 1) % points.length] as Point, to, image);
    if (side) drawSide(side, put);
  });
}

/** Corners in 1/65536 pixel; equal neighbours are one. */
function outline({ centreX, centreY, across, down }: Ellipse): Point[] {
  const larger = Math.max(across, down);
  const step = larger < 3 ? 90 : larger < 10 ? 30 : larger < 15 ? 18 : 5;
  const points: Point[] = [];
  for (let angle = 0; angle <= 360; angle += step) {
    const x = Math.round((centreX + across * sine(angle + 90)) * BITS);
    const y = Math.round((centreY + down * sine(angle)) * BITS);
    const last = points.at(-1);
    if (last?.[0] !== x || last[1] !== y) points.push([x, y]);
  }
  return points;
}

const sine = (degrees: number): number =>
  Math.round(Math.sin((degrees * Math.PI) / 180) * SINE_DIGITS) / SINE_DIGITS;

/** The part inside the image, in 1/65536 pixel; null where there is none. */
function clipped(from: Point, to: Point, { width, height }: RgbImage): [Point, Point] | null {
  const [right, bottom] = [width * BITS - 1, height * BITS - 1];
  const ends: [Point, Point] = [from, to];
  const cut = (axis: 0 | 1, limit: number): boolean => {
    const outside = (point: Point) => (point[axis] < 0 ? -1 : point[axis] > limit ? 1 : 0);
    const sides = ends.map(outside);
    if (sides[0] === sides[1] && sides[0] !== 0) return false;
    for (const end of [0, 1] as const) {
      const where = outside(ends[end]);
      if (where === 0) continue;
      const at = where < 0 ? 0 : limit;
      const [a, b] = ends;
      const other = axis === 0 ? 1 : 0;
      const moved =
        ends[end][other] +
        Math.trunc(((at - ends[end][axis]) * (b[other] - a[other])) / (b[axis] - a[axis]));
      ends[end] = axis === 0 ? [at, moved] : [moved, at];
    }
    return true;
  };
  return cut(1, bottom) && cut(0, right) ? ends : null;
}

function drawSide([a, b]: readonly [Point, Point], put: (x: number, y: number) => void): void {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  const long: 0 | 1 = Math.abs(dx) > Math.abs(dy) ? 0 : 1;
  const short = long === 0 ? 1 : 0;
  const [start, end] = a[long] <= b[long] ? [a, b] : [b, a];
  const length = end[long] - start[long];
  // A length of an even number of parts counts one more, so that nothing is divided by zero.
  const slope = Math.trunc(
    ((end[short] - start[short]) * BITS) / (length % 2 === 0 ? length + 1 : length),
  );
  const pixel = (value: number): number => Math.floor(value / BITS);
  const at = (along: number, beside: number): void =>
    long === 0 ? put(along, beside) : put(beside, along);
  put(pixel(end[0] + HALF), pixel(end[1] + HALF));
  const first = pixel(start[long] + HALF);
  for (let step = 0; step <= pixel(length); step++)
    at(first + step, pixel(start[short] + HALF + step * slope));
}
