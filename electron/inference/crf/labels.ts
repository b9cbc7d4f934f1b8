// From Q to labels at any size: bilinear upsampling and argmax in one pass over output rows.
// No array of classes x full size ever exists, so a 12000x12000 image costs its label map alone.
import type { ShouldStop } from './crf.ts';
import { throwIfStopped } from './crf.ts';

/** Numbers given to each pixel of a plane: [height, width] at the working size. */
export interface PlaneSize {
  readonly width: number;
  readonly height: number;
}

/** Index of the largest of [classes, pixels] per pixel; the lowest index wins a tie. */
export function argmaxPlanes(planes: Float32Array, classes: number): Uint8Array {
  const pixels = planes.length / classes;
  const labels = new Uint8Array(pixels);
  const best = planes.slice(0, pixels);
  for (let c = 1; c < classes; c++) {
    const plane = planes.subarray(c * pixels, (c + 1) * pixels);
    for (let pixel = 0; pixel < pixels; pixel++)
      if ((plane[pixel] as number) > (best[pixel] as number)) {
        best[pixel] = plane[pixel] as number;
        labels[pixel] = c;
      }
  }
  return labels;
}

/**
 * Argmax over the classes of `planes` [classes, from.height, from.width] resized to `to` bilinearly.
 * Pixel centres are half-integers, as when the image was reduced. Label map row-major [to.height, to.width].
 */
export function upsampledLabels(
  planes: Float32Array,
  from: PlaneSize,
  to: PlaneSize,
  shouldStop?: ShouldStop,
): Uint8Array {
  const pixels = from.width * from.height;
  const classes = planes.length / pixels;
  if (from.width === to.width && from.height === to.height) return argmaxPlanes(planes, classes);
  const labels = new Uint8Array(to.width * to.height);
  const columns = bilinearTaps(from.width, to.width);
  const rows = bilinearTaps(from.height, to.height);
  const mixed = new Float32Array(from.width);
  const best = new Float32Array(to.width);
  for (let y = 0; y < to.height; y++) {
    if (y % 64 === 0) throwIfStopped(shouldStop);
    const upper = (rows.first[y] as number) * from.width;
    const lower = (rows.second[y] as number) * from.width;
    const share = rows.share[y] as number;
    best.fill(-Infinity);
    const line = labels.subarray(y * to.width, (y + 1) * to.width);
    for (let c = 0; c < classes; c++) {
      const plane = c * pixels;
      for (let x = 0; x < from.width; x++) {
        const above = planes[plane + upper + x] as number;
        mixed[x] = above + share * ((planes[plane + lower + x] as number) - above);
      }
      for (let x = 0; x < to.width; x++) {
        const left = mixed[columns.first[x] as number] as number;
        const right = mixed[columns.second[x] as number] as number;
        const value = left + (columns.share[x] as number) * (right - left);
        if (value > (best[x] as number)) {
          best[x] = value;
          line[x] = c;
        }
      }
    }
  }
  return labels;
}

/** For every output sample the two input samples around it and the share of the second. */
function bilinearTaps(from: number, to: number) {
  const first = new Int32Array(to);
  const second = new Int32Array(to);
  const share = new Float32Array(to);
  for (let at = 0; at < to; at++) {
    const place = Math.min(from - 1, Math.max(0, ((at + 0.5) * from) / to - 0.5));
    first[at] = Math.floor(place);
    second[at] = Math.min(from - 1, Math.floor(place) + 1);
    share[at] = place - Math.floor(place);
  }
  return { first, second, share };
}
