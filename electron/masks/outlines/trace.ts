// Masks to polygons along pixel edges: exact corners, no half-pixel loss (a contour through pixel
// centres loses a row and a column). Works on column spans: every span has a top and a bottom edge,
// and on the line between two columns the edges of both sides are paired by the stretch that differs.
import type { RleMask } from '../../api/types.ts';
import { spansOf } from '../runs/spans.ts';
import type { ColumnSpans } from '../runs/spans.ts';

/** Closed ring [x0, y0, x1, y1, ...] of pixel corners; the last point is joined to the first. */
export type Ring = number[];

/** One piece of a mask, connected by pixel edges. */
export interface Part {
  /** Clockwise on the screen (y down). */
  readonly outer: Ring;
  /** Counter-clockwise on the screen. */
  readonly holes: Ring[];
}

/** Edges are numbered 2 * span (top, walked to the right) and 2 * span + 1 (bottom, to the left). */
export interface Cracks {
  readonly spans: ColumnSpans;
  /** The edge that follows each edge on its ring. */
  readonly next: Uint32Array;
  /** One edge of every outer ring, in order of first column. */
  readonly outers: readonly number[];
  /** For every hole its topmost edge (odd: a bottom edge of the span above it). */
  readonly holes: readonly number[];
  /** For every hole the position in `outers` of the ring around it. */
  readonly ownerOfHole: readonly number[];
}

/** Outer rings with their holes, in order of first pixel down the columns. */
export function traceParts(mask: RleMask): Part[] {
  const cracks = findCracks(mask);
  const parts = cracks.outers.map((edge): Part => ({ outer: walkRing(cracks, edge), holes: [] }));
  cracks.holes.forEach((edge, i) =>
    parts[cracks.ownerOfHole[i]!]!.holes.push(walkRing(cracks, edge)),
  );
  return parts;
}

/** Corner where `edge` is left: its right end for a top edge, its left end for a bottom edge. */
export function lineAfter({ spans }: Cracks, edge: number): number {
  return spans.column[edge >> 1]! + (edge % 2 === 0 ? 1 : 0);
}

/** Row of an edge. */
export function rowOf({ spans }: Cracks, edge: number): number {
  return edge % 2 === 0 ? spans.top[edge >> 1]! : spans.bottom[edge >> 1]!;
}

/** Links all edges of a mask into rings and finds which outer ring each hole belongs to. */
export function findCracks(mask: RleMask): Cracks {
  const spans = spansOf(mask);
  const next = linkEdges(spans);
  const edges = spans.top.length * 2;
  const ringOf = new Int32Array(edges).fill(-1);
  const outers: number[] = [];
  const holes: number[] = [];
  /** For every ring: its number in `outers`, or ~ its number in `holes`. */
  const rings: number[] = [];
  for (let start = 0; start < edges; start++) {
    if (ringOf[start] !== -1) continue;
    let top = start;
    const row = (edge: number) =>
      edge % 2 === 0 ? spans.top[edge >> 1]! : spans.bottom[edge >> 1]!;
    for (let edge = start; ringOf[edge] === -1; edge = next[edge]!) {
      ringOf[edge] = rings.length;
      if (edge % 2 === 1 && (row(edge) < row(top) || (row(edge) === row(top) && edge < top)))
        top = edge;
    }
    // The first edge met of an outer ring is a top edge, of a hole the bottom of the span above it.
    rings.push(start % 2 === 0 ? outers.push(start) - 1 : ~(holes.push(top) - 1));
  }
  // Straight up from the top of a hole lies, across one span, the outer ring or a higher hole.
  const ownerOfHole = holes.map((hole) => {
    let edge = hole;
    for (;;) {
      const ring = rings[ringOf[edge - 1]!]!;
      if (ring >= 0) return ring;
      edge = holes[~ring]!;
    }
  });
  return { spans, next, outers, holes, ownerOfHole };
}

function linkEdges({ first, top, bottom, width }: ColumnSpans): Uint32Array {
  const next = new Uint32Array(top.length * 2);
  const row = (edge: number) => (edge % 2 === 0 ? top[edge >> 1]! : bottom[edge >> 1]!);
  for (let line = 0; line <= width; line++) {
    let left = line > 0 ? 2 * first[line - 1]! : 0;
    const leftEnd = line > 0 ? 2 * first[line]! : 0;
    let right = line < width ? 2 * first[line]! : 0;
    const rightEnd = line < width ? 2 * first[line + 1]! : 0;
    let open = -1;
    while (left < leftEnd || right < rightEnd) {
      let fromLeft = right >= rightEnd;
      if (left < leftEnd && right < rightEnd) {
        const [a, b] = [row(left), row(right)];
        // Where two pixels touch by a corner only, the span that ends is closed first: parts that
        // touch by corners stay apart.
        fromLeft = a < b || (a === b && left % 2 === 1);
      }
      const edge = fromLeft ? left++ : right++;
      if (open < 0) {
        open = edge;
        continue;
      }
      // Exactly one edge of a pair arrives at this line: a top edge from the left or a bottom edge
      // from the right.
      const openFromLeft = open < leftEnd && line > 0;
      const arrives = (open % 2 === 0) === openFromLeft;
      next[arrives ? open : edge] = arrives ? edge : open;
      open = -1;
    }
  }
  return next;
}

/** The ring that `start` is an edge of. */
export function walkRing(cracks: Cracks, start: number): Ring {
  const ring: Ring = [];
  let edge = start;
  do {
    const after = cracks.next[edge]!;
    const [from, to] = [rowOf(cracks, edge), rowOf(cracks, after)];
    if (from !== to) {
      const x = lineAfter(cracks, edge);
      ring.push(x, from, x, to);
    }
    edge = after;
  } while (edge !== start);
  return ring;
}
