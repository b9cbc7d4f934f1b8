// Column view of a run-length mask: for each column its vertical spans. Made once per mask, so that
// any part can be unpacked, tested or traced without walking from the start.
import type { RleMask } from '../../api/types.ts';
import type { PixelBox } from './rle.ts';

export interface Columns {
  readonly width: number;
  readonly height: number;
  /** Spans of column x are `spans[2 * starts[x] .. 2 * starts[x + 1]]` as (first, end) pairs of y. */
  readonly starts: Uint32Array;
  readonly spans: Uint32Array;
}

const cache = new WeakMap<RleMask, Columns>();

/** Spans per column; cached by the mask object, which never changes. */
export function columnsOf(mask: RleMask): Columns {
  const known = cache.get(mask);
  if (known) return known;
  const columns = split(mask);
  cache.set(mask, columns);
  return columns;
}

function split({ width, height, counts }: RleMask): Columns {
  const starts = new Uint32Array(width + 1);
  let spans = new Uint32Array(Math.max(16, counts.length * 2));
  let length = 0;
  let at = 0;
  let column = 0;
  for (let i = 0; i < counts.length; i += 1) {
    const run = counts[i]!;
    if (i % 2 === 1) {
      let first = at;
      const end = at + run;
      while (first < end) {
        const x = Math.floor(first / height);
        while (column < x) starts[++column] = length / 2;
        const stop = Math.min(end, (x + 1) * height);
        if (length + 2 > spans.length) {
          const larger = new Uint32Array(spans.length * 2);
          larger.set(spans);
          spans = larger;
        }
        spans[length++] = first - x * height;
        spans[length++] = stop - x * height;
        first = stop;
      }
    }
    at += run;
  }
  while (column < width) starts[++column] = length / 2;
  return { width, height, starts, spans: spans.subarray(0, length) };
}

/**
 * Unpacks the window (x0, y0, w, h) into row-major bytes, 1 = set; parts outside the image stay 0.
 * Writes `value` by OR, so that several masks can share one buffer.
 */
export function unpackInto(
  columns: Columns,
  { x: x0, y: y0, width: w, height: h }: PixelBox,
  target: Uint8Array,
  value = 1,
): void {
  const firstX = Math.max(0, x0);
  const lastX = Math.min(columns.width, x0 + w);
  for (let x = firstX; x < lastX; x += 1) {
    const end = columns.starts[x + 1]!;
    for (let s = columns.starts[x]!; s < end; s += 1) {
      const from = Math.max(columns.spans[2 * s]!, y0);
      const to = Math.min(columns.spans[2 * s + 1]!, y0 + h);
      for (let y = from, at = (from - y0) * w + (x - x0); y < to; y += 1, at += w)
        target[at]! |= value;
    }
  }
}

/** Is pixel (x, y) set? By bisection in its column. */
export function columnContains(columns: Columns, x: number, y: number): boolean {
  if (x < 0 || y < 0 || x >= columns.width || y >= columns.height) return false;
  let low = columns.starts[x]!;
  let high = columns.starts[x + 1]!;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (columns.spans[2 * middle + 1]! <= y) low = middle + 1;
    else high = middle;
  }
  return low < columns.starts[x + 1]! && columns.spans[2 * low]! <= y;
}
