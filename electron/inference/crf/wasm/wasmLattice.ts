// Both lattices of an image in a WASM memory: simplices, neighbours, normalised weights. Band by band, so that a cancelled
// build ends within a few milliseconds.
import type { CrfParameters, RgbImage } from '../parameters.ts';
import { bandsOf, turnsOf, type Range } from './regions.ts';
import { align, runAll, type Site } from './site.ts';
import {
  enterPixels,
  layGround,
  linkVertices,
  piecesOf,
  type Chains,
  type Plan,
} from './vertices.ts';
import type { Call } from './wasmExports.ts';

/** Addresses of one lattice; rows are vertices counted from 1. */
export interface WasmLattice {
  readonly corners: number;
  readonly rows: number;
  readonly vertexOf: number;
  readonly weightOf: number;
  readonly chains: readonly Chains[];
  /** The chains along each direction in pieces, which different threads can blur. */
  readonly pieces: readonly (readonly Chains[])[];
  /** First byte behind the lattice. */
  readonly end: number;
}

/** What lattices are built of. */
export interface Scene {
  readonly image: RgbImage;
  readonly parameters: CrfParameters;
}

/** Position lattice from the front of the memory on. Depends on the image's size only, so it is kept with the memory. */
export function gaussianLattice(site: Site, { image, parameters }: Scene): WasmLattice {
  const { memory } = site;
  const { width, height } = image;
  const deviation = parameters.gaussianDeviationPx;
  const key = `${width}x${height}@${deviation}`;
  if (memory.gaussian?.key === key) return memory.gaussian.lattice as WasmLattice;
  memory.gaussian = null;
  const plan: Plan = {
    start: align(memory.code.heapBase.value),
    dimensions: 2,
    size: image,
    enter: ({ first, last }) => ['addGaussian', width, height, first, last, deviation],
  };
  const lattice = build(site, plan, deviation);
  memory.gaussian = { key, lattice };
  return lattice;
}

/** Position and colour lattice from `start` on. */
export function bilateralLattice(
  site: Site,
  start: number,
  { image, parameters }: Scene,
): WasmLattice {
  const { width, height, data } = image;
  const { bilateralDeviationPx: deviation, bilateralDeviationRgb: rgb } = parameters;
  // The image lies in front of its lattice; the pixels are read sixteen bytes at a time, up to four past its end.
  site.memory.reserve(start + data.length);
  new Uint8Array(site.memory.memory.buffer).set(data, start);
  const enter = ({ first, last }: Range): Call => {
    const part = [width, height, first, last] as const;
    return ['addBilateral', start, ...part, deviation, rgb];
  };
  const plan: Plan = { start: align(start + data.length), dimensions: 5, size: image, enter };
  return build(site, plan, deviation);
}

function build(site: Site, plan: Plan, deviationPx: number): WasmLattice {
  const { memory } = site;
  const ground = layGround(plan);
  enterPixels(site, ground);
  const rows = memory.code.rowCount();
  const { chains, end } = linkVertices(site, ground, rows);
  const pieces = chains.map((list) => piecesOf(memory.memory.buffer, list));
  const { corners, vertexOf, weightOf, size } = ground;
  const lattice: WasmLattice = { corners, rows, vertexOf, weightOf, chains, pieces, end };
  blurredOnes(site, lattice, { at: end, turns: turnsOf(size, deviationPx) });
  const alpha = latticeAlpha(lattice);
  runAll(
    site,
    bandsOf({ first: 0, last: ground.pixels }).map(({ first, last }) => {
      const entries = first * corners * 4;
      const weights = [vertexOf + entries, weightOf + entries] as const;
      return [['normalise', last - first, corners, ...weights, end, alpha]];
    }),
  );
  return lattice;
}

/** Blurs rows along every direction in turn, in place. */
export function blurInPlace(
  site: Site,
  lattice: WasmLattice,
  by: 'blurChains1' | 'blurChains4' | 'blurChains8',
  rows: number,
): void {
  for (const pieces of lattice.pieces)
    runAll(
      site,
      pieces.map(({ at, count }) => [[by, at, count, rows]]),
    );
}

/** alpha = 1 / (1 + 2^-d): the constant that the reference multiplies slices with. */
export function latticeAlpha(lattice: WasmLattice): number {
  return 1 / (1 + 2 ** -(lattice.corners - 1));
}

interface Ones {
  readonly at: number;
  readonly turns: readonly (readonly Range[])[];
}

/** Splats 1 from every pixel into single-channel rows at `at` and blurs them; returns the first byte behind them. */
export function blurredOnes(site: Site, lattice: WasmLattice, { at, turns }: Ones): number {
  const { memory } = site;
  const { corners, vertexOf, weightOf } = lattice;
  const bytes = align((lattice.rows + 1) * 4);
  memory.reserve(at + bytes);
  memory.code.clearBytes(at, bytes);
  for (const turn of turns)
    runAll(
      site,
      turn.map((stripe) =>
        bandsOf(stripe).map(({ first, last }): Call => {
          const entries = first * corners * 4;
          const count = (last - first) * corners;
          return ['splatOnes', count, vertexOf + entries, weightOf + entries, at];
        }),
      ),
    );
  blurInPlace(site, lattice, 'blurChains1', at);
  return at + bytes;
}
