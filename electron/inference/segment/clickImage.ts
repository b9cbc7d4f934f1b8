// The input of a click model: an image or a part of it, scaled into the model's square.
import { framePixels, modelFrame, type ModelFrame } from '../../../models/sam/frame.ts';
import type { PackManifest } from '../../../models/packs/manifest.ts';
import type { PixelBox } from '../../masks/runs/rle.ts';
import { resizeBicubic, resizeBilinear } from '../image/resize.ts';
import type { RgbImage } from '../image/rgbImage.ts';

/** How a model's square is filled. */
export interface Square {
  /** Pixels per side. */
  readonly side: number;
  readonly preprocessing: PackManifest['preprocessing'];
}

/** The scaled picture in the corner of the square, and the size of what it was made of. */
export interface ClickImage {
  readonly frame: ModelFrame;
  /** Of the crop, else of the image. */
  readonly width: number;
  readonly height: number;
  /** Row-major, frame.width x frame.height. */
  readonly rgb: Uint8Array;
}

/** Where an image of that size lies in the square; MedSAM's fills it, whatever its sides. */
export function squareFrame(
  { width, height }: { readonly width: number; readonly height: number },
  { side, preprocessing }: Square,
): ModelFrame {
  if (preprocessing.frame === 'squeeze-minmax') return { side, width: side, height: side };
  return modelFrame(width, height, side);
}

/** Scales `crop` of an image, or all of it. `poll` may throw to end the work. */
export function clickImage(
  image: RgbImage,
  crop: PixelBox | null,
  square: Square,
  poll?: () => void,
): ClickImage {
  const part = crop === null ? image : cropImage(image, crop);
  const { width, height } = part;
  const frame = squareFrame(part, square);
  const resize = square.preprocessing.resize === 'bicubic' ? resizeBicubic : resizeBilinear;
  return { frame, width, height, rgb: resize(part, frame.width, frame.height, poll) };
}

/** pixel_values [1,3,side,side] of it. */
export function clickPixels(
  { rgb, frame }: Pick<ClickImage, 'rgb' | 'frame'>,
  { mean, std, frame: fit }: Square['preprocessing'],
): Float32Array {
  const whole = { mean, std, darkest: 0, brightest: 255 };
  return framePixels(rgb, frame, fit === 'squeeze-minmax' ? { ...whole, ...rangeOf(rgb) } : whole);
}

function rangeOf(bytes: Uint8Array): { darkest: number; brightest: number } {
  let [darkest, brightest] = [255, 0];
  for (const value of bytes) {
    if (value < darkest) darkest = value;
    if (value > brightest) brightest = value;
  }
  return { darkest, brightest };
}

/** The pixels of an image inside of a box. */
export function cropImage({ width, rgb }: RgbImage, box: PixelBox): RgbImage {
  const cut = new Uint8Array(box.width * box.height * 3);
  for (let y = 0; y < box.height; y++) {
    const from = ((box.y + y) * width + box.x) * 3;
    cut.set(rgb.subarray(from, from + box.width * 3), y * box.width * 3);
  }
  return { width: box.width, height: box.height, rgb: cut };
}
