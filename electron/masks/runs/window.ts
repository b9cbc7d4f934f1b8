// A mask unpacked only where it is: a row-major byte per pixel inside a box of the image.
import type { RleMask } from '../../api/types.ts';
import { columnsOf, unpackInto } from './columns.ts';
import { measureMask } from './measure.ts';
import { emptyMask, RunWriter, type PixelBox } from './rle.ts';

export interface Crop {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Row-major, 1 = set. */
  readonly bits: Uint8Array;
}

/** Unpacks the mask's own box, grown by `margin` pixels (cut at the image's edge). */
export function cropOf(mask: RleMask, margin = 0): Crop {
  const [x, y, w, h] = measureMask(mask).box;
  if (w === 0) return { x: 0, y: 0, width: 0, height: 0, bits: new Uint8Array(0) };
  const left = Math.max(0, x - margin);
  const top = Math.max(0, y - margin);
  const right = Math.min(mask.width, x + w + margin);
  const bottom = Math.min(mask.height, y + h + margin);
  return cropWindow(mask, { x: left, y: top, width: right - left, height: bottom - top });
}

/** Unpacks a window of the mask; outside the image is 0. */
export function cropWindow(mask: RleMask, box: PixelBox): Crop {
  const bits = new Uint8Array(box.width * box.height);
  unpackInto(columnsOf(mask), box, bits);
  return { ...box, bits };
}

/** Packs a crop into an image of the given size; what lies outside is cut off. */
export function packCrop(crop: Crop, imageWidth: number, imageHeight: number): RleMask {
  const left = Math.max(0, crop.x);
  const right = Math.min(imageWidth, crop.x + crop.width);
  const top = Math.max(0, crop.y);
  const bottom = Math.min(imageHeight, crop.y + crop.height);
  if (left >= right || top >= bottom) return emptyMask(imageWidth, imageHeight);
  const runs = new RunWriter();
  for (let x = left; x < right; x += 1) {
    const column = x * imageHeight;
    let at = (top - crop.y) * crop.width + (x - crop.x);
    let start = -1;
    for (let y = top; y < bottom; y += 1, at += crop.width) {
      if (crop.bits[at] === 1) {
        if (start < 0) start = y;
      } else if (start >= 0) {
        runs.add(column + start, column + y);
        start = -1;
      }
    }
    if (start >= 0) runs.add(column + start, column + bottom);
  }
  return runs.mask(imageWidth, imageHeight);
}
