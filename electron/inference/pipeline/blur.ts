// Gaussian blur of score maps (method.md 4.11), in two forms with the same result: over every pixel,
// and, for maps that are bilinear upsamplings of a small grid, as one small matrix per axis.

/** Row-major [height, width]. */
export interface MapSize {
  readonly height: number;
  readonly width: number;
}

/** One axis of a linear resampling: out = weights [outSide, gridSide] times in. */
export interface AxisOperator {
  readonly gridSide: number;
  readonly outSide: number;
  /** Row-major float64; a row sums to 1. */
  readonly weights: Float64Array;
  /** First grid index of each row whose weight is not zero, and the one behind the last. */
  readonly first: Int32Array;
  readonly end: Int32Array;
}

/** Deviations are cut off at four, as scipy's gaussian_filter does. */
const TRUNCATE = 4;

/** Symmetric weights that sum to 1, radius floor(4 sigma + 0.5); [1] for a sigma of 0. */
export function gaussianKernel(sigmaPx: number): Float64Array {
  if (!(sigmaPx >= 0) || !Number.isFinite(sigmaPx))
    throw new RangeError(`blur sigma is ${sigmaPx} px; expected a finite number of 0 or more`);
  if (sigmaPx < 1e-15) return Float64Array.of(1);
  const radius = Math.floor(TRUNCATE * sigmaPx + 0.5);
  const weights = Float64Array.from({ length: 2 * radius + 1 }, (_, at) =>
    Math.exp((-0.5 / (sigmaPx * sigmaPx)) * (at - radius) ** 2),
  );
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}

/** Index inside [0, side) of a mirrored line whose edge sample is repeated: … 1 0 | 0 1 2 … */
export function reflectIndex(index: number, side: number): number {
  const period = 2 * side;
  const inside = ((index % period) + period) % period;
  return inside < side ? inside : period - 1 - inside;
}

/** scipy's gaussian_filter with its defaults: down the columns, then along the rows, float32 between. */
export function separableBlur(
  map: Float32Array,
  { height, width }: MapSize,
  sigmaPx: number,
): Float32Array {
  const kernel = gaussianKernel(sigmaPx);
  const blurred = Float32Array.from(map);
  if (kernel.length === 1) return blurred;
  for (let x = 0; x < width; x++) blurLineInPlace(blurred, x, width, height, kernel);
  for (let y = 0; y < height; y++) blurLineInPlace(blurred, y * width, 1, width, kernel);
  return blurred;
}

/**
 * Bilinear upsampling with aligned corners from `gridSide` to `outSide`, then Gaussian blur, as one
 * matrix. A sigma of 0 gives the upsampling alone.
 */
export function upsampleBlurOperator(
  gridSide: number,
  outSide: number,
  sigmaPx: number,
): AxisOperator {
  for (const [name, side] of Object.entries({ gridSide, outSide }))
    if (!Number.isInteger(side) || side < 1)
      throw new RangeError(`upsampling ${name} is ${side}; expected a whole number above 0`);
  const kernel = gaussianKernel(sigmaPx);
  const radius = (kernel.length - 1) / 2;
  const weights = new Float64Array(outSide * gridSide);
  const first = new Int32Array(outSide).fill(gridSide);
  const end = new Int32Array(outSide);
  const step = outSide > 1 ? (gridSide - 1) / (outSide - 1) : 0;
  for (let out = 0; out < outSide; out++)
    for (let tap = -radius; tap <= radius; tap++) {
      const place = reflectIndex(out + tap, outSide) * step;
      const low = Math.min(gridSide - 1, Math.floor(place));
      const high = Math.min(gridSide - 1, low + 1);
      const weight = kernel[tap + radius] as number;
      const row = out * gridSide;
      weights[row + low] = (weights[row + low] as number) + weight * (1 - (place - low));
      weights[row + high] = (weights[row + high] as number) + weight * (place - low);
      first[out] = Math.min(first[out] as number, low);
      end[out] = Math.max(end[out] as number, high + 1);
    }
  return { gridSide, outSide, weights, first, end };
}

/** Applies one operator down the columns and one along the rows: [rows.gridSide, columns.gridSide] to outSides. */
export function applyOperators(
  map: Float32Array,
  rows: AxisOperator,
  columns: AxisOperator,
): Float32Array {
  const gridWidth = columns.gridSide;
  if (map.length !== rows.gridSide * gridWidth)
    throw new RangeError(
      `map holds ${map.length} numbers; the operators expect ${rows.gridSide} x ${gridWidth}`,
    );
  const { weights, first, end } = columns;
  const result = new Float32Array(rows.outSide * columns.outSide);
  const line = new Float64Array(gridWidth);
  let at = 0;
  for (let y = 0; y < rows.outSide; y++) {
    line.fill(0);
    for (let row = rows.first[y] as number; row < (rows.end[y] as number); row++) {
      const weight = rows.weights[y * rows.gridSide + row] as number;
      for (let x = 0; x < gridWidth; x++)
        line[x] = (line[x] as number) + weight * (map[row * gridWidth + x] as number);
    }
    for (let x = 0; x < columns.outSide; x++) {
      const last = end[x] as number;
      let sum = 0;
      for (let column = first[x] as number; column < last; column++)
        sum += (weights[x * gridWidth + column] as number) * (line[column] as number);
      result[at++] = sum;
    }
  }
  return result;
}

/** Subtracts the minimum and divides by the new maximum, in place; a constant map becomes zero. */
export function minMaxInPlace(map: Float32Array): Float32Array {
  let lowest = Infinity;
  let highest = -Infinity;
  for (let at = 0; at < map.length; at++) {
    const value = map[at] as number;
    if (value < lowest) lowest = value;
    if (value > highest) highest = value;
  }
  const span = Math.fround(highest - lowest);
  // Not "span === 0": a map with a NaN in every place has no span either.
  if (!(span > 0)) return map.fill(0);
  for (let at = 0; at < map.length; at++)
    map[at] = Math.fround((map[at] as number) - lowest) / span;
  return map;
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
  for (let at = 0; at < padded.length; at++)
    padded[at] = map[start + reflectIndex(at - radius, side) * stride] as number;
  for (let at = 0; at < side; at++) {
    const middle = at + radius;
    let sum = (kernel[radius] as number) * (padded[middle] as number);
    for (let tap = 1; tap <= radius; tap++)
      sum +=
        (kernel[radius + tap] as number) *
        ((padded[middle - tap] as number) + (padded[middle + tap] as number));
    map[start + at * stride] = sum;
  }
}
