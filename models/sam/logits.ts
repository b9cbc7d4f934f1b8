// Resizes the decoder's logits to the image: to the model's square, cut to the image's part, then to the
// image's size, both times bilinear. Both steps are linear and separable, so each axis has one operator with
// three weights a pixel.
import type { ModelFrame } from './frame.ts';

/** For every pixel of an axis the first cell that it reads and the weights of it and the next two. */
export interface AxisWeights {
  readonly first: Int32Array;
  readonly weights: Float64Array;
}

/** Cells that a pixel reads along an axis; the last ones may weigh nothing. */
export const TAPS = 3;

/** Logits [low, low] of one mask at the size of the image, row-major; above 0 is inside. */
export function imageLogits(
  logits: Float32Array,
  frame: ModelFrame,
  image: { readonly width: number; readonly height: number },
): Float32Array {
  const low = Math.round(Math.sqrt(logits.length));
  const across = axisWeights(low, frame.side, frame.width, image.width);
  const down = axisWeights(low, frame.side, frame.height, image.height);
  const full = new Float32Array(image.width * image.height);
  const line = new Float64Array(low + TAPS);
  for (let y = 0; y < image.height; y++) {
    line.fill(0);
    for (let tap = 0; tap < TAPS; tap++) {
      const weight = down.weights[y * TAPS + tap] as number;
      if (weight === 0) continue;
      const from = ((down.first[y] as number) + tap) * low;
      for (let x = 0; x < low; x++)
        line[x] = (line[x] as number) + weight * (logits[from + x] as number);
    }
    for (let x = 0; x < image.width; x++) {
      const from = across.first[x] as number;
      let sum = 0;
      for (let tap = 0; tap < TAPS; tap++)
        sum += (across.weights[x * TAPS + tap] as number) * (line[from + tap] as number);
      full[y * image.width + x] = sum;
    }
  }
  return full;
}

/** Stability of a mask: pixels above +1 as a share of those above -1; 1 if there are none. */
export function stability(logits: Float32Array): number {
  let [inner, outer] = [0, 0];
  for (const value of logits) {
    if (value > 1) inner++;
    if (value > -1) outer++;
  }
  return outer === 0 ? 1 : inner / outer;
}

/** From `low` cells to `side`, of these the first `part`, and from them to `length` pixels. */
export function axisWeights(low: number, side: number, part: number, length: number): AxisWeights {
  const first = new Int32Array(length);
  const weights = new Float64Array(length * TAPS);
  for (let at = 0; at < length; at++) {
    const outer = between(at, part, length);
    const start = between(outer.first, low, side).first;
    first[at] = start;
    for (const [place, share] of [
      [outer.first, 1 - outer.share],
      [outer.second, outer.share],
    ] as const) {
      const inner = between(place, low, side);
      add(weights, at * TAPS + inner.first - start, share * (1 - inner.share));
      add(weights, at * TAPS + inner.second - start, share * inner.share);
    }
  }
  return { first, weights };
}

// The two of `from` samples that lie around sample `at` of `to`: half-pixel centres, edges clamped.
function between(at: number, from: number, to: number) {
  const place = Math.min(from - 1, Math.max(0, ((at + 0.5) * from) / to - 0.5));
  const first = Math.floor(place);
  return { first, second: Math.min(from - 1, first + 1), share: place - first };
}

function add(sums: Float64Array, at: number, value: number): void {
  sums[at] = (sums[at] as number) + value;
}
