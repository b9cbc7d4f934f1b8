// A window of an image as the model takes it: whole patches only, the rest at the right and at the
// bottom left out, normalised.
import { normaliseToChw } from '../../image/color.ts';
import type { RgbImage } from '../../image/rgbImage.ts';
import type { Window } from './windows.ts';

interface Preprocessing {
  readonly patch: number;
  readonly mean: readonly number[];
  readonly std: readonly number[];
}

export interface WindowInput {
  /** [3, height, width] */
  readonly pixels: Float32Array;
  readonly width: number;
  readonly height: number;
}

/** Throws RangeError where a window is smaller than a patch. */
export function windowInput(image: RgbImage, window: Window, info: Preprocessing): WindowInput {
  const whole = (length: number): number => Math.floor(length / info.patch) * info.patch;
  const [width, height] = [whole(window.x2 - window.x1), whole(window.y2 - window.y1)];
  if (width === 0 || height === 0)
    throw new RangeError(
      `a window of ${window.x2 - window.x1}x${window.y2 - window.y1} is smaller than the patch ${info.patch}`,
    );
  const rgb = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    const from = ((window.y1 + y) * image.width + window.x1) * 3;
    rgb.set(image.rgb.subarray(from, from + width * 3), y * width * 3);
  }
  return { pixels: normaliseToChw(rgb, width * height, info), width, height };
}
