// Outlines through the centres of the outermost pixels, for readers that draw polygons with OpenCV's
// fillPoly: there the outline itself is filled, so corner polygons come out one pixel too large.
// The numbers are pixel indices; as a COCO polygon they would lose a row and a column.
import type { RleMask } from '../../api/types.ts';
import { bridgedSpans, walkPart } from './ringWalk.ts';
import { findCracks } from './trace.ts';
import type { Ring } from './trace.ts';

/** One ring per part, holes by bridges through foreground pixels; three points at least. */
export function traceCentres(mask: RleMask): Ring[] {
  const cracks = findCracks(mask);
  const bridged = bridgedSpans(cracks);
  return cracks.outers.map((start) => {
    const ring: Ring = [];
    walkPart(cracks, start, bridged, {
      edge: (column, row, isTop) => push(ring, column, isTop ? row : row - 1),
      // Going down the part lies to the left of the line, going up to its right.
      side(line, from, to) {
        const down = to > from;
        push(ring, down ? line - 1 : line, down ? from : from - 1);
        push(ring, down ? line - 1 : line, down ? to - 1 : to);
      },
      bridge(column, from, to) {
        const down = to > from;
        push(ring, column, down ? from : from - 1);
        push(ring, column, down ? to - 1 : to);
      },
    });
    if (ring.length > 2 && ring[0] === ring.at(-2) && ring[1] === ring.at(-1)) ring.length -= 2;
    while (ring.length < 6) ring.push(ring.at(-2)!, ring.at(-1)!);
    return ring;
  });
}

/** Adds a point, dropping the one before when it lies straight on the way. */
function push(ring: Ring, x: number, y: number): void {
  const n = ring.length;
  if (n >= 2 && ring[n - 2] === x && ring[n - 1] === y) return;
  if (n >= 4) {
    const [ax, ay, bx, by] = [ring[n - 4]!, ring[n - 3]!, ring[n - 2]!, ring[n - 1]!];
    const isStraight =
      (ax === bx && bx === x && (by - ay) * (y - by) > 0) ||
      (ay === by && by === y && (bx - ax) * (x - bx) > 0);
    if (isStraight) ring.length -= 2;
  }
  ring.push(x, y);
}
