// Builds both lattices of an image in a WASM memory: simplices, neighbours, normalised weights.
// Band by band, so that a cancelled build ends within a few milliseconds.
import { throwIfStopped, type ShouldStop } from '../crf.ts';
import { axisScale, type CrfParameters, type RgbImage } from '../parameters.ts';
import type { BlurChains } from './wasmExports.ts';
import type { CrfMemory } from './wasmMemory.ts';

/** Addresses of one lattice; rows are vertices counted from 1. */
export interface WasmLattice {
  readonly corners: number;
  readonly rows: number;
  readonly vertexOf: number;
  readonly weightOf: number;
  /** Chains of neighbouring rows along each direction: where the list lies and how long it is. */
  readonly chains: readonly { readonly at: number; readonly count: number }[];
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
    (from, to) => memory.code.addGaussian(width, height, from, to, deviation),
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
  // The image lies in front of its lattice; the pixels are read sixteen bytes at a time, up to four past its end.
  memory.reserve(start + image.data.length);
  new Uint8Array(memory.memory.buffer).set(image.data, start);
  const after = align(start + image.data.length);
  return build(memory, { start: after, dimensions: 5, pixels }, shouldStop, (from, to) =>
    memory.code.addBilateral(
      start,
      image.width,
      image.height,
      from,
      to,
      parameters.bilateralDeviationPx,
      parameters.bilateralDeviationRgb,
    ),
  );
}

/** Blurs rows along every direction in turn, in place. */
export function blurInPlace(
  lattice: WasmLattice,
  blur: BlurChains,
  rows: number,
  shouldStop?: ShouldStop,
): void {
  for (const { at, count } of lattice.chains) {
    throwIfStopped(shouldStop);
    blur(at, count, rows);
  }
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
  const firstChain = weightOf + entryBytes;
  const workspace = firstChain + ALIGN;
  memory.reserve(workspace);
  new Float32Array(memory.memory.buffer, firstChain, dimensions).set(
    Array.from({ length: dimensions }, (_, axis) => axisScale(axis, dimensions)),
  );
  // Photographs have about half a vertex per pixel, positions alone an eighth; the table doubles itself when there are more.
  const log2Capacity = Math.max(6, Math.ceil(Math.log2(dimensions === 2 ? pixels / 4 : pixels)));
  memory.reserve(workspace + 2 ** log2Capacity * 12 + ALIGN);
  const begin = dimensions === 2 ? code.beginGaussian : code.beginBilateral;
  begin(firstChain, vertexOf, weightOf, workspace, log2Capacity);
  for (let from = 0; from < pixels; from += BAND) {
    throwIfStopped(shouldStop);
    addPixels(from, Math.min(pixels, from + BAND));
  }
  const rows = code.rowCount();
  const rowBytes = align((rows + 1) * 4);

  // The vertex table still occupies the place of the chains: link behind it, then move down.
  const behind = align(code.tableEnd() >>> 0);
  memory.reserve(behind + rowBytes * (corners + 5));
  const [right, left, keys, listed] = [0, 1, 2, 4].map(
    (at) => behind + rowBytes * (corners + at),
  ) as [number, number, number, number];
  code.listKeys(keys, listed);
  const counts: number[] = [];
  let linked = behind;
  for (let axis = 0; axis < corners; axis++) {
    throwIfStopped(shouldStop);
    counts.push(code.linkChains(dimensions, axis, linked, keys, listed, right, left));
    linked += (counts[axis] as number) * 4;
  }
  new Uint8Array(memory.memory.buffer).copyWithin(firstChain, behind, linked);
  let end = firstChain;
  const chains = counts.map((count) => {
    const at = end;
    end += count * 4;
    return { at, count };
  });
  end = align(end);

  const lattice: WasmLattice = { corners, rows, vertexOf, weightOf, chains, end };
  splatOnes(memory, lattice, pixels, end);
  blurInPlace(lattice, code.blurChains1, end, shouldStop);
  code.normalise(pixels, corners, vertexOf, weightOf, end, latticeAlpha(lattice));
  return lattice;
}

/** Splats 1 from every pixel into single-channel rows at `at`; returns the first byte behind them. */
export function splatOnes(
  memory: CrfMemory,
  lattice: WasmLattice,
  pixels: number,
  at: number,
): number {
  const end = at + align((lattice.rows + 1) * 4);
  memory.reserve(end);
  new Uint8Array(memory.memory.buffer, at, end - at).fill(0);
  memory.code.splatOnes(pixels * lattice.corners, lattice.vertexOf, lattice.weightOf, at);
  return end;
}
