// What the judge is shown of a query: the image with everything outside the query's mask blurred, grey or
// black, and a ring around it. All in whole numbers, as the published pictures are made.
import type { RgbImage } from '../../../image/rgbImage.ts';
import { drawEllipse } from './ellipse.ts';

export type PromptMark = 'blur' | 'gray' | 'black' | 'circle';

/** A Gaussian of 15 pixels and deviation 2.6, in 1/256. */
const BLUR = [1, 3, 6, 12, 20, 30, 36, 40, 36, 30, 20, 12, 6, 3, 1];
const BLUR_REACH = 7;
const RED = [255, 0, 0];
/** A map that is worth less than a pixel in all shows nothing. */
const LEAST_MAP = 1;

/** Where the map is above the threshold; null where the image is to be shown as it is. */
export function promptMask(map: Float32Array, threshold: number): Uint8Array | null {
  let sum = 0;
  for (const value of map) sum += value;
  if (sum <= LEAST_MAP) return null;
  const mask = Uint8Array.from(map, (value) => (value > threshold ? 1 : 0));
  return mask.includes(1) ? mask : null;
}

/** The picture in new bytes. The marks are made in one order, whatever the order they are asked in. */
export function promptPicture(
  image: RgbImage,
  mask: Uint8Array | null,
  marks: readonly PromptMark[],
): RgbImage {
  const picture = { ...image, rgb: image.rgb.slice() };
  if (!mask) return picture;
  if (marks.includes('blur')) replaceOutside(picture.rgb, mask, blurred(picture));
  if (marks.includes('gray')) replaceOutside(picture.rgb, mask, greyed(picture.rgb));
  if (marks.includes('black')) replaceOutside(picture.rgb, mask, null);
  if (marks.includes('circle')) ring(picture, mask);
  return picture;
}

function replaceOutside(rgb: Uint8Array, mask: Uint8Array, by: Uint8Array | null): void {
  for (let at = 0; at < mask.length; at++)
    if (mask[at] === 0)
      for (let plane = 0; plane < 3; plane++)
        rgb[at * 3 + plane] = by ? (by[at * 3 + plane] as number) : 0;
}

// Both passes keep whole numbers and are rounded once; the border is mirrored, its pixel not repeated.
function blurred({ width, height, rgb }: RgbImage): Uint8Array {
  const across = new Int32Array(rgb.length);
  const columns = mirrored(width);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      for (let plane = 0; plane < 3; plane++) {
        let sum = 0;
        for (let tap = 0; tap < BLUR.length; tap++)
          sum +=
            (BLUR[tap] as number) *
            (rgb[(y * width + (columns[x + tap] as number)) * 3 + plane] as number);
        across[(y * width + x) * 3 + plane] = sum;
      }
  const result = new Uint8Array(rgb.length);
  const rows = mirrored(height);
  const line = width * 3;
  for (let y = 0; y < height; y++)
    for (let at = 0; at < line; at++) {
      let sum = 32768;
      for (let tap = 0; tap < BLUR.length; tap++)
        sum += (BLUR[tap] as number) * (across[(rows[y + tap] as number) * line + at] as number);
      result[y * line + at] = sum >> 16;
    }
  return result;
}

/** Sources of `length` pixels and of those that a blur reads beside them. */
function mirrored(length: number): Int32Array {
  const period = Math.max(1, 2 * (length - 1));
  return Int32Array.from({ length: length + 2 * BLUR_REACH }, (_, at) => {
    const place = (((at - BLUR_REACH) % period) + period) % period;
    return place < length ? place : period - place;
  });
}

// The published program takes red for blue here, so red has blue's weight.
function greyed(rgb: Uint8Array): Uint8Array {
  const grey = new Uint8Array(rgb.length);
  for (let at = 0; at < rgb.length; at += 3) {
    const sum =
      3735 * (rgb[at] as number) + 19235 * (rgb[at + 1] as number) + 9798 * (rgb[at + 2] as number);
    grey.fill((sum + 16384) >> 15, at, at + 3);
  }
  return grey;
}

function ring(picture: RgbImage, mask: Uint8Array): void {
  let [count, sumX, sumY] = [0, 0, 0];
  let [x1, y1, x2, y2] = [Infinity, Infinity, -1, -1];
  mask.forEach((inside, at) => {
    if (inside === 0) return;
    const [x, y] = [at % picture.width, Math.floor(at / picture.width)];
    count++;
    sumX += x;
    sumY += y;
    [x1, y1, x2, y2] = [Math.min(x1, x), Math.min(y1, y), Math.max(x2, x), Math.max(y2, y)];
  });
  const ellipse = {
    centreX: Math.floor(sumX / count),
    centreY: Math.floor(sumY / count),
    across: Math.floor((x2 - x1 + 1) / 2),
    down: Math.floor((y2 - y1 + 1) / 2),
  };
  drawEllipse(picture, ellipse, RED);
}
