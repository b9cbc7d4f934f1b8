// Resizing and blurring are linear and separable, so both together are one small matrix per axis:
// [length, cells]. A map is then two products, far cheaper than blurring at full size.

import type { GridRounding } from '../../../link/params.ts';
/** Weights from cells to samples along one axis, kept by cell: most are zero outside a band. */
export interface AxisOperator {
  readonly length: number;
  readonly cells: number;
  /** [cells, length]: row c holds the weight of cell c in every sample. */
  readonly weights: Float64Array;
  /** Per cell: first sample with a weight, and the sample after the last. */
  readonly first: Int32Array;
  readonly end: Int32Array;
}

/** Bilinear with aligned corners: sample y lies at y * (cells - 1) / (length - 1) (method.md 4.9). */
export function bilinearOperator(
  length: number,
  cells: number,
  rounding: GridRounding = 'exact',
): AxisOperator {
  return operatorOf(length, cells, (sample, put) => {
    const { cell, share } = position(sample, { length, cells, rounding });
    put(cell, 1 - share);
    if (share > 0) put(cell + 1, share);
  });
}

/** Bicubic (a = -0.75) with aligned corners; edge cells are repeated outside. */
export function bicubicOperator(
  length: number,
  cells: number,
  rounding: GridRounding = 'exact',
): AxisOperator {
  return operatorOf(length, cells, (sample, put) => {
    const { cell, share } = position(sample, { length, cells, rounding });
    for (let offset = -1; offset <= 2; offset++)
      put(Math.min(cells - 1, Math.max(0, cell + offset)), cubicWeight(offset - share));
  });
}

/**
 * Picks, for each sample, where it lies between grid nodes: 2i = exactly on node i, 2i + 1 =
 * between nodes i and i + 1. Cells number 2 * nodes - 1.
 */
export function segmentOperator(
  length: number,
  nodes: number,
  rounding: GridRounding = 'exact',
): AxisOperator {
  return operatorOf(length, 2 * nodes - 1, (sample, put) => {
    const { cell, share } = position(sample, { length, cells: nodes, rounding });
    put(share > 0 ? 2 * cell + 1 : 2 * cell, 1);
  });
}

/**
 * The operator followed by a Gaussian of `sigma` samples: kernel cut at radius floor(4 sigma + 0.5),
 * border mirrored with the edge sample repeated (method.md 4.11).
 */
export function smoothed(operator: AxisOperator, sigma: number): AxisOperator {
  if (!(sigma > 0)) return operator;
  const { length, cells } = operator;
  const kernel = gaussianKernel(sigma);
  const radius = (kernel.length - 1) / 2;
  const sources = cellsPerSample(operator);
  const weights = new Float64Array(cells * length);
  for (let sample = 0; sample < length; sample++)
    for (let i = -radius; i <= radius; i++) {
      const source = mirrored(sample + i, length);
      for (const cell of sources[source] as readonly number[]) {
        const at = cell * length + sample;
        weights[at] =
          (weights[at] as number) +
          (kernel[i + radius] as number) * (operator.weights[cell * length + source] as number);
      }
    }
  return withBands(length, cells, weights);
}

/** Normalised Gaussian weights, radius floor(4 sigma + 0.5). */
export function gaussianKernel(sigma: number): Float64Array {
  const radius = Math.floor(4 * sigma + 0.5);
  const kernel = Float64Array.from({ length: 2 * radius + 1 }, (_, i) =>
    Math.exp((-0.5 * (i - radius) ** 2) / sigma ** 2),
  );
  const sum = kernel.reduce((total, weight) => total + weight, 0);
  return kernel.map((weight) => weight / sum);
}

/** Lines that one walk over the columns' weights serves. */
const LINES = 4;

/** rows x grid x columns: a grid [rows.cells, columns.cells] as [rows.length, columns.length]. */
export function applyOperators(
  grid: ArrayLike<number>,
  rows: AxisOperator,
  columns: AxisOperator,
): Float32Array {
  const target = new Float32Array(rows.length * columns.length);
  applyOperatorsInto(target, grid, rows, columns);
  return target;
}

/** The same into a plane of the caller's, overwriting it. */
export function applyOperatorsInto(
  target: Float32Array | Float64Array,
  grid: ArrayLike<number>,
  rows: AxisOperator,
  columns: AxisOperator,
): void {
  const width = columns.length;
  const height = rows.length;
  const byRow = bySample(rows);
  const byColumn = bySample(columns);
  const cells = byColumn.used.length;
  // Between the products: [rows.length, cells], and room for the last four lines.
  const tall = new Float64Array((height + LINES - 1) * cells);
  for (let y = 0; y < height; y++) {
    const last = byRow.end[y] as number;
    for (let r = byRow.first[y] as number; r < last; r++) {
      const weight = byRow.weights[y * byRow.used.length + r] as number;
      const line = (byRow.used[r] as number) * columns.cells;
      for (let c = 0; c < cells; c++)
        tall[y * cells + c] =
          (tall[y * cells + c] as number) +
          weight * (grid[line + (byColumn.used[c] as number)] as number);
    }
  }
  // Four lines share each weight, and their sums stay in registers: twice as fast as one by one.
  for (let y = 0; y < height; y += LINES) {
    const a = y * cells;
    const b = a + cells;
    const c = b + cells;
    const d = c + cells;
    const lines = Math.min(LINES, height - y);
    for (let x = 0; x < width; x++) {
      const last = byColumn.end[x] as number;
      let sumA = 0;
      let sumB = 0;
      let sumC = 0;
      let sumD = 0;
      for (let cell = byColumn.first[x] as number; cell < last; cell++) {
        const weight = byColumn.weights[x * cells + cell] as number;
        sumA += weight * (tall[a + cell] as number);
        sumB += weight * (tall[b + cell] as number);
        sumC += weight * (tall[c + cell] as number);
        sumD += weight * (tall[d + cell] as number);
      }
      const at = y * width + x;
      target[at] = sumA;
      if (lines > 1) target[at + width] = sumB;
      if (lines > 2) target[at + 2 * width] = sumC;
      if (lines > 3) target[at + 3 * width] = sumD;
    }
  }
}

interface SampleWeights {
  /** Cells with a weight in some sample: of segments hardly any that lie on a node have one. */
  readonly used: Int32Array;
  /** [length, used]. */
  readonly weights: Float64Array;
  /** Per sample: first used cell with a weight, and the one after the last. */
  readonly first: Int32Array;
  readonly end: Int32Array;
}

const turned = new WeakMap<AxisOperator, SampleWeights>();

/** The weights kept by sample instead of by cell; made once per operator. */
function bySample(operator: AxisOperator): SampleWeights {
  const known = turned.get(operator);
  if (known) return known;
  const { length, cells } = operator;
  const used = Int32Array.from({ length: cells }, (_, cell) => cell).filter(
    (cell) => (operator.end[cell] as number) > 0,
  );
  const weights = new Float64Array(length * used.length);
  const first = new Int32Array(length).fill(used.length);
  const end = new Int32Array(length);
  for (const [at, cell] of used.entries())
    for (
      let sample = operator.first[cell] as number;
      sample < (operator.end[cell] as number);
      sample++
    ) {
      const weight = operator.weights[cell * length + sample] as number;
      if (weight === 0) continue;
      weights[sample * used.length + at] = weight;
      first[sample] = Math.min(first[sample] as number, at);
      end[sample] = at + 1;
    }
  const made = { used, weights, first, end };
  turned.set(operator, made);
  return made;
}

/**
 * Position of a sample on the grid. 'exact' counts in whole numbers and hits every node; the
 * released code takes a scale rounded to 32 bits, so that its last sample may fall just short of
 * the last node, and whether a value is exactly 0 there hangs on it.
 */
function position(
  sample: number,
  { length, cells, rounding }: { length: number; cells: number; rounding: GridRounding },
): { cell: number; share: number } {
  if (length === 1 || cells === 1) return { cell: 0, share: 0 };
  if (rounding === 'exact') {
    const numerator = sample * (cells - 1);
    const cell = Math.floor(numerator / (length - 1));
    return { cell, share: (numerator - cell * (length - 1)) / (length - 1) };
  }
  const wide = Math.fround((cells - 1) / (length - 1)) * sample;
  const place = Math.min(cells - 1, rounding === 'single' ? Math.fround(wide) : wide);
  const cell = Math.floor(place);
  return { cell, share: place - cell };
}

function cubicWeight(distance: number): number {
  const a = -0.75;
  const x = Math.abs(distance);
  if (x <= 1) return ((a + 2) * x - (a + 3)) * x * x + 1;
  return x < 2 ? a * (((x - 5) * x + 8) * x - 4) : 0;
}

/** Index on a mirrored axis whose edge sample is repeated: ... 1 0 | 0 1 2 ... n-1 | n-1 n-2 ... */
function mirrored(index: number, length: number): number {
  const period = 2 * length;
  const folded = ((index % period) + period) % period;
  return folded < length ? folded : period - 1 - folded;
}

/** The cells with a weight in each sample: two or four of them. */
function cellsPerSample({ length, cells, weights, first, end }: AxisOperator): number[][] {
  const lists = Array.from({ length }, (): number[] => []);
  for (let cell = 0; cell < cells; cell++)
    for (let sample = first[cell] as number; sample < (end[cell] as number); sample++)
      if (weights[cell * length + sample] !== 0) lists[sample]?.push(cell);
  return lists;
}

function operatorOf(
  length: number,
  cells: number,
  fill: (sample: number, put: (cell: number, weight: number) => void) => void,
): AxisOperator {
  const weights = new Float64Array(cells * length);
  for (let sample = 0; sample < length; sample++)
    fill(sample, (cell, weight) => {
      const at = cell * length + sample;
      weights[at] = (weights[at] as number) + weight;
    });
  return withBands(length, cells, weights);
}

function withBands(length: number, cells: number, weights: Float64Array): AxisOperator {
  const first = new Int32Array(cells);
  const end = new Int32Array(cells);
  for (let cell = 0; cell < cells; cell++) {
    const row = weights.subarray(cell * length, (cell + 1) * length);
    const start = row.findIndex((weight) => weight !== 0);
    if (start < 0) continue;
    first[cell] = start;
    end[cell] = row.findLastIndex((weight) => weight !== 0) + 1;
  }
  return { length, cells, weights, first, end };
}
