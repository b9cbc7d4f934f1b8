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
import { alone, type Crew, type Site } from './wasm/site.ts';
import { bilateralLattice, gaussianLattice, type Scene } from './wasm/wasmLattice.ts';
import { startWideRun } from './wasm/wideRun.ts';
import { createCrfMemoryPool, type CrfMemoryPool } from './wasm/wasmMemory.ts';
import type { CrfStart, WasmRun } from './wasm/wasmRun.ts';

export interface WasmCrfOptions {
  readonly pool?: CrfMemoryPool;
  readonly shouldStop?: ShouldStop;
  readonly precision?: CrfPrecision;
  /** Who works on it; the asking thread alone. */
  readonly crew?: Crew;
}

const ownPool = createCrfMemoryPool();

/**
 * Builds both lattices of `image` in a memory of `pool`. Throws a RangeError on input that cannot
 * be used or is too large, an AbortError when stopped.
 */
export function createWasmCrf(
  image: RgbImage,
  parameters: CrfParameters,
  { pool = ownPool, shouldStop, precision = 'exact', crew = alone }: WasmCrfOptions = {},
): Crf {
  checkCrfInput(image, parameters);
  const memory = pool.borrow(precision, crew.shares);
  const site: Site = { memory, crew };
  try {
    const lattices = latticesOf({ ...site, shouldStop }, { image, parameters });
    const { width, height } = image;
    const size = { width, height };
    return stepByStep({ site, lattices, parameters, size }, () => pool.giveBack(memory));
  } catch (error) {
    pool.giveBack(memory);
    throw error;
  }
}

function latticesOf(site: Site, scene: Scene): CrfStart['lattices'] {
  const gaussian = gaussianLattice(site, scene);
  return [gaussian, bilateralLattice(site, gaussian.end, scene)];
}

type Given = Pick<CrfStart, 'values' | 'classes' | 'temperature'>;

/** The step interface; `end` is called once, when the CRF is disposed. */
function stepByStep(built: Omit<CrfStart, keyof Given>, end: () => void): Crf {
  const { width, height } = built.size;
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

  function begin(given: Given, shouldStop: ShouldStop | undefined): void {
    run = null;
    iteration = -1;
    const start = { ...built, ...given };
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
      if (!disposed) end();
      disposed = true;
      run = null;
      iteration = -1;
    },
  };
}
