// How sure a run is: the margin of the winning channel per class, boxes and areas, and the
// histogram behind a threshold slider (method.md 14, "Low confidence").
import type { Poll } from '../../../cancel.ts';

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

export const noFigures = (channels: number): ChannelFigures => ({
  margin: new Float64Array(channels),
  height: new Float64Array(channels),
  change: new Float64Array(channels),
});

/** Pixels whose planes are compared one plane after the other: their best values stay in the nearest cache. */
const BLOCK = 2048;

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
  return figuresOf(planes, channels, { winners, hidden, areOpen: false });
}

/** The same where the highest of `planes` wins each pixel, the first of equal ones; with those winners. */
export function highestChannels(
  planes: Float32Array,
  channels: number,
  pixels: number,
  hidden: Uint8Array | null = null,
): { readonly winners: Uint8Array; readonly figures: ChannelFigures } {
  const winners = new Uint8Array(pixels);
  return { winners, figures: figuresOf(planes, channels, { winners, hidden, areOpen: true }) };
}

interface Winners {
  readonly winners: Uint8Array;
  readonly hidden: Uint8Array | null;
  /** True when no earlier step decided the pixels. */
  readonly areOpen: boolean;
}

function figuresOf(
  planes: Float32Array,
  channels: number,
  { winners, hidden, areOpen }: Winners,
): ChannelFigures {
  const pixels = winners.length;
  const margin = new Float64Array(channels);
  const height = new Float64Array(channels);
  const won = new Float64Array(channels);
  const kept = new Float64Array(channels);
  /** Pixels where a channel is highest and another one won. */
  const lost = new Float64Array(channels);
  const best = bestTwo();
  const { highest, second, first } = best;
  for (let from = 0; from < pixels; from += BLOCK) {
    const end = Math.min(pixels, from + BLOCK);
    compare(planes, { channels, pixels, from, end }, best);
    if (areOpen) winners.set(first.subarray(0, end - from), from);
    // Neighbours have one winner: sums of a run stay out of memory.
    for (let at = from; at < end;) {
      const winner = winners[at] as number;
      const own = winner * pixels;
      let margins = margin[winner] as number;
      let heights = height[winner] as number;
      let count = 0;
      let same = 0;
      for (; at < end && winners[at] === winner; at++) {
        if (hidden !== null && hidden[at] !== 0) continue;
        const top = first[at - from] as number;
        const most = highest[at - from] as number;
        count++;
        if (top === winner) {
          margins = margins + most - (second[at - from] as number);
          heights += most;
          same++;
        } else {
          const value = planes[own + at] as number;
          margins = margins + value - most;
          heights += value;
          lost[top] = (lost[top] as number) + 1;
        }
      }
      margin[winner] = margins;
      height[winner] = heights;
      won[winner] = (won[winner] as number) + count;
      kept[winner] = (kept[winner] as number) + same;
    }
  }
  for (let c = 0; c < channels; c++) {
    const count = Math.max(1, won[c] as number);
    // After a CRF another channel may win than the maps' own best: never below zero.
    margin[c] = Math.max(0, (margin[c] as number) / count);
    height[c] = (height[c] as number) / count;
  }
  const change = won.map((pixels, c) => {
    const union = pixels + (lost[c] as number);
    return union === 0 ? 0 : 1 - (kept[c] as number) / union;
  });
  return { margin, height, change };
}

/** By pixel of a block: the highest value, the second one or 0, and the first channel that has the highest. */
const bestTwo = () => ({
  highest: new Float32Array(BLOCK),
  second: new Float32Array(BLOCK),
  first: new Uint8Array(BLOCK),
});

interface Block {
  readonly channels: number;
  readonly pixels: number;
  readonly from: number;
  readonly end: number;
}

function compare(
  planes: Float32Array,
  { channels, pixels, from, end }: Block,
  { highest, second, first }: ReturnType<typeof bestTwo>,
): void {
  highest.set(planes.subarray(from, end));
  second.fill(0);
  first.fill(0);
  for (let c = 1; c < channels; c++) {
    const start = c * pixels + from;
    for (let at = 0; at < end - from; at++) {
      const value = planes[start + at] as number;
      // Most values are neither: one look is enough for them.
      if (value <= (second[at] as number)) continue;
      const top = highest[at] as number;
      if (value > top) {
        if (top > (second[at] as number)) second[at] = top;
        highest[at] = value;
        first[at] = c;
      } else second[at] = value;
    }
  }
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
