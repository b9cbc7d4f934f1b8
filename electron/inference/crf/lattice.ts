// Permutohedral lattice in plain TypeScript: approximates a Gaussian sum over feature vectors
// in linear time (Adams et al. 2010; method.md 4.12). The oracle that the WASM version is tested against.
import { axisScale } from './parameters.ts';
import { VertexTable } from './vertexTable.ts';

const { fround } = Math;

/** Where each of N pixels lies in the lattice, and which vertices are neighbours. */
export interface Lattice {
  readonly dimensions: number;
  readonly pixels: number;
  readonly vertices: number;
  /** [N, d + 1] numbers of the vertices of the simplex around each pixel. */
  readonly vertexOf: Int32Array;
  /** [N, d + 1] barycentric weights; each row sums to 1. */
  readonly weightOf: Float32Array;
  /** [d + 1, vertices, 2] neighbours along each lattice direction; -1 where there is none. */
  readonly neighbours: Int32Array;
}

/** Builds the lattice of `features` [N, d] float32, row-major. */
export function buildLattice(features: Float32Array, dimensions: number): Lattice {
  const pixels = features.length / dimensions;
  const corners = dimensions + 1;
  const table = new VertexTable(dimensions, pixels);
  const vertexOf = new Int32Array(pixels * corners);
  const weightOf = new Float32Array(pixels * corners);
  const simplex = newSimplex(dimensions);
  const key = new Int16Array(dimensions);

  for (let pixel = 0; pixel < pixels; pixel++) {
    locate(simplex, features, pixel * dimensions);
    for (let corner = 0; corner < corners; corner++) {
      copyKey(simplex, corner, key);
      vertexOf[pixel * corners + corner] = table.enter(key);
      weightOf[pixel * corners + corner] = simplex.weights[corner] as number;
    }
  }
  // The reference works in blocks of four pixels and fills the last one up with zero features.
  // That splats nothing, but the vertices exist and carry the blur; kept for equal results.
  if (pixels % 4 !== 0) {
    locate(simplex, new Float32Array(dimensions), 0);
    for (let corner = 0; corner < corners; corner++) {
      copyKey(simplex, corner, key);
      table.enter(key);
    }
  }
  return {
    dimensions,
    pixels,
    vertices: table.count,
    vertexOf,
    weightOf,
    neighbours: findNeighbours(table, dimensions),
  };
}

/** Sum over pixels of kernel times value, up to one scale: `values` [N, channels] to the same shape. */
export function filterLattice(
  lattice: Lattice,
  values: Float32Array,
  channels: number,
): Float32Array {
  const blurred = blur(lattice, splat(lattice, values, channels), channels);
  return slice(lattice, blurred, channels);
}

/** [vertices + 1, channels]; row 0 stays zero and stands for neighbours that do not exist. */
function splat(
  lattice: Lattice,
  values: Float32Array,
  channels: number,
): Float32Array<ArrayBuffer> {
  const { pixels, vertexOf, weightOf } = lattice;
  const corners = lattice.dimensions + 1;
  const rows = new Float32Array((lattice.vertices + 1) * channels);
  for (let pixel = 0; pixel < pixels; pixel++)
    for (let corner = 0; corner < corners; corner++) {
      const row = ((vertexOf[pixel * corners + corner] as number) + 1) * channels;
      const weight = weightOf[pixel * corners + corner] as number;
      for (let c = 0; c < channels; c++)
        rows[row + c] =
          (rows[row + c] as number) + weight * (values[pixel * channels + c] as number);
    }
  return rows;
}

/** Along every direction in turn: new = old + (left + right) / 2. */
function blur(lattice: Lattice, rows: Float32Array<ArrayBuffer>, channels: number): Float32Array {
  const { vertices, neighbours } = lattice;
  let from = rows;
  let to = new Float32Array(rows.length);
  for (let axis = 0; axis <= lattice.dimensions; axis++) {
    for (let vertex = 0; vertex < vertices; vertex++) {
      const pair = (axis * vertices + vertex) * 2;
      const left = ((neighbours[pair] as number) + 1) * channels;
      const right = ((neighbours[pair + 1] as number) + 1) * channels;
      const row = (vertex + 1) * channels;
      for (let c = 0; c < channels; c++)
        to[row + c] =
          (from[row + c] as number) +
          0.5 * ((from[left + c] as number) + (from[right + c] as number));
    }
    [from, to] = [to, from];
  }
  return from;
}

function slice(lattice: Lattice, rows: Float32Array, channels: number): Float32Array {
  const { dimensions, pixels, vertexOf, weightOf } = lattice;
  const corners = dimensions + 1;
  const scale = 1 / (1 + 2 ** -dimensions);
  const values = new Float32Array(pixels * channels);
  for (let pixel = 0; pixel < pixels; pixel++)
    for (let corner = 0; corner < corners; corner++) {
      const row = ((vertexOf[pixel * corners + corner] as number) + 1) * channels;
      const weight = (weightOf[pixel * corners + corner] as number) * scale;
      const at = pixel * channels;
      for (let c = 0; c < channels; c++)
        values[at + c] = (values[at + c] as number) + weight * (rows[row + c] as number);
    }
  return values;
}

/** Going left lowers every coordinate by one and raises the direction's own by d; right is the opposite. */
function findNeighbours(table: VertexTable, dimensions: number): Int32Array {
  const vertices = table.count;
  const neighbours = new Int32Array((dimensions + 1) * vertices * 2);
  const key = new Int16Array(dimensions);
  const left = new Int16Array(dimensions);
  const right = new Int16Array(dimensions);
  for (let axis = 0; axis <= dimensions; axis++)
    for (let vertex = 0; vertex < vertices; vertex++) {
      table.copyKey(vertex, key);
      for (let i = 0; i < dimensions; i++) {
        const reach = i === axis ? -dimensions : 1;
        left[i] = (key[i] as number) - reach;
        right[i] = (key[i] as number) + reach;
      }
      const pair = (axis * vertices + vertex) * 2;
      neighbours[pair] = table.find(left);
      neighbours[pair + 1] = table.find(right);
    }
  return neighbours;
}

/** The simplex around a feature; locating the next one overwrites it. */
interface Simplex {
  readonly dimensions: number;
  readonly scales: Float32Array;
  readonly elevated: Float32Array;
  /** The nearest lattice point with all coordinates divisible by d + 1. */
  readonly origin: Float32Array;
  /** The order of what is left over. */
  readonly rank: Int32Array;
  readonly spread: Float32Array;
  readonly weights: Float32Array;
}

function newSimplex(d: number): Simplex {
  return {
    dimensions: d,
    scales: Float32Array.from({ length: d }, (_, axis) => axisScale(axis, d)),
    elevated: new Float32Array(d + 1),
    origin: new Float32Array(d + 1),
    rank: new Int32Array(d + 1),
    spread: new Float32Array(d + 2),
    weights: new Float32Array(d + 1),
  };
}

/** The simplex around the feature whose first number is at `at`. */
function locate(simplex: Simplex, features: Float32Array, at: number): void {
  elevate(simplex, features, at);
  findOrigin(simplex);
  weigh(simplex);
}

/** Lifts the d features onto the plane of d + 1 coordinates whose sum is zero. */
function elevate({ dimensions, scales, elevated }: Simplex, features: Float32Array, at: number) {
  let sum = 0;
  for (let axis = dimensions; axis > 0; axis--) {
    const scaled = fround((features[at + axis - 1] as number) * (scales[axis - 1] as number));
    elevated[axis] = fround(sum - fround(axis * scaled));
    sum = fround(sum + scaled);
  }
  elevated[0] = sum;
}

function findOrigin({ dimensions: d, elevated, origin, rank }: Simplex): void {
  const corners = d + 1;
  const inverse = fround(1 / corners);
  let sum = 0;
  for (let i = 0; i <= d; i++) {
    const cell = roundHalfToEven(fround((elevated[i] as number) * inverse));
    origin[i] = cell * corners;
    sum += cell;
  }
  rank.fill(0);
  for (let i = 0; i < d; i++)
    for (let j = i + 1; j <= d; j++) {
      const restOfI = fround((elevated[i] as number) - (origin[i] as number));
      const restOfJ = fround((elevated[j] as number) - (origin[j] as number));
      const behind = restOfI < restOfJ ? i : j;
      rank[behind] = (rank[behind] as number) + 1;
    }
  // A sum that is not zero means the rounded point left the plane; bring it back.
  for (let i = 0; i <= d; i++) {
    const shifted = (rank[i] as number) + sum;
    const turn = shifted < 0 ? corners : shifted > d ? -corners : 0;
    rank[i] = shifted + turn;
    origin[i] = (origin[i] as number) + turn;
  }
}

function weigh({ dimensions: d, elevated, origin, rank, spread, weights }: Simplex): void {
  const corners = d + 1;
  const inverse = fround(1 / corners);
  spread.fill(0);
  for (let i = 0; i <= d; i++) {
    const share = fround(fround((elevated[i] as number) - (origin[i] as number)) * inverse);
    const place = d - (rank[i] as number);
    spread[place] = (spread[place] as number) + share;
    spread[place + 1] = (spread[place + 1] as number) - share;
  }
  for (let corner = 0; corner <= d; corner++) weights[corner] = spread[corner] as number;
  weights[0] = (spread[0] as number) + fround(1 + (spread[corners] as number));
}

/** The first d coordinates of a corner; the last one follows from the sum being zero. */
function copyKey({ dimensions: d, origin, rank }: Simplex, corner: number, key: Int16Array): void {
  for (let i = 0; i < d; i++) {
    const step = (rank[i] as number) <= d - corner ? corner : corner - (d + 1);
    key[i] = (origin[i] as number) + step;
  }
}

function roundHalfToEven(value: number): number {
  const below = Math.floor(value);
  const rest = value - below;
  if (rest !== 0.5) return Math.round(value);
  return below % 2 === 0 ? below : below + 1;
}
