// One run in float32: rows of channels on both lattices, one pass over the pixels per iteration that slices both,
// takes the softmax and splats into both again.
import { throwIfStopped, type ShouldStop } from './crf.ts';
import type { CrfParameters, CrfPrecision } from './parameters.ts';
import {
  align,
  BAND,
  blurInPlace,
  latticeAlpha,
  splatOnes,
  type WasmLattice,
} from './wasmLattice.ts';
import type { BlurChains, CrfExports, CrfMemory, PixelPass } from './wasmMemory.ts';
import { layIn, readMarginals, readWinners, type CrfStart, type WasmRun } from './wasmRun.ts';

/** Rows of one lattice, twice. */
interface Rows {
  readonly lattice: WasmLattice;
  /** Bytes of one block of channels. */
  readonly stride: number;
  /** The splat of the present Q, kept from one iteration to the next. */
  readonly splatted: number;
  /** A copy of it to blur. */
  readonly blurred: number;
}

interface Layout {
  /** Channels per row: 1 signed one for two classes, 4 for three and four, else 8 in several blocks. */
  readonly width: 1 | 4 | 8;
  readonly blocks: number;
  readonly marginals: number;
  readonly rows: readonly [gaussian: Rows, bilateral: Rows];
  readonly end: number;
}

/** Sum of term weights up to which messages surely stay below the powers of two that can be added up. */
const MOST_WEIGHT = 30;
/** Powers of two of logits from here on keep clear of denormals; those of scores are above -17. */
const LOWEST_POWER = -40;
const HIGHEST_POWER = 40;

/** Lays the values of `start` out behind the lattices and takes the first Q. */
export function startFloatRun(start: CrfStart, shouldStop: ShouldStop | undefined): WasmRun {
  const { memory, classes, size } = start;
  const pixels = size.width * size.height;
  const layout = layOut(start, pixels);
  const channels = layout.width * layout.blocks;
  const { code } = memory;
  const place = { planes: layout.marginals, channels };
  const powers = mayUsePowers(start, layout);
  let firstSum = layIn(start, place, powers ? Math.LN2 : 1);
  const usable =
    powers && code.lowestLogit() >= LOWEST_POWER && code.highestLogit() <= HIGHEST_POWER;
  if (powers && !usable) firstSum = layIn(start, place, 1);
  const pass = passOf(code, layout, usable);

  /** True when the rows hold blurred values of the present Q (kl has blurred them already). */
  let blurred = false;
  function blurAll(shouldStop?: ShouldStop): void {
    if (!blurred) blurRows(memory, layout, shouldStop);
    blurred = true;
  }
  const [gaussian, bilateral] = layout.rows;
  for (const { splatted, stride } of layout.rows)
    new Uint8Array(memory.memory.buffer, splatted, stride * layout.blocks).fill(0);
  passPixels(pixels, shouldStop, (first, last) =>
    pass(first, last, 0, 0, gaussian.splatted, bilateral.splatted),
  );
  return {
    step(shouldStop) {
      blurAll(shouldStop);
      passPixels(pixels, shouldStop, (first, last) =>
        pass(
          first,
          last,
          gaussian.blurred,
          bilateral.blurred,
          gaussian.splatted,
          bilateral.splatted,
        ),
      );
      blurred = false;
    },
    q: (into) => readMarginals(start, { end: layout.end, channels }, into),
    winners: () => readWinners(start, { end: layout.end, channels }),
    kl() {
      blurAll();
      const [from2, from5] = [gaussian.blurred, bilateral.blurred];
      if (layout.width === 4) return code.klPass4(0, pixels, from2, from5);
      if (layout.width === 8) return code.klPass8(0, pixels, from2, from5);
      return firstSum + klOfOneChannel(memory, layout, pixels);
    },
  };
}

/** Addresses behind the lattices, and the module set up for them. */
function layOut({ memory, lattices, classes }: CrfStart, pixels: number): Layout {
  const width = classes === 2 ? 1 : classes <= 4 ? 4 : 8;
  const blocks = width === 1 ? 1 : Math.ceil(classes / width);
  const pixelBytes = width * blocks * 4;
  const [gaussian, bilateral] = lattices;

  let top = bilateral.end;
  const take = (bytes: number) => {
    const at = top;
    top = align(top + bytes);
    return at;
  };
  const logits = take((pixels + 4) * pixelBytes);
  const marginals = take((pixels + 4) * Math.max(pixelBytes, classes * 4));
  const rowsOf = (lattice: WasmLattice): Rows => {
    const stride = align((lattice.rows + 1) * width * 4);
    return { lattice, stride, splatted: take(stride * blocks), blurred: take(stride * blocks) };
  };
  const rows = [rowsOf(gaussian), rowsOf(bilateral)] as const;
  memory.reserve(top);

  memory.code.configure(
    logits,
    marginals,
    gaussian.vertexOf,
    gaussian.weightOf,
    bilateral.vertexOf,
    bilateral.weightOf,
    rows[0].stride,
    rows[1].stride,
    blocks,
  );
  return { width, blocks, marginals, rows, end: top };
}

/** Whether the pass for these classes exists with powers of two, and the messages are small enough for it. */
function mayUsePowers({ memory, parameters }: CrfStart, { width, blocks }: Layout): boolean {
  const weight = parameters.gaussianWeight + parameters.bilateralWeight;
  return memory.precision === 'fast' && weight <= MOST_WEIGHT && width > 1 && blocks === 1;
}

function passOf(code: CrfExports, { width, blocks }: Layout, powers: boolean): PixelPass {
  if (width === 1) return code.pixelPass1;
  if (width === 4) return powers ? code.powerPass4 : code.pixelPass4;
  if (blocks > 1) return code.pixelPass8;
  return powers ? code.powerPassOneBlock : code.passOneBlock;
}

/** Blurs a copy of the splatted rows of both lattices, block after block so that each stays near the cache. */
function blurRows({ code, memory }: CrfMemory, layout: Layout, shouldStop?: ShouldStop): void {
  const blur: BlurChains = { 1: code.blurChains1, 4: code.blurChains4, 8: code.blurChains8 }[
    layout.width
  ];
  const bytes = new Uint8Array(memory.buffer);
  for (const { lattice, splatted, blurred, stride } of layout.rows)
    for (let at = 0; at < layout.blocks * stride; at += stride) {
      bytes.copyWithin(blurred + at, splatted + at, splatted + at + stride);
      blurInPlace(lattice, blur, blurred + at, shouldStop);
    }
}

function passPixels(
  pixels: number,
  shouldStop: ShouldStop | undefined,
  pass: (first: number, last: number) => void,
): void {
  for (let first = 0; first < pixels; first += BAND) {
    throwIfStopped(shouldStop);
    pass(first, Math.min(pixels, first + BAND));
  }
}

/** KL divergence less the sum of the first class's energies, which the signed channel leaves out. */
function klOfOneChannel(memory: CrfMemory, { rows, end }: Layout, pixels: number): number {
  const { code } = memory;
  let top = end;
  const [ones2, ones5] = rows.map(({ lattice }) => {
    const ones = top;
    top = splatOnes(memory, lattice, pixels, ones);
    blurInPlace(lattice, code.blurChains1, ones);
    return ones;
  }) as [number, number];
  return code.klPass1(0, pixels, rows[0].blurred, rows[1].blurred, ones2, ones5);
}
