// The WASM lattices against the plain ones: the same vertices, bit-equal weights, the same neighbours.
import { beforeAll, describe, expect, test } from 'vitest';
import { ensureWasm } from '../../../../../../build/wasm.ts';
import { alone } from '../../../../../../electron/inference/crf/wasm/site.ts';
import {
  bilateralFeatures,
  gaussianFeatures,
} from '../../../../../../electron/inference/crf/features.ts';
import { buildLattice, type Lattice } from '../../../../../../electron/inference/crf/lattice.ts';
import {
  axisScale,
  REFERENCE_CRF,
  type CrfParameters,
  type RgbImage,
} from '../../../../../../electron/inference/crf/parameters.ts';
import {
  bilateralLattice,
  gaussianLattice,
  latticeAlpha,
  type WasmLattice,
} from '../../../../../../electron/inference/crf/wasm/wasmLattice.ts';
import {
  createCrfMemoryPool,
  type CrfMemory,
} from '../../../../../../electron/inference/crf/wasm/wasmMemory.ts';
import { sceneImage } from '../../../../../helpers/fixtures/crfScenes.ts';

beforeAll(ensureWasm);

const CHAIN_START = 2 ** 31;
const FINE: CrfParameters = {
  ...REFERENCE_CRF,
  gaussianDeviationPx: 0.01,
  bilateralDeviationPx: 10,
  bilateralDeviationRgb: 0.6,
};
/** The fine ones have six vertices per pixel and make the table grow, with keys at the ends of their range. */
const CASES: readonly [string, RgbImage, CrfParameters][] = [
  ['several strips, the last one narrow', sceneImage(70, 44, 20), REFERENCE_CRF],
  ['pixels that do not come in fours', sceneImage(31, 19, 20), REFERENCE_CRF],
  ['one column', sceneImage(1, 61, 20), REFERENCE_CRF],
  ['one row', sceneImage(67, 1, 20), REFERENCE_CRF],
  ['one black pixel', { width: 1, height: 1, data: new Uint8Array(3) }, REFERENCE_CRF],
  ['black', { width: 40, height: 5, data: new Uint8Array(600) }, FINE],
  ['a table that grows', sceneImage(45, 35, 80), FINE],
  ['a table that grows often', sceneImage(97, 64, 255), FINE],
];

/** Pixel of each place in the order of the WASM lattice. */
function walk({ width, height }: RgbImage, strip: number): number[] {
  const order: number[] = [];
  for (let left = 0; left < width; left += strip)
    for (let y = 0; y < height; y++)
      for (let x = left; x < Math.min(width, left + strip); x++) order.push(y * width + x);
  return order;
}

/** Weights [pixels, corners] as they are before the normalisation, which build() includes. */
function plainWeights(memory: CrfMemory, image: RgbImage, parameters: CrfParameters, d: 2 | 5) {
  const { code } = memory;
  const pixels = image.width * image.height;
  const bytes = Math.ceil(((pixels + 4) * (d + 1) * 4) / 64) * 64;
  const start = Math.ceil((code.heapBase.value + image.data.length + 16) / 64) * 64;
  memory.reserve(start + 2 * bytes + 4096);
  const scales = new Float32Array(memory.memory.buffer, start + 2 * bytes, d);
  scales.set(Array.from({ length: d }, (_, axis) => axisScale(axis, d)));
  const { width, height } = image;
  const begin = d === 2 ? code.beginGaussian : code.beginBilateral;
  // The smallest table, so that entering pixels alone makes it grow.
  begin(start + 2 * bytes, start, start + bytes, start + 2 * bytes + 64, 6, 0);
  const place = code.heapBase.value;
  new Uint8Array(memory.memory.buffer).set(image.data, place);
  if (d === 2) code.addGaussian(width, height, 0, pixels, parameters.gaussianDeviationPx);
  else {
    const { bilateralDeviationPx: px, bilateralDeviationRgb: rgb } = parameters;
    code.addBilateral(place, width, height, 0, pixels, px, rgb);
  }
  const corners = pixels * (d + 1);
  return {
    rows: new Uint32Array(memory.memory.buffer, start, corners).slice(),
    weights: new Float32Array(memory.memory.buffer, start + bytes, corners).slice(),
  };
}

/** Row of each vertex of the plain lattice; the two number them in the order of their own walk. */
function rowsOfVertices(plain: Lattice, rows: Uint32Array, order: readonly number[]): Int32Array {
  const rowOf = new Int32Array(plain.vertices).fill(0);
  const corners = plain.dimensions + 1;
  order.forEach((pixel, place) => {
    for (let corner = 0; corner < corners; corner++) {
      const vertex = plain.vertexOf[pixel * corners + corner] as number;
      const row = rows[place * corners + corner] as number;
      if (rowOf[vertex] === 0) rowOf[vertex] = row;
      expect(rowOf[vertex]).toBe(row);
    }
  });
  // Vertices of no pixel fill up the last block of four; both sides enter them last.
  const known = new Set(rowOf);
  let row = 1;
  rowOf.forEach((given, vertex) => {
    if (given !== 0) return;
    while (known.has(row)) row++;
    rowOf[vertex] = row++;
  });
  expect(new Set(rowOf).size).toBe(plain.vertices);
  return rowOf;
}

/** Right neighbour by row along one direction, from the chains. */
function rightNeighbours(memory: CrfMemory, lattice: WasmLattice, axis: number): Uint32Array {
  const right = new Uint32Array(lattice.rows + 1);
  const { at, count } = lattice.chains[axis] as { at: number; count: number };
  let before = 0;
  for (const entry of new Uint32Array(memory.memory.buffer, at, count)) {
    if (entry < CHAIN_START) {
      expect(right[before]).toBe(0);
      right[before] = entry;
      before = entry;
    } else before = entry - CHAIN_START;
  }
  return right;
}

describe.each(CASES)('lattices of %s', (_name, image, parameters) => {
  test.each([
    ['Gaussian', 2],
    ['bilateral', 5],
  ] as const)('%s: vertices, weights and chains are those of the plain one', (_lattice, d) => {
    const features = d === 2 ? gaussianFeatures : bilateralFeatures;
    const plain = buildLattice(features(image, parameters), d);
    const corners = d + 1;
    const pool = createCrfMemoryPool();
    const scratch = pool.borrow('exact');
    const order = walk(image, scratch.code.STRIP.value);
    const raw = plainWeights(scratch, image, parameters, d);
    expect(scratch.code.rowCount()).toBe(plain.vertices);

    const memory = pool.borrow('exact');
    const site = { memory, crew: alone };
    const scene = { image, parameters };
    const gaussian = gaussianLattice(site, scene);
    const built = d === 2 ? gaussian : bilateralLattice(site, gaussian.end, scene);
    const count = order.length * corners;
    const rows = new Uint32Array(memory.memory.buffer, built.vertexOf, count);
    expect(built.rows).toBe(plain.vertices);
    expect(rows).toEqual(raw.rows);
    const inOrder = order.flatMap((pixel) =>
      Array.from(plain.weightOf.subarray(pixel * corners, (pixel + 1) * corners)),
    );
    expect(raw.weights).toEqual(Float32Array.from(inOrder));

    const rowOf = rowsOfVertices(plain, rows, order);
    for (let axis = 0; axis < corners; axis++) {
      const right = rightNeighbours(memory, built, axis);
      const expected = new Uint32Array(plain.vertices + 1);
      for (let vertex = 0; vertex < plain.vertices; vertex++) {
        const next = plain.neighbours[(axis * plain.vertices + vertex) * 2 + 1] as number;
        expected[rowOf[vertex] as number] = next < 0 ? 0 : (rowOf[next] as number);
      }
      expect(right).toEqual(expected);
    }
  });
});

/** Seven vertices for ten pixels: each part's table has room for its own, the first one's must grow to take all. */
const MANY: CrfParameters = {
  ...REFERENCE_CRF,
  bilateralDeviationPx: 30,
  bilateralDeviationRgb: 7,
};

test.each([
  ...CASES,
  ['a table that grows when others are put together with it', sceneImage(128, 96, 20), MANY],
] as const)(
  'tables of several parts become the one of all pixels: %s',
  (_name, image, parameters) => {
    const [one, four] = [1, 4].map((size) => {
      const memory = createCrfMemoryPool().borrow('exact');
      const site = { memory, crew: { ...alone, size } };
      const gaussian = gaussianLattice(site, { image, parameters });
      return [gaussian, bilateralLattice(site, gaussian.end, { image, parameters })].map(
        (built) => ({
          rows: built.rows,
          vertices: new Uint32Array(
            memory.memory.buffer,
            built.vertexOf,
            image.width * image.height * built.corners,
          ).slice(),
          chains: built.chains.map(({ at, count }) =>
            new Uint32Array(memory.memory.buffer, at, count).slice(),
          ),
        }),
      );
    });
    expect(four).toEqual(one);
  },
);

test('slices are multiplied with 1 / (1 + 2^-d), as the reference does', () => {
  const alpha = (corners: number) => latticeAlpha({ corners } as WasmLattice);
  expect([alpha(3), alpha(6)]).toEqual([4 / 5, 32 / 33]);
});
