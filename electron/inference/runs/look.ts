// How a proposal's crop looks, in a few bytes: shape of the mask in its box, colours inside and around
// it, size and place. Small enough to be kept for every proposal, telling enough to find like ones.
import type { Box, RleMask } from '../../api/types.ts';
import type { RgbImage } from '../image/rgbImage.ts';

/** Samples the box at SAMPLES x SAMPLES points; describes the shape by CELLS x CELLS shares. */
const SAMPLES = 32;
const CELLS = 4;

/** The look of a mask with at least one pixel; `box` is the smallest around it. */
export function lookOf(mask: RleMask, box: Box, area: number, image: RgbImage): Uint8Array {
  const [left, top, width, height] = box;
  const inside = boxBitmap(mask, box);
  const shape = new Float64Array(CELLS * CELLS);
  const inner = colourSums();
  const outer = colourSums();
  for (let i = 0; i < SAMPLES; i++) {
    const y = Math.floor(((i + 0.5) * height) / SAMPLES);
    for (let j = 0; j < SAMPLES; j++) {
      const x = Math.floor(((j + 0.5) * width) / SAMPLES);
      const set = inside[x * height + y] === 1;
      if (set) {
        const cell = Math.floor((i * CELLS) / SAMPLES) * CELLS + Math.floor((j * CELLS) / SAMPLES);
        shape[cell] = shape[cell]! + (CELLS / SAMPLES) ** 2;
      }
      addColour(set ? inner : outer, image, (top + y) * image.width + left + x);
    }
  }
  const colour = moments(inner);
  // A mask that fills its box has no surroundings: its own colour is used for them.
  const around = outer.n === 0 ? colour : moments(outer);
  return Uint8Array.from(
    [
      ...colour.mean,
      0.5 + Math.log2(width / height) / 8,
      Math.sqrt(area / (image.width * image.height)),
      ...around.mean,
      ...colour.spread,
      (left + width / 2) / image.width,
      (top + height / 2) / image.height,
      ...shape,
    ],
    (value) => Math.round(255 * Math.min(1, Math.max(0, value))),
  );
}

/** The mask inside its box, column by column. */
function boxBitmap(mask: RleMask, [left, top, width, height]: Box): Uint8Array {
  const bitmap = new Uint8Array(width * height);
  let position = 0;
  mask.counts.forEach((count, run) => {
    // Odd runs are set.
    for (let from = position; run % 2 === 1 && from < position + count;) {
      const column = Math.floor(from / mask.height);
      const end = Math.min(position + count, (column + 1) * mask.height);
      const start = (column - left) * height - column * mask.height - top;
      bitmap.fill(1, start + from, start + end);
      from = end;
    }
    position += count;
  });
  return bitmap;
}

interface ColourSums {
  n: number;
  readonly sum: Float64Array;
  readonly squares: Float64Array;
}

const colourSums = (): ColourSums => ({
  n: 0,
  sum: new Float64Array(3),
  squares: new Float64Array(3),
});

/** Lightness and two opponent colours, each 0-1: a change of light moves the first alone. */
function addColour(sums: ColourSums, { rgb }: RgbImage, pixel: number): void {
  const r = rgb[pixel * 3]! / 255;
  const g = rgb[pixel * 3 + 1]! / 255;
  const b = rgb[pixel * 3 + 2]! / 255;
  sums.n += 1;
  [(r + g + b) / 3, 0.5 + (r - g) / 2, 0.5 + (r + g - 2 * b) / 4].forEach((value, i) => {
    sums.sum[i] = sums.sum[i]! + value;
    sums.squares[i] = sums.squares[i]! + value * value;
  });
}

function moments({ n, sum, squares }: ColourSums): { mean: Float64Array; spread: Float64Array } {
  const count = Math.max(1, n);
  const mean = sum.map((value) => value / count);
  // Twice the deviation: half the range is the most that values of 0-1 can deviate.
  const spread = squares.map(
    (value, i) => 2 * Math.sqrt(Math.max(0, value / count - mean[i]! * mean[i]!)),
  );
  return { mean, spread };
}
