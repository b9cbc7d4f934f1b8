// Walks a part's outline edge by edge, into every hole and back by a bridge: a straight way up and
// down through the span above the hole's top edge. What is noted on the way is the caller's matter.
import { lineAfter, rowOf } from './trace.ts';
import type { Cracks } from './trace.ts';

export interface RingVisitor {
  /** A top (walked right) or bottom (walked left) edge of pixel column `column` at corner row `row`. */
  edge(column: number, row: number, isTop: boolean): void;
  /** Pixel side along the line left of column `line`, from one corner row to another. */
  side(line: number, from: number, to: number): void;
  /** Through foreground pixels of `column` between two corner rows, down or up. */
  bridge(column: number, from: number, to: number): void;
}

/** The spans that bridges run through, one above every hole. */
export function bridgedSpans(cracks: Cracks): ReadonlySet<number> {
  return new Set(cracks.holes.map((edge) => edge >> 1));
}

/** One part, beginning with edge `start` of its outer ring, all its holes included. */
export function walkPart(
  cracks: Cracks,
  start: number,
  bridged: ReadonlySet<number>,
  visitor: RingVisitor,
): void {
  const { column, top, bottom } = cracks.spans;
  /** Top edges at which the walk continues after the current hole; the last one is the innermost. */
  const waiting: number[] = [];
  let edge = start;
  let isBack = false;
  for (;;) {
    const span = edge >> 1;
    const x = column[span]!;
    if (edge % 2 === 0 && bridged.has(span) && !isBack) {
      visitor.bridge(x, top[span]!, bottom[span]!);
      waiting.push(edge);
      edge = step(cracks, edge + 1, visitor);
      continue;
    }
    isBack = false;
    visitor.edge(x, rowOf(cracks, edge), edge % 2 === 0);
    if (edge % 2 === 1 && waiting.at(-1) === edge - 1) {
      visitor.bridge(x, bottom[span]!, top[span]!);
      edge = waiting.pop()!;
      isBack = true;
      continue;
    }
    edge = step(cracks, edge, visitor);
    if (edge === start && waiting.length === 0) return;
  }
}

/** Moves on to the next edge along the pixel sides between the two. */
function step(cracks: Cracks, edge: number, visitor: RingVisitor): number {
  const after = cracks.next[edge]!;
  const [from, to] = [rowOf(cracks, edge), rowOf(cracks, after)];
  if (from !== to) visitor.side(lineAfter(cracks, edge), from, to);
  return after;
}
