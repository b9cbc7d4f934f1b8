// Hides patches in a normalised input: with the mean colour, with black or with a blurred copy.
// The token sequence keeps its length; only pixels change (method.md 4.5).

import type { DropFill } from '../../../link/params.ts';
/** A normalised CHW image [3, height, width] float32. */
export interface InputPixels {
  readonly pixels: Float32Array;
  readonly height: number;
  readonly width: number;
}

export interface Normalisation {
  readonly mean: readonly [number, number, number];
  readonly std: readonly [number, number, number];
}

/** What hidden patches are filled with, as an image of the same size; computed once per run. */
export function fillImage(
  input: InputPixels,
  fill: DropFill,
  norm: Normalisation,
  patch: number,
): Float32Array {
  const plane = input.height * input.width;
  if (fill === 'blur') return blurred(input, patch);
  const image = new Float32Array(3 * plane);
  // Zero after normalising is the mean colour.
  if (fill === 'black')
    for (const channel of [0, 1, 2] as const)
      image.fill(-norm.mean[channel] / norm.std[channel], channel * plane, (channel + 1) * plane);
  return image;
}

/** Overwrites the blocks of `patches` (row-major numbers) in `target` with those of `fill`. */
export function hidePatchesInPlace(
  target: InputPixels,
  fill: Float32Array,
  patches: Iterable<number>,
  patch: number,
): void {
  const { pixels, height, width } = target;
  const columns = width / patch;
  for (const number of patches) {
    const top = Math.floor(number / columns) * patch;
    const left = (number % columns) * patch;
    for (let channel = 0; channel < 3; channel++)
      for (let y = top; y < top + patch; y++) {
        const at = (channel * height + y) * width + left;
        pixels.set(fill.subarray(at, at + patch), at);
      }
  }
}

/** Three box blurs of one patch width each: close to a Gaussian and linear in time. */
function blurred({ pixels, height, width }: InputPixels, patch: number): Float32Array {
  const radius = Math.max(1, Math.floor(patch / 2));
  const current = pixels.slice();
  const next = new Float32Array(current.length);
  for (let round = 0; round < 3; round++) {
    for (let line = 0; line < 3 * height; line++)
      boxLine(current, next, { from: line * width, step: 1, length: width, radius });
    for (let channel = 0; channel < 3; channel++)
      for (let x = 0; x < width; x++)
        boxLine(next, current, {
          from: channel * height * width + x,
          step: width,
          length: height,
          radius,
        });
  }
  return current;
}

interface Line {
  readonly from: number;
  readonly step: number;
  readonly length: number;
  readonly radius: number;
}

/** Moving mean along one line; the edge sample is repeated outside. */
function boxLine(source: Float32Array, target: Float32Array, line: Line): void {
  const { from, step, length, radius } = line;
  const sample = (i: number): number =>
    source[from + step * Math.min(length - 1, Math.max(0, i))] as number;
  let sum = 0;
  for (let i = -radius; i <= radius; i++) sum += sample(i);
  for (let i = 0; i < length; i++) {
    target[from + step * i] = sum / (2 * radius + 1);
    sum += sample(i + radius + 1) - sample(i - radius);
  }
}
