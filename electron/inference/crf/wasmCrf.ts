// Dense CRF on WebAssembly SIMD: the same mean field as typescriptCrf.ts in a fused form.
// One pass over the pixels slices both lattices, takes the softmax and splats into both again.
import { throwIfStopped, type Crf, type ShouldStop } from './crf.ts';
import {
  checkCrfInput,
  checkFinite,
  checkShape,
  checkTemperature,
  checkUnary,
  type CrfParameters,
  type RgbImage,
} from './parameters.ts';
import {
  align,
  BAND,
  bilateralLattice,
  blurInPlace,
  gaussianLattice,
  latticeAlpha,
  splatOnes,
  type WasmLattice,
} from './wasmLattice.ts';
import { createCrfMemoryPool, type CrfMemory, type CrfMemoryPool } from './wasmMemory.ts';

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

/** Addresses and sizes of one run. */
interface Run {
  readonly classes: number;
  /** Channels per row: 1 signed one for two classes, 4 for three and four, else 8 in several blocks. */
  readonly width: 1 | 4 | 8;
  readonly blocks: number;
  readonly marginals: number;
  readonly gaussian: Rows;
  readonly bilateral: Rows;
  /** Sum of U0 over pixels, which the signed channel leaves out. */
  firstUnarySum: number;
  readonly end: number;
  iteration: number;
  /** True when the rows hold blurred values of the present Q (kl has blurred them already). */
  blurred: boolean;
}

const ownPool = createCrfMemoryPool();

/**
 * Builds both lattices of `image` in a memory of `pool`. Throws a RangeError on input that cannot
 * be used or is too large, an AbortError when stopped.
 */
export function createWasmCrf(
  image: RgbImage,
  parameters: CrfParameters,
  { pool = ownPool, shouldStop }: { pool?: CrfMemoryPool; shouldStop?: ShouldStop } = {},
): Crf {
  checkCrfInput(image, parameters);
  const { width, height } = image;
  const pixels = width * height;
  const memory = pool.borrow();
  let lattices: readonly [WasmLattice, WasmLattice];
  try {
    const gaussian = gaussianLattice(memory, image, parameters, shouldStop);
    lattices = [gaussian, bilateralLattice(memory, gaussian.end, image, parameters, shouldStop)];
  } catch (error) {
    pool.giveBack(memory);
    throw error;
  }
  let disposed = false;
  let run: Run | null = null;

  function alive(): void {
    if (disposed) throw new Error('This CRF was disposed; create a new one');
  }

  function started(): Run {
    alive();
    if (!run) throw new Error('This CRF has no unary; call start first');
    return run;
  }

  /** `layIn` turns planes of energies or scores into logits and answers the sum of the first class's energies. */
  function begin(
    values: Float32Array,
    classes: number,
    shouldStop: ShouldStop | undefined,
    layIn: (planes: number, channels: number) => number,
  ): void {
    run = null;
    const next = layOut(memory, lattices, parameters, classes, pixels);
    // The place of Q takes them as they come, before the first Q is written there.
    new Float32Array(memory.memory.buffer, next.marginals, values.length).set(values);
    next.firstUnarySum = layIn(next.marginals, channelsOf(next));
    passPixels(memory, next, pixels, false, shouldStop);
    run = next;
  }

  return {
    width,
    height,
    get iteration() {
      return run?.iteration ?? -1;
    },
    start(unary, classes, shouldStop) {
      alive();
      checkUnary(unary, classes, pixels);
      begin(unary, classes, shouldStop, (planes, channels) => {
        memory.code.interleaveUnary(planes, width, height, classes, channels);
        return unary.subarray(0, pixels).reduce((sum, energy) => sum + energy, 0);
      });
    },
    startFromScores(scores, classes, temperature, shouldStop) {
      alive();
      checkShape('scores', scores, classes, pixels);
      checkTemperature(temperature);
      begin(scores, classes, shouldStop, (planes, channels) => {
        const { interleaveScores } = memory.code;
        const sum = interleaveScores(planes, width, height, classes, channels, temperature);
        // The fast pass only knows that some score is not finite; the slow one says which.
        if (Number.isNaN(sum)) checkFinite('scores', scores, pixels);
        return sum;
      });
    },
    step(shouldStop) {
      const present = started();
      // Stopped halfway the rows are worthless; the run is put back only after a whole step.
      run = null;
      blurAll(memory, present, shouldStop);
      passPixels(memory, present, pixels, true, shouldStop);
      present.iteration++;
      run = present;
    },
    q: (into) => readMarginals(memory, started(), image, into),
    winners: () => readWinners(memory, started(), image),
    kl() {
      const present = started();
      blurAll(memory, present);
      return klDivergence(memory, present, pixels);
    },
    dispose() {
      if (!disposed) pool.giveBack(memory);
      disposed = true;
      run = null;
    },
  };
}

/** Addresses for `classes` classes behind the lattices, and the module set up for them. */
function layOut(
  memory: CrfMemory,
  [gaussian, bilateral]: readonly [WasmLattice, WasmLattice],
  parameters: CrfParameters,
  classes: number,
  pixels: number,
): Run {
  const width = classes === 2 ? 1 : classes <= 4 ? 4 : 8;
  const blocks = width === 1 ? 1 : Math.ceil(classes / width);
  const pixelBytes = width * blocks * 4;

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
    parameters.gaussianWeight * latticeAlpha(gaussian),
    parameters.bilateralWeight * latticeAlpha(bilateral),
    rows[0].stride,
    rows[1].stride,
    blocks,
  );
  return {
    classes,
    width,
    blocks,
    marginals,
    gaussian: rows[0],
    bilateral: rows[1],
    firstUnarySum: 0,
    end: top,
    iteration: 0,
    blurred: false,
  };
}

function channelsOf({ width, blocks }: Run): number {
  return width * blocks;
}

/** Blurs a copy of the splatted rows of both lattices, block after block so that each stays near the cache. */
function blurAll({ code, memory }: CrfMemory, run: Run, shouldStop?: ShouldStop): void {
  if (run.blurred) return;
  const blur = { 1: code.blurChains1, 4: code.blurChains4, 8: code.blurChains8 }[run.width];
  const bytes = new Uint8Array(memory.buffer);
  for (const { lattice, splatted, blurred, stride } of [run.gaussian, run.bilateral])
    for (let at = 0; at < run.blocks * stride; at += stride) {
      bytes.copyWithin(blurred + at, splatted + at, splatted + at + stride);
      blurInPlace(lattice, blur, blurred + at, shouldStop);
    }
  run.blurred = true;
}

/** Slices blurred rows (unless this is the start), updates Q and with it the splatted rows. */
function passPixels(
  { code, memory }: CrfMemory,
  run: Run,
  pixels: number,
  slices: boolean,
  shouldStop?: ShouldStop,
): void {
  const pass = { 1: code.pixelPass1, 4: code.pixelPass4, 8: code.pixelPass8 }[run.width];
  const { gaussian, bilateral } = run;
  const [from2, from5] = slices ? [gaussian.blurred, bilateral.blurred] : [0, 0];
  if (!slices)
    for (const { splatted, stride } of [gaussian, bilateral])
      new Uint8Array(memory.buffer, splatted, stride * run.blocks).fill(0);
  for (let first = 0; first < pixels; first += BAND) {
    throwIfStopped(shouldStop);
    const last = Math.min(pixels, first + BAND);
    pass(first, last, from2, from5, gaussian.splatted, bilateral.splatted);
  }
  run.blurred = false;
}

function klDivergence(memory: CrfMemory, run: Run, pixels: number): number {
  const { code } = memory;
  const [from2, from5] = [run.gaussian.blurred, run.bilateral.blurred];
  if (run.width === 4) return code.klPass4(0, pixels, from2, from5);
  if (run.width === 8) return code.klPass8(0, pixels, from2, from5);
  let top = run.end;
  const [ones2, ones5] = [run.gaussian, run.bilateral].map(({ lattice }) => {
    const ones = top;
    top = splatOnes(memory, lattice, pixels, ones);
    blurInPlace(lattice, code.blurChains1, ones);
    return ones;
  }) as [number, number];
  return run.firstUnarySum + code.klPass1(0, pixels, from2, from5, ones2, ones5);
}

/** Copies Q out as [classes, height * width]. */
function readMarginals(
  { code, memory, reserve }: CrfMemory,
  run: Run,
  { width, height }: RgbImage,
  into: Float32Array = new Float32Array(run.classes * width * height),
): Float32Array {
  const { classes, end } = run;
  reserve(end + into.byteLength);
  code.planesOfMarginals(end, width, height, classes, channelsOf(run));
  into.set(new Float32Array(memory.buffer, end, classes * width * height));
  return into;
}

function readWinners(
  { code, memory, reserve }: CrfMemory,
  run: Run,
  { width, height }: RgbImage,
): Uint8Array {
  const { classes, end } = run;
  reserve(end + width * height);
  code.winnersOfMarginals(end, width, height, classes, channelsOf(run));
  return new Uint8Array(memory.buffer, end, width * height).slice();
}
