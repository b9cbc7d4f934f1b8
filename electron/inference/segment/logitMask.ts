// Logits to a mask of the image, and a mask to logits that a decoder can start from. Both work on runs
// down the columns: no bitmap of a large image is made.
import type { RleMask } from '../../api/types.ts';
import { emptyMask, RunWriter } from '../../masks/runs/rle.ts';
import { spansOf } from '../../masks/runs/spans.ts';
import type { ModelFrame } from '../../../models/sam/frame.ts';
import { axisWeights, TAPS, type AxisWeights } from '../../../models/sam/logits.ts';

/** An image, or a part of one, in a model's square. */
export interface Framed {
  readonly frame: ModelFrame;
  /** In pixels of the image. */
  readonly width: number;
  readonly height: number;
}

/** The pixels of logits [low, low] above `cut`. */
export function maskOfLogits(
  logits: Float32Array,
  { frame, width, height }: Framed,
  cut = 0,
): RleMask {
  const low = Math.round(Math.sqrt(logits.length));
  const box = cellsAbove(logits, low, cut);
  if (box === null) return emptyMask(width, height);
  // A pixel is a mix of the cells it reads, so it is above the cut only where one of them is.
  const across = axisWeights(low, frame.side, frame.width, width);
  const down = axisWeights(low, frame.side, frame.height, height);
  const [left, right] = reading(across.first, box.left, box.right);
  const [top, bottom] = reading(down.first, box.top, box.bottom);
  const runs = new RunWriter();
  const line = new Float64Array(low + TAPS);
  for (let x = left; x < right; x++) {
    mixColumn({ logits, low, across, x }, down.first[top] as number, line);
    let start = -1;
    for (let y = top; y < bottom; y++) {
      const cell = down.first[y] as number;
      const at = y * TAPS;
      const value =
        (down.weights[at] as number) * (line[cell] as number) +
        (down.weights[at + 1] as number) * (line[cell + 1] as number) +
        (down.weights[at + 2] as number) * (line[cell + 2] as number);
      if (value > cut) {
        if (start < 0) start = y;
      } else if (start >= 0) {
        runs.add(x * height + start, x * height + y);
        start = -1;
      }
    }
    if (start >= 0) runs.add(x * height + start, x * height + bottom);
  }
  return runs.mask(width, height);
}

/** How surely a cell inside or outside of a drawn mask is so; a mask's own logits reach about as far. */
const SHARE = 1e-3;

/**
 * Logits [low, low] that stand for a mask: by the share of each cell that it covers, 0 around the image,
 * where -6.9 would say that something is known.
 */
export function logitsOfMask(mask: RleMask, { frame }: Framed, low: number): Float32Array {
  const cell = frame.side / low;
  const covered = new Float64Array(low * low);
  const spans = spansOf(mask);
  const across = frame.width / mask.width / cell;
  const down = frame.height / mask.height / cell;
  for (let x = 0; x < mask.width; x++)
    overlaps(x * across, (x + 1) * across, (column, wide) => {
      for (let span = spans.first[x] as number; span < (spans.first[x + 1] as number); span++)
        overlaps(spans.top[span]! * down, spans.bottom[span]! * down, (row, tall) => {
          covered[row * low + column] = (covered[row * low + column] as number) + wide * tall;
        });
    });
  const logits = new Float32Array(low * low);
  const inside = (at: number, length: number) => Math.min(1, Math.max(0, length / cell - at));
  for (let row = 0; row < low; row++)
    for (let column = 0; column < low; column++) {
      const room = inside(row, frame.height) * inside(column, frame.width);
      if (room === 0) continue;
      const share = (covered[row * low + column] as number) / room;
      const bounded = Math.min(1 - SHARE, Math.max(SHARE, share));
      logits[row * low + column] = Math.log(bounded / (1 - bounded));
    }
  return logits;
}

/** The cells between two places, with how much of each lies between them. */
function overlaps(from: number, to: number, each: (cell: number, length: number) => void): void {
  for (let cell = Math.floor(from); cell < to; cell++) {
    const length = Math.min(to, cell + 1) - Math.max(from, cell);
    // Sums of steps end a hair behind the last cell.
    if (length > 1e-9) each(cell, length);
  }
}

/** The cells of pixel column `x`, mixed from those beside each other, from row `from` on. */
function mixColumn(
  column: {
    readonly logits: Float32Array;
    readonly low: number;
    readonly across: AxisWeights;
    readonly x: number;
  },
  from: number,
  line: Float64Array,
): void {
  const { logits, low, across, x } = column;
  const first = across.first[x] as number;
  for (let row = from; row < low; row++) {
    let sum = 0;
    for (let tap = 0; tap < TAPS; tap++) {
      const weight = across.weights[x * TAPS + tap] as number;
      if (weight !== 0) sum += weight * (logits[row * low + first + tap] as number);
    }
    line[row] = sum;
  }
}

/** The first pixel, and that after the last, that read one of the cells; `first` never falls. */
function reading(first: Int32Array, from: number, to: number): [number, number] {
  const start = first.findIndex((cell) => cell + TAPS > from);
  const end = first.findIndex((cell) => cell > to);
  return [Math.max(0, start), end < 0 ? first.length : end];
}

function cellsAbove(logits: Float32Array, low: number, cut: number) {
  let [left, right, top, bottom] = [low, -1, low, -1];
  for (let at = 0; at < logits.length; at++) {
    if ((logits[at] as number) <= cut) continue;
    const [row, column] = [Math.floor(at / low), at % low];
    top = Math.min(top, row);
    bottom = row;
    left = Math.min(left, column);
    right = Math.max(right, column);
  }
  return bottom < 0 ? null : { left, right, top, bottom };
}
