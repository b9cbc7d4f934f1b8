// What the judge makes of prompt pictures: the image's middle at its own size, compared with every
// query in every sentence; a vote per sentence.
import { normaliseToChw } from '../../../image/color.ts';
import { resizeBicubic } from '../../../image/resize.ts';
import type { RgbImage } from '../../../image/rgbImage.ts';

/** The square in the middle of an image that the judge sees, after its short side became `side`. */
interface JudgeCrop {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly top: number;
}

/** Size after the resize, and the place of the square in it. */
function judgeCrop(
  { width, height }: { readonly width: number; readonly height: number },
  side: number,
): JudgeCrop {
  const long = Math.trunc((side * Math.max(width, height)) / Math.min(width, height));
  const [toWidth, toHeight] = width <= height ? [side, long] : [long, side];
  return {
    width: toWidth,
    height: toHeight,
    left: halfToEven((toWidth - side) / 2),
    top: halfToEven((toHeight - side) / 2),
  };
}

/** Normalised planes [3, side, side]. Nothing outside the square is seen. */
export function judgePixels(
  picture: RgbImage,
  side: number,
  info: { readonly mean: readonly number[]; readonly std: readonly number[] },
): Float32Array {
  const crop = judgeCrop(picture, side);
  const rgb = resizeBicubic(picture, crop.width, crop.height);
  const square = new Uint8Array(side * side * 3);
  for (let y = 0; y < side; y++) {
    const from = ((crop.top + y) * crop.width + crop.left) * 3;
    square.set(rgb.subarray(from, from + side * 3), y * side * 3);
  }
  return normaliseToChw(square, side * side, info);
}

/**
 * Scores of one picture for every query: a softmax over the queries per sentence, the sum over
 * sentences, and a softmax again. `texts` [sentences][queries] of unit vectors.
 */
export function judgeScores(
  picture: Float32Array,
  texts: readonly (readonly Float32Array[])[],
  scale: number,
): Float64Array {
  const queries = texts[0]?.length ?? 0;
  const votes = new Float64Array(queries);
  for (const sentence of texts)
    softmax(sentence.map((text) => scale * dot(picture, text))).forEach((vote, query) => {
      votes[query] = (votes[query] as number) + vote;
    });
  return softmax(votes);
}

function softmax(values: ArrayLike<number>): Float64Array {
  const all = Float64Array.from(values);
  const highest = Math.max(...all);
  const powers = all.map((value) => Math.exp(value - highest));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}

function halfToEven(value: number): number {
  const whole = Math.floor(value);
  if (value - whole !== 0.5) return Math.round(value);
  return whole % 2 === 0 ? whole : whole + 1;
}
