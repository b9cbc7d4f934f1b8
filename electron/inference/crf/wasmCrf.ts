// Dense CRF on WebAssembly SIMD: the same mean field as typescriptCrf.ts in a fused form.
import type { Crf, ShouldStop } from './crf.ts';
import { startFloatRun } from './wasm/floatRun.ts';
import {
  checkCrfInput,
  checkShape,
  checkTemperature,
  type CrfParameters,
  type CrfPrecision,
  type RgbImage,
} from './parameters.ts';
import { bilateralLattice, gaussianLattice, type WasmLattice } from './wasm/wasmLattice.ts';
import { startWideRun } from './wasm/wideRun.ts';
import { createCrfMemoryPool, type CrfMemoryPool } from './wasm/wasmMemory.ts';
import type { CrfStart, WasmRun } from './wasm/wasmRun.ts';

export interface WasmCrfOptions {
  readonly pool?: CrfMemoryPool;
  readonly shouldStop?: ShouldStop;
  readonly precision?: CrfPrecision;
}

const ownPool = createCrfMemoryPool();

/**
 * Builds both lattices of `image` in a memory of `pool`. Throws a RangeError on input that cannot
 * be used or is too large, an AbortError when stopped.
 */
export function createWasmCrf(
  image: RgbImage,
  parameters: CrfParameters,
  { pool = ownPool, shouldStop, precision = 'exact' }: WasmCrfOptions = {},
): Crf {
  checkCrfInput(image, parameters);
  const { width, height } = image;
  const memory = pool.borrow(precision);
  let lattices: readonly [WasmLattice, WasmLattice];
  try {
    const gaussian = gaussianLattice(memory, image, parameters, shouldStop);
    lattices = [gaussian, bilateralLattice(memory, gaussian.end, image, parameters, shouldStop)];
  } catch (error) {
    pool.giveBack(memory);
    throw error;
  }
  let disposed = false;
  let run: WasmRun | null = null;
  let iteration = -1;

  function alive(): void {
    if (disposed) throw new Error('This CRF was disposed; create a new one');
  }

  function started(): WasmRun {
    alive();
    if (!run) throw new Error('This CRF has no unary; call start first');
    return run;
  }

  function begin(
    given: Pick<CrfStart, 'values' | 'classes' | 'temperature'>,
    shouldStop: ShouldStop | undefined,
  ): void {
    run = null;
    iteration = -1;
    const start = { memory, lattices, parameters, size: { width, height }, ...given };
    run = startWideRun(start, shouldStop) ?? startFloatRun(start, shouldStop);
    iteration = 0;
  }

  return {
    width,
    height,
    get iteration() {
      return iteration;
    },
    start(values, classes, shouldStop) {
      alive();
      checkShape('unary', values, classes, width * height);
      begin({ values, classes, temperature: null }, shouldStop);
    },
    startFromScores(values, classes, temperature, shouldStop) {
      alive();
      checkShape('scores', values, classes, width * height);
      checkTemperature(temperature);
      begin({ values, classes, temperature }, shouldStop);
    },
    step(shouldStop) {
      const present = started();
      const next = iteration + 1;
      // Stopped halfway the rows are worthless; the run is put back only after a whole step.
      run = null;
      iteration = -1;
      present.step(shouldStop);
      run = present;
      iteration = next;
    },
    q: (into) => started().q(into),
    winners: () => started().winners(),
    kl: () => started().kl(),
    dispose() {
      if (!disposed) pool.giveBack(memory);
      disposed = true;
      run = null;
      iteration = -1;
    },
  };
}
