// Runs cut at column ends: one span per column and stretch of foreground. The form in which
// neighbouring columns can be compared without a bitmap.
import type { RleMask } from '../../api/types.ts';
import { RunWriter } from './rle.ts';

export interface ColumnSpans {
  readonly width: number;
  readonly height: number;
  /** Spans of column x are numbered first[x] up to, not including, first[x + 1]. */
  readonly first: Uint32Array;
  /** Column of every span. */
  readonly column: Uint32Array;
  /** First row of every span. */
  readonly top: Uint32Array;
  /** Row after the last row of every span. */
  readonly bottom: Uint32Array;
}

/** Spans in ascending order of column, then row. Spans of one column never touch. */
export function spansOf(mask: RleMask): ColumnSpans {
  const { width, height, counts } = mask;
  let total = 0;
  let position = counts[0] ?? 0;
  for (let i = 1; i < counts.length; i += 2) {
    const last = position + counts[i]! - 1;
    total += Math.floor(last / height) - Math.floor(position / height) + 1;
    position = last + 1 + (counts[i + 1] ?? 0);
  }
  const first = new Uint32Array(width + 1);
  const column = new Uint32Array(total);
  const top = new Uint32Array(total);
  const bottom = new Uint32Array(total);
  let n = 0;
  position = counts[0] ?? 0;
  for (let i = 1; i < counts.length; i += 2) {
    const end = position + counts[i]!;
    while (position < end) {
      const x = Math.floor(position / height);
      const stop = Math.min(end, (x + 1) * height);
      column[n] = x;
      top[n] = position - x * height;
      bottom[n] = stop - x * height;
      first[x + 1]!++;
      n++;
      position = stop;
    }
    position += counts[i + 1] ?? 0;
  }
  for (let x = 0; x < width; x++) first[x + 1]! += first[x]!;
  return { width, height, first, column, top, bottom };
}

/** The mask of those spans for which `keep` says yes. */
export function maskFromSpans(spans: ColumnSpans, keep: (span: number) => boolean): RleMask {
  const runs = new RunWriter();
  for (let s = 0; s < spans.top.length; s++) {
    if (!keep(s)) continue;
    const base = spans.column[s]! * spans.height;
    runs.add(base + spans.top[s]!, base + spans.bottom[s]!);
  }
  return runs.mask(spans.width, spans.height);
}
