// Where a line that is drawn point by point crosses itself: what lies inside twice is then left out of the shape.
interface XY {
  readonly x: number;
  readonly y: number;
}

/** Longer lines are not looked through: each side is compared with every other one. */
const MOST_POINTS = 1500;

const found = new WeakMap<readonly number[], XY | null>();

/** The first crossing of the open line, in image pixels; null = there is none. Kept for every list of points. */
export function crossingOf(points: readonly number[]): XY | null {
  const known = found.get(points);
  if (known !== undefined) return known;
  const crossing = points.length > 2 * MOST_POINTS ? null : search(points);
  found.set(points, crossing);
  return crossing;
}

function search(points: readonly number[]): XY | null {
  const sides = points.length / 2 - 1;
  for (let last = 2; last < sides; last += 1)
    for (let first = 0; first < last - 1; first += 1) {
      const crossing = meeting(points, first, last);
      if (crossing) return crossing;
    }
  return null;
}

/** Where two sides cross; touching at an end is no crossing. */
function meeting(points: readonly number[], a: number, b: number): XY | null {
  const [ax, ay, bx, by] = points.slice(2 * a, 2 * a + 4) as [number, number, number, number];
  const [cx, cy, dx, dy] = points.slice(2 * b, 2 * b + 4) as [number, number, number, number];
  const across = (bx - ax) * (dy - cy) - (by - ay) * (dx - cx);
  if (across === 0) return null;
  const along = ((cx - ax) * (dy - cy) - (cy - ay) * (dx - cx)) / across;
  const other = ((cx - ax) * (by - ay) - (cy - ay) * (bx - ax)) / across;
  const isInside = along > 0 && along < 1 && other > 0 && other < 1;
  return isInside ? { x: ax + along * (bx - ax), y: ay + along * (by - ay) } : null;
}
