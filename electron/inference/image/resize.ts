// Antialiased resize of 8-bit RGB, equal bit for bit to the resampler the published preprocessing
// uses (Pillow: bicubic with a = -0.5 or bilinear, two passes, 22-bit fixed-point weights, 8 bits
// between).

export interface RgbPixels {
  readonly width: number;
  readonly height: number;
  /** Row-major [height, width, 3]. */
  readonly rgb: Uint8Array;
}

const PRECISION_BITS = 22;
const HALF = 1 << (PRECISION_BITS - 1);

/** Weight of a sample by its distance, 0 from `support` on. */
interface Kernel {
  readonly support: number;
  readonly weight: (distance: number) => number;
}

const CUBIC: Kernel = { support: 2, weight: cubic };
const TRIANGLE: Kernel = { support: 1, weight: (distance) => Math.max(0, 1 - Math.abs(distance)) };

/**
 * Resizes to exactly `width` x `height`; the aspect is not kept. Returns row-major RGB. `poll` is
 * called every few rows and may throw to end the work.
 */
export function resizeBicubic(
  image: RgbPixels,
  width: number,
  height: number,
  poll?: () => void,
): Uint8Array {
  return resize(image, width, height, { kernel: CUBIC, poll });
}

/** The same with the triangle kernel, bilinear where the image grows. */
export function resizeBilinear(
  image: RgbPixels,
  width: number,
  height: number,
  poll?: () => void,
): Uint8Array {
  return resize(image, width, height, { kernel: TRIANGLE, poll });
}

interface Pass {
  readonly kernel: Kernel;
  readonly poll: (() => void) | undefined;
}

function resize(image: RgbPixels, width: number, height: number, pass: Pass): Uint8Array {
  // A pass that changes nothing is left out, as in the original.
  const narrowed = image.width === width ? image.rgb : resizeRows(image, width, pass);
  return image.height === height
    ? narrowed.slice()
    : resizeColumns({ width, height: image.height, rgb: narrowed }, height, pass);
}

const ROWS_BETWEEN_POLLS = 32;

interface Taps {
  /** First source sample of each output sample. */
  readonly first: Int32Array;
  readonly count: Int32Array;
  /** `size` fixed-point weights per output sample. */
  readonly weights: Int32Array;
  readonly size: number;
}

/** Fixed-point weights of every output sample along one axis. */
function taps(from: number, to: number, kernel: Kernel): Taps {
  const scale = from / to;
  const stretch = Math.max(1, scale);
  const support = kernel.support * stretch;
  const size = Math.ceil(support) * 2 + 1;
  const first = new Int32Array(to);
  const count = new Int32Array(to);
  const weights = new Int32Array(to * size);
  const exact = new Float64Array(size);
  for (let i = 0; i < to; i++) {
    const centre = (i + 0.5) * scale;
    const start = Math.max(0, Math.trunc(centre - support + 0.5));
    const end = Math.min(from, Math.trunc(centre + support + 0.5));
    let sum = 0;
    for (let j = start; j < end; j++) {
      const weight = kernel.weight((j - centre + 0.5) * (1 / stretch));
      exact[j - start] = weight;
      sum += weight;
    }
    for (let j = 0; j < end - start; j++) {
      const weight = ((exact[j] as number) / sum) * 2 ** PRECISION_BITS;
      weights[i * size + j] = Math.trunc(weight + (weight < 0 ? -0.5 : 0.5));
    }
    first[i] = start;
    count[i] = end - start;
  }
  return { first, count, weights, size };
}

function cubic(distance: number): number {
  const a = -0.5;
  const x = Math.abs(distance);
  if (x < 1) return ((a + 2) * x - (a + 3)) * x * x + 1;
  if (x < 2) return (((x - 5) * x + 8) * x - 4) * a;
  return 0;
}

function resizeRows(
  { width, height, rgb }: RgbPixels,
  to: number,
  { kernel, poll }: Pass,
): Uint8Array {
  const { first, count, weights, size } = taps(width, to, kernel);
  const out = new Uint8Array(to * height * 3);
  let at = 0;
  for (let y = 0; y < height; y++) {
    if (y % ROWS_BETWEEN_POLLS === 0) poll?.();
    for (let x = 0; x < to; x++) {
      let red = HALF;
      let green = HALF;
      let blue = HALF;
      let sample = (y * width + (first[x] as number)) * 3;
      const end = x * size + (count[x] as number);
      for (let k = x * size; k < end; k++, sample += 3) {
        const weight = weights[k] as number;
        red = (red + Math.imul(rgb[sample] as number, weight)) | 0;
        green = (green + Math.imul(rgb[sample + 1] as number, weight)) | 0;
        blue = (blue + Math.imul(rgb[sample + 2] as number, weight)) | 0;
      }
      out[at++] = clip(red >> PRECISION_BITS);
      out[at++] = clip(green >> PRECISION_BITS);
      out[at++] = clip(blue >> PRECISION_BITS);
    }
  }
  return out;
}

function resizeColumns(
  { width, height, rgb }: RgbPixels,
  to: number,
  { kernel, poll }: Pass,
): Uint8Array {
  const { first, count, weights, size } = taps(height, to, kernel);
  const line = width * 3;
  const out = new Uint8Array(line * to);
  const sums = new Int32Array(line);
  for (let y = 0; y < to; y++) {
    if (y % ROWS_BETWEEN_POLLS === 0) poll?.();
    sums.fill(HALF);
    const end = count[y] as number;
    for (let k = 0; k < end; k++) {
      const weight = weights[y * size + k] as number;
      const from = ((first[y] as number) + k) * line;
      for (let i = 0; i < line; i++)
        sums[i] = (sums[i] as number) + Math.imul(rgb[from + i] as number, weight);
    }
    const target = y * line;
    for (let i = 0; i < line; i++) out[target + i] = clip((sums[i] as number) >> PRECISION_BITS);
  }
  return out;
}

const clip = (value: number): number => (value < 0 ? 0 : value > 255 ? 255 : value);
