// Image position tables at another resolution: the class token's row stays, the grid is resized as
// torch's interpolate does it, with half-pixel centres and no antialias: bicubic (a = -0.75;
// method.md 10.1) or bilinear (families-2 3.5).

/** Cubic convolution coefficient of torch; OpenCV has the same, PIL has -0.5. */
const A = -0.75;

/** Source rows and their weights for one target coordinate. */
interface Taps {
  readonly at: readonly number[];
  readonly weights: readonly number[];
}

/**
 * [1 + rows*columns, width] from a table [1 + grid*grid, width], both row-major.
 * The same grid gives the table's own values.
 */
export function interpolatePositions(
  table: Float32Array,
  grid: number,
  rows: number,
  columns: number,
): Float32Array {
  return resized(table, grid, [rows, columns], cubicTaps);
}

/**
 * The same by NACLIP's published ratio: sample positions are those of a grid that is a tenth of a patch
 * larger.
 */
export function interpolatePositionsByTenths(
  table: Float32Array,
  grid: number,
  rows: number,
  columns: number,
): Float32Array {
  return resized(table, grid, [rows, columns], (target, from, to) =>
    cubicTaps(target, from, to + 0.1),
  );
}

/** The same bilinearly. */
export function interpolatePositionsLinearly(
  table: Float32Array,
  grid: number,
  rows: number,
  columns: number,
): Float32Array {
  return resized(table, grid, [rows, columns], linearTaps);
}

function resized(
  table: Float32Array,
  grid: number,
  [rows, columns]: readonly [number, number],
  taps: (target: number, from: number, to: number) => Taps,
): Float32Array {
  const width = table.length / (1 + grid * grid);
  if (!Number.isInteger(width))
    throw new RangeError(`no table of ${grid}x${grid}: ${table.length}`);
  if (rows === grid && columns === grid) return table.slice();
  const vertical = Array.from({ length: rows }, (_, row) => taps(row, grid, rows));
  const horizontal = Array.from({ length: columns }, (_, column) => taps(column, grid, columns));
  const result = new Float32Array((1 + rows * columns) * width);
  result.set(table.subarray(0, width));
  const sum = new Float64Array(width);
  vertical.forEach((down, row) =>
    horizontal.forEach((along, column) => {
      sum.fill(0);
      for (let i = 0; i < down.at.length; i++)
        for (let j = 0; j < along.at.length; j++) {
          const weight = (down.weights[i] as number) * (along.weights[j] as number);
          const from = (1 + (down.at[i] as number) * grid + (along.at[j] as number)) * width;
          for (let d = 0; d < width; d++)
            sum[d] = (sum[d] as number) + weight * (table[from + d] as number);
        }
      result.set(sum, (1 + row * columns + column) * width);
    }),
  );
  return result;
}

// Samples before the first one repeat it, which shifts the source; so do those after the last one.
function linearTaps(target: number, from: number, to: number): Taps {
  const source = Math.max(0, ((target + 0.5) * from) / to - 0.5);
  const base = Math.floor(source);
  const t = source - base;
  return { at: [base, base + 1].map((at) => Math.min(from - 1, at)), weights: [1 - t, t] };
}

// Samples outside the grid repeat its border.
function cubicTaps(target: number, from: number, to: number): Taps {
  const source = ((target + 0.5) * from) / to - 0.5;
  const base = Math.floor(source);
  const t = source - base;
  return {
    at: [-1, 0, 1, 2].map((step) => Math.min(from - 1, Math.max(0, base + step))),
    weights: [far(1 + t), near(t), near(1 - t), far(2 - t)],
  };
}

/** Cubic convolution at a distance of 0 to 1. */
const near = (x: number) => ((A + 2) * x - (A + 3)) * x * x + 1;
/** Cubic convolution at a distance of 1 to 2. */
const far = (x: number) => ((A * x - 5 * A) * x + 8 * A) * x - 4 * A;
