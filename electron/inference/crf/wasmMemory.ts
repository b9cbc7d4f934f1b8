// Loads the compiled CRF module and keeps memories for re-use: a memory can grow but never shrink,
// so images of a batch share a few instead of taking a new one each.
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { CrfPrecision } from './parameters.ts';

/** What the AssemblyScript module exports; all addresses are bytes, all ranges half-open in pixels. */
export interface CrfExports {
  readonly heapBase: { readonly value: number };
  /** Pixels are kept in strips of this many columns, row by row within each. */
  readonly STRIP: { readonly value: number };
  beginGaussian: BeginLattice;
  beginBilateral: BeginLattice;
  addGaussian(width: number, height: number, from: number, to: number, deviationPx: number): void;
  addBilateral(
    image: number,
    width: number,
    height: number,
    from: number,
    to: number,
    deviationPx: number,
    deviationRgb: number,
  ): void;
  /** Vertices of the lattice begun last, and the first byte behind the table of them. */
  rowCount(): number;
  tableEnd(): number;
  listKeys(keys: number, rows: number): void;
  linkChains(
    dimensions: number,
    axis: number,
    chains: number,
    keys: number,
    rows: number,
    right: number,
    left: number,
  ): number;
  splatOnes(entries: number, vertexOf: number, weightOf: number, rows: number): void;
  normalise(
    pixels: number,
    corners: number,
    vertexOf: number,
    weightOf: number,
    rows: number,
    alpha: number,
  ): void;
  blurChains1: BlurChains;
  blurChains4: BlurChains;
  blurChains8: BlurChains;
  configure(
    logits: number,
    marginals: number,
    vertices2: number,
    weights2: number,
    vertices5: number,
    weights5: number,
    stride2: number,
    stride5: number,
    blocks: number,
    tail: boolean,
    totals: number,
  ): void;
  /** Logits and messages in multiples of `unit`: 1, or ln 2 for the passes with powers of two. */
  measureIn(unit: number, gaussian: number, bilateral: number, classes: number): void;
  /** Both answer with the sum of the energies of the class left out, else of the first; NaN when a number is not finite. */
  interleaveUnary(
    planes: number,
    width: number,
    height: number,
    classes: number,
    channels: number,
    relative: boolean,
  ): number;
  interleaveScores(
    planes: number,
    width: number,
    height: number,
    classes: number,
    channels: number,
    temperature: number,
    relative: boolean,
  ): number;
  /** Of the logits laid in last. */
  lowestLogit(): number;
  highestLogit(): number;
  /** Q of classes from `first` on, a multiple of four, to planes [classes, height * width] at the address. */
  planesOfMarginals(
    planes: number,
    width: number,
    height: number,
    first: number,
    classes: number,
    channels: number,
  ): void;
  /** The plane of the class that is left out. */
  restOfMarginals(plane: number, width: number, height: number, channels: number): void;
  /** To bytes [height * width] at the address. */
  winnersOfMarginals(
    labels: number,
    width: number,
    height: number,
    classes: number,
    channels: number,
    relative: boolean,
  ): void;
  pixelPass1: PixelPass;
  pixelPass4: PixelPass;
  pixelPass8: PixelPass;
  passOneBlock: PixelPass;
  powerPass4: PixelPass;
  powerPassOneBlock: PixelPass;
  pixelPassWide(first: number, last: number, from2: number, from5: number): void;
  countEntries(first: number, last: number, vertexOf: number, starts: number): void;
  sumCounts(rows: number, starts: number): void;
  listEntries(
    first: number,
    last: number,
    corners: number,
    vertexOf: number,
    weightOf: number,
    starts: number,
    lists: number,
  ): void;
  gatherRows(
    first: number,
    last: number,
    starts: number,
    lists: number,
    q: number,
    bytes: number,
    to: number,
    stride: number,
    eights: number,
    tail: boolean,
  ): void;
  /** What all classes together say, to the totals of the run. */
  totalMessages(first: number, last: number, ones2: number, ones5: number): void;
  klPass1(
    first: number,
    last: number,
    from2: number,
    from5: number,
    ones2: number,
    ones5: number,
  ): number;
  klPass4: KlPass;
  klPass8: KlPass;
  klPassWide: KlPass;
}

/** With the table of vertices from `workspace` on; the arrays are [pixels rounded up to 4, corners]. */
export type BeginLattice = (
  scales: number,
  vertexOf: number,
  weightOf: number,
  workspace: number,
  log2Capacity: number,
) => void;
export type BlurChains = (chains: number, count: number, rows: number) => void;
export type PixelPass = (
  first: number,
  last: number,
  from2: number,
  from5: number,
  to2: number,
  to5: number,
) => void;
export type KlPass = (first: number, last: number, from2: number, from5: number) => number;

/** One growing memory with an instance of the module on it. */
export interface CrfMemory {
  readonly code: CrfExports;
  readonly precision: CrfPrecision;
  readonly memory: GrowingMemory;
  /** What the front of the memory holds, so that the next image of that size need not build it again. */
  gaussian: { readonly key: string; readonly lattice: unknown } | null;
  /** Makes bytes [0, end) usable. Throws a RangeError when the machine or the format has no room. */
  reserve(end: number): void;
}

export interface GrowingMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

/** The part of the WebAssembly API in use; Node's type package leaves it to the browser's. */
interface WasmApi {
  Memory: new (limits: { initial: number; maximum: number }) => GrowingMemory;
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object, imports: object) => { readonly exports: unknown };
  validate(bytes: Uint8Array): boolean;
}
const wasm = (globalThis as unknown as { readonly WebAssembly: WasmApi }).WebAssembly;

const PAGE = 65536;
const MAX_PAGES = 65536;
/** Less than the 4 GiB that a memory can have: nothing on a desktop should take more. */
const MAX_BYTES = 3 * 2 ** 30;

/** A few memories kept between images. A memory is borrowed by one CRF at a time. */
export interface CrfMemoryPool {
  borrow(precision: CrfPrecision): CrfMemory;
  giveBack(memory: CrfMemory): void;
  /** Bytes held by idle memories. */
  idleBytes(): number;
}

/** Keeps at most `maxIdle` memories, none above `maxIdleBytes`: those are left to the collector. */
export function createCrfMemoryPool(maxIdle = 2, maxIdleBytes = 512 * 2 ** 20): CrfMemoryPool {
  const idle: CrfMemory[] = [];
  return {
    borrow(precision) {
      const at = idle.findLastIndex((memory) => memory.precision === precision);
      return at < 0 ? openMemory(precision) : (idle.splice(at, 1)[0] as CrfMemory);
    },
    giveBack(memory) {
      if (memory.memory.buffer.byteLength > maxIdleBytes) return;
      idle.push(memory);
      if (idle.length > maxIdle) idle.shift();
    },
    idleBytes: () => idle.reduce((sum, { memory }) => sum + memory.buffer.byteLength, 0),
  };
}

function openMemory(precision: CrfPrecision): CrfMemory {
  const memory = new wasm.Memory({ initial: 1, maximum: MAX_PAGES });
  const instance = new wasm.Instance(moduleFor(precision), { env: { memory } });
  return {
    code: instance.exports as CrfExports,
    precision,
    memory,
    gaussian: null,
    reserve(end) {
      const needed = `this CRF needs ${Math.ceil(end / 2 ** 20)} MiB`;
      if (end > MAX_BYTES)
        throw new RangeError(
          `${needed}, above ${MAX_BYTES / 2 ** 20}; reduce the working size or the classes`,
        );
      const pages = Math.ceil(end / PAGE) - memory.buffer.byteLength / PAGE;
      if (pages <= 0) return;
      try {
        memory.grow(pages);
      } catch (cause) {
        throw new RangeError(`${needed}, which the machine refused; reduce the working size`, {
          cause,
        });
      }
    },
  };
}

const compiled = new Map<CrfPrecision, object>();

/** Compiled once per thread. Relaxed SIMD rounds differently from machine to machine, so 'exact' does without. */
function moduleFor(precision: CrfPrecision): object {
  const known = compiled.get(precision);
  if (known) return known;
  const relaxed = precision === 'fast' ? moduleBytes('crfRelaxed.wasm') : null;
  const bytes = relaxed && wasm.validate(relaxed) ? relaxed : moduleBytes('crf.wasm');
  const module = new wasm.Module(bytes);
  compiled.set(precision, module);
  return module;
}

function moduleBytes(name: string): Uint8Array {
  const file = fileURLToPath(new URL(`./${name}`, import.meta.url));
  if (!existsSync(file)) throw new Error(`${file} is missing; run "npm run build:wasm" once`);
  return readFileSync(file);
}
