// Gaussian blur over every pixel, as scipy's gaussian_filter does it: what the pipeline's matrix
// products are held against.
import { gaussianKernel } from '../../electron/inference/pipeline/planes/axisOperator.ts';

/**
 * Down the columns, then along the rows, float32 in between. The border is mirrored with the edge
 * sample repeated, as often as the radius asks for.
 */
export function separableBlur(
  map: Float32Array,
  { height, width }: { readonly height: number; readonly width: number },
  sigmaPx: number,
): Float32Array {
  const kernel = gaussianKernel(sigmaPx);
  const blurred = Float32Array.from(map);
  for (let x = 0; x < width; x++) blurLineInPlace(blurred, x, width, height, kernel);
  for (let y = 0; y < height; y++) blurLineInPlace(blurred, y * width, 1, width, kernel);
  return blurred;
}

/** Blurs `side` samples that lie `stride` apart from `start` on. */
function blurLineInPlace(
  map: Float32Array,
  start: number,
  stride: number,
  side: number,
  kernel: Float64Array,
): void {
  const radius = (kernel.length - 1) / 2;
  const padded = new Float64Array(side + 2 * radius);
  for (let at = 0; at < padded.length; at++) {
    const period = 2 * side;
    const folded = (((at - radius) % period) + period) % period;
    const inside = folded < side ? folded : period - 1 - folded;
    padded[at] = map[start + inside * stride] as number;
  }
  for (let at = 0; at < side; at++) {
    const middle = at + radius;
    let sum = (kernel[radius] as number) * (padded[middle] as number);
    // The kernel is symmetric: one product serves both sides.
    for (let tap = 1; tap <= radius; tap++)
      sum +=
        (kernel[radius + tap] as number) *
        ((padded[middle - tap] as number) + (padded[middle + tap] as number));
    map[start + at * stride] = sum;
  }
}
