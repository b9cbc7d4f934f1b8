// The image as the map model of CLIP as RNN takes it: nearly its own size, both sides rounded up to
// whole patches.
import { normaliseToChw } from '../../image/color.ts';
import { resizeBicubic } from '../../image/resize.ts';
import type { RgbImage } from '../../image/rgbImage.ts';

export interface MapInput {
  /** [3, height, width], normalised. */
  readonly pixels: Float32Array;
  readonly width: number;
  readonly height: number;
}

/** `longest`: an image whose long side is longer is made smaller; 0: none is. */
export function mapImage(
  image: RgbImage,
  info: {
    readonly patch: number;
    readonly mean: readonly number[];
    readonly std: readonly number[];
  },
  longest: number,
): MapInput {
  const long = Math.max(image.width, image.height);
  const factor = longest > 0 && long > longest ? longest / long : 1;
  const fit = (side: number): number =>
    Math.max(1, Math.ceil((side * factor) / info.patch)) * info.patch;
  const [width, height] = [fit(image.width), fit(image.height)];
  const rgb = resizeBicubic(image, width, height);
  return { pixels: normaliseToChw(rgb, width * height, info), width, height };
}
