// How sure a run is: the margin of the winning channel per class, boxes and areas, and the
// histogram behind a threshold slider (method.md 14, "Low confidence").
import type { Poll } from '../../cancel.ts';

/** x, y, width, height in pixels. */
export type PixelBox = readonly [x: number, y: number, width: number, height: number];

export interface ChannelFigures {
  /** Mean of best minus second best over the pixels a channel won, per channel; 0 where it won none. */
  readonly margin: Float64Array;
  /** Mean height of the winning channel over those pixels. */
  readonly height: Float64Array;
  /**
   * How much of each channel's region differs from where `planes` alone are highest: 1 - intersection over
   * union, 0 where it won nothing in either.
   */
  readonly change: Float64Array;
}

/**
 * Figures of `planes` [channels, pixels] for the pixels that `winners` gives to each channel, without those
 * that something else hides. A lone channel is compared with nothing, i.e. with 0.
 */
export function channelFigures(
  planes: Float32Array,
  channels: number,
  winners: Uint8Array,
  hidden: Uint8Array | null = null,
): ChannelFigures {
  const pixels = winners.length;
  const margin = new Float64Array(channels);
  const height = new Float64Array(channels);
  const won = new Float64Array(channels);
  const union = new Float64Array(channels);
  const kept = new Float64Array(channels);
  for (let at = 0; at < pixels; at++) {
    if (hidden !== null && hidden[at] !== 0) continue;
    const winner = winners[at] as number;
    let highest = -Infinity;
    let second = 0;
    let first = 0;
    for (let c = 0, place = at; c < channels; c++, place += pixels) {
      const value = planes[place] as number;
      if (value > highest) {
        if (highest > second) second = highest;
        highest = value;
        first = c;
      } else if (value > second) second = value;
    }
    const own = planes[winner * pixels + at] as number;
    const rival = first === winner ? second : highest;
    margin[winner] = (margin[winner] as number) + own - rival;
    height[winner] = (height[winner] as number) + own;
    won[winner] = (won[winner] as number) + 1;
    union[winner] = (union[winner] as number) + 1;
    if (first === winner) kept[winner] = (kept[winner] as number) + 1;
    else union[first] = (union[first] as number) + 1;
  }
  for (let c = 0; c < channels; c++) {
    const count = Math.max(1, won[c] as number);
    // After a CRF another channel may win than the maps' own best: never below zero.
    margin[c] = Math.max(0, (margin[c] as number) / count);
    height[c] = (height[c] as number) / count;
  }
  const change = union.map((pixels, c) => (pixels === 0 ? 0 : 1 - (kept[c] as number) / pixels));
  return { margin, height, change };
}

/** Area and bounding box of every label that occurs, 0 left out. */
export function extents(
  labels: Uint16Array,
  width: number,
  poll?: Poll,
): Map<number, { area: number; box: PixelBox }> {
  const found = new Map<number, { area: number; x0: number; y0: number; x1: number; y1: number }>();
  const height = labels.length / width;
  for (let y = 0; y < height; y++) {
    if (y % 64 === 0) poll?.();
    const line = y * width;
    // Runs of one label are looked up once.
    for (let x = 0; x < width;) {
      const label = labels[line + x] as number;
      let end = x + 1;
      while (end < width && labels[line + end] === label) end++;
      if (label !== 0) {
        const seen = found.get(label);
        if (!seen) found.set(label, { area: end - x, x0: x, y0: y, x1: end, y1: y + 1 });
        else {
          seen.area += end - x;
          seen.x0 = Math.min(seen.x0, x);
          seen.x1 = Math.max(seen.x1, end);
          seen.y1 = y + 1;
        }
      }
      x = end;
    }
  }
  return new Map(
    [...found].map(([label, { area, x0, y0, x1, y1 }]) => [
      label,
      { area, box: [x0, y0, x1 - x0, y1 - y0] as const },
    ]),
  );
}

/** Counts of values 0-1 in `bins` equal bars; 1 falls into the last. */
export function histogram(values: ArrayLike<number>, bins = 40): number[] {
  const counts = new Array<number>(bins).fill(0);
  for (let i = 0; i < values.length; i++) {
    const bin = Math.min(bins - 1, Math.max(0, Math.floor((values[i] as number) * bins)));
    counts[bin] = (counts[bin] as number) + 1;
  }
  return counts;
}
