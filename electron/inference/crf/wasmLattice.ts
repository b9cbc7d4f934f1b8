// Builds both lattices of an image in a WASM memory: simplices, neighbours, normalised weights.
// Band by band, so that a cancelled build ends within a few milliseconds.
import { throwIfStopped, type ShouldStop } from './crf.ts';
import { axisScale, type CrfParameters, type RgbImage } from './parameters.ts';
import type { BlurRows, CrfMemory } from './wasmMemory.ts';

/** Addresses of one lattice; rows are vertices counted from 1. */
export interface WasmLattice {
  readonly corners: number;
  readonly rows: number;
  readonly vertexOf: number;
  readonly weightOf: number;
  /** Pairs of row numbers, [corners, rows + 1, 2]. */
  readonly neighbours: number;
  /** First byte behind the lattice. */
  readonly end: number;
}

/** Pixels between two questions whether to stop; a multiple of four. */
export const BAND = 16384;
const ALIGN = 64;

export function align(address: number): number {
  return Math.ceil(address / ALIGN) * ALIGN;
}

/** Position lattice from `start` on. Depends on the image's size only, so it is kept with the memory. */
export function gaussianLattice(
  memory: CrfMemory,
  image: RgbImage,
  parameters: CrfParameters,
  shouldStop?: ShouldStop,
): WasmLattice {
  const { width, height } = image;
  const deviation = parameters.gaussianDeviationPx;
  const key = `${width}x${height}@${deviation}`;
  if (memory.gaussian?.key === key) return memory.gaussian.lattice as WasmLattice;
  memory.gaussian = null;
  const start = align(memory.code.heapBase.value);
  const lattice = build(
    memory,
    { start, dimensions: 2, pixels: width * height },
    shouldStop,
    (from, to) => memory.code.addGaussian(width, from, to, deviation),
  );
  memory.gaussian = { key, lattice };
  return lattice;
}

/** Position and colour lattice from `start` on. */
export function bilateralLattice(
  memory: CrfMemory,
  start: number,
  image: RgbImage,
  parameters: CrfParameters,
  shouldStop?: ShouldStop,
): WasmLattice {
  const pixels = image.width * image.height;
  // The image lies in front of its lattice; it is small beside it and simple to keep.
  memory.reserve(start + image.data.length);
  new Uint8Array(memory.memory.buffer).set(image.data, start);
  const after = align(start + image.data.length);
  return build(memory, { start: after, dimensions: 5, pixels }, shouldStop, (from, to) =>
    memory.code.addBilateral(
      start,
      image.width,
      from,
      to,
      parameters.bilateralDeviationPx,
      parameters.bilateralDeviationRgb,
    ),
  );
}

/** Blurs rows along every direction, from `from` to and fro with `to`; returns where the result lies. */
export function blurRows(
  lattice: WasmLattice,
  blur: BlurRows,
  [from, to]: readonly [number, number],
  shouldStop?: ShouldStop,
): readonly [result: number, other: number] {
  for (let axis = 0; axis < lattice.corners; axis++) {
    throwIfStopped(shouldStop);
    const pairs = lattice.neighbours + axis * (lattice.rows + 1) * 8;
    blur(pairs, from, to, 1, lattice.rows);
    [from, to] = [to, from];
  }
  return [from, to];
}

/** alpha = 1 / (1 + 2^-d): the constant that the reference multiplies slices with. */
export function latticeAlpha(lattice: WasmLattice): number {
  return 1 / (1 + 2 ** -(lattice.corners - 1));
}

interface Plan {
  readonly start: number;
  readonly dimensions: 2 | 5;
  readonly pixels: number;
}

function build(
  memory: CrfMemory,
  { start, dimensions, pixels }: Plan,
  shouldStop: ShouldStop | undefined,
  addPixels: (from: number, to: number) => void,
): WasmLattice {
  const { code } = memory;
  const corners = dimensions + 1;
  // The last block of four may reach past the image.
  const entryBytes = align((pixels + 4) * corners * 4);
  const vertexOf = start;
  const weightOf = vertexOf + entryBytes;
  const neighbours = weightOf + entryBytes;
  const workspace = neighbours + ALIGN;
  memory.reserve(workspace);
  new Float32Array(memory.memory.buffer, neighbours, dimensions).set(
    Array.from({ length: dimensions }, (_, axis) => axisScale(axis, dimensions)),
  );
  // About half a vertex per pixel on photographs; the table doubles itself when there are more.
  const log2Capacity = Math.max(6, Math.ceil(Math.log2(pixels)));
  memory.reserve(workspace + 2 ** log2Capacity * 8 + 16);
  code.beginLattice(dimensions, neighbours, vertexOf, weightOf, workspace, log2Capacity);
  for (let from = 0; from < pixels; from += BAND) {
    throwIfStopped(shouldStop);
    addPixels(from, Math.min(pixels, from + BAND));
  }
  const rows = code.vertexCount();
  const pairBytes = (rows + 1) * 8;

  // The table still occupies the place of the neighbours: link behind it, then move down.
  const behind = align(code.workspaceEnd() >>> 0);
  memory.reserve(behind + pairBytes * corners);
  for (let axis = 0; axis < corners; axis++) {
    throwIfStopped(shouldStop);
    code.linkNeighbours(axis, behind + axis * pairBytes);
  }
  new Uint8Array(memory.memory.buffer).copyWithin(neighbours, behind, behind + pairBytes * corners);

  const end = align(neighbours + pairBytes * corners);
  const lattice: WasmLattice = { corners, rows, vertexOf, weightOf, neighbours, end };
  const ones = splatOnes(memory, lattice, pixels, end);
  const [blurred] = blurRows(lattice, code.blurRows1, ones, shouldStop);
  code.normalise(pixels, corners, vertexOf, weightOf, blurred, latticeAlpha(lattice));
  return lattice;
}

/** Splats 1 from every pixel into single-channel rows at `at`; returns the two buffers for the blur. */
export function splatOnes(
  memory: CrfMemory,
  lattice: WasmLattice,
  pixels: number,
  at: number,
): readonly [number, number] {
  const rowBytes = align((lattice.rows + 1) * 4);
  memory.reserve(at + 2 * rowBytes);
  new Uint8Array(memory.memory.buffer, at, 2 * rowBytes).fill(0);
  memory.code.splatOnes(pixels * lattice.corners, lattice.vertexOf, lattice.weightOf, at);
  return [at, at + rowBytes];
}
