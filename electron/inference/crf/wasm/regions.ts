// Parts of an image that several threads can work on at the same time. Pixels are kept in strips of columns, so a range of
// columns is a range of pixels.
import type { PlaneSize } from '../labels.ts';

/** Pixels from the first up to the one behind the last, in the order of strips. */
export interface Range {
  readonly first: number;
  readonly last: number;
}

/** Pixels between two questions whether to stop; a multiple of four. */
const BAND = 16384;
/** Columns of a strip, as the modules have it. */
const STRIP = 32;
/**
 * Pixels around one vertex lie no further apart than this many deviations: a simplex is one step of the scaled position
 * wide, on each side of its vertex.
 */
const REACH = Math.sqrt(3);
/** Neighbouring stripes are done in turns, so there are enough of each for a few threads. */
const STRIPES_TOGETHER = 4;
const MOST_STRIPES = 16;

/** What [first, last) is cut into: ranges of `most`, and what is left. */
export function bandsOf({ first, last }: Range, most = BAND): Range[] {
  const bands: Range[] = [];
  for (let at = first; at < last; at += most)
    bands.push({ first: at, last: Math.min(last, at + most) });
  return bands;
}

/** Columns in so many about equal ranges of whole strips, or fewer; the first has `less` of a share less than the others. */
export function columnsOf(width: number, count: number, less = 0): Range[] {
  const strips = Math.ceil(width / STRIP);
  const columnOf = (part: number) => {
    const before = Math.floor((Math.max(0, part - less) * strips) / (count - less));
    return Math.min(width, before * STRIP);
  };
  return Array.from({ length: count }, (_, part) => ({
    first: columnOf(part),
    last: columnOf(part + 1),
  })).filter(({ first, last }) => last > first);
}

/** The pixels of those columns. */
export function stripesOf({ width, height }: PlaneSize, count: number, less = 0): Range[] {
  return columnsOf(width, count, less).map(({ first, last }) => ({
    first: first * height,
    last: last * height,
  }));
}

/**
 * Pixels in the order in which they are added to vertices: stripes of the image in two turns. Two stripes of one turn have
 * no vertex in common, and a vertex has pixels of two stripes at most: sums come out the same, bit by bit, whoever does
 * which stripe and when. The broadest come first: a thread that began one last would keep the others waiting. A narrow image
 * is one stripe.
 */
export function turnsOf(size: PlaneSize, deviationPx: number): readonly Range[][] {
  // One column more for rounding.
  const stripsEach = Math.ceil((REACH * deviationPx + 1) / STRIP);
  const most = Math.floor(Math.ceil(size.width / STRIP) / stripsEach);
  const count = Math.min(MOST_STRIPES, most - (most % STRIPES_TOGETHER));
  if (count === 0) return [stripesOf(size, 1)];
  const stripes = stripesOf(size, count);
  const pixelsOf = ({ first, last }: Range) => last - first;
  return [0, 1].map((turn) =>
    stripes
      .filter((_, at) => at % 2 === turn)
      .sort((one, other) => pixelsOf(other) - pixelsOf(one)),
  );
}
