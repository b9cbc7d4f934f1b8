// Dense CRF cases (recorded from pydensecrf): both implementations, every stored iteration.
import { join } from 'node:path';
import { ensureWasm } from '../../../build/wasm.ts';
import type { CrfParameters, RgbImage } from '../../../electron/inference/crf/parameters.ts';
import { createTypescriptCrf } from '../../../electron/inference/crf/typescriptCrf.ts';
import { createWasmCrf } from '../../../electron/inference/crf/wasmCrf.ts';
import type { Crf } from '../../../electron/inference/crf/crf.ts';
import { argmaxPlanes } from '../../../electron/inference/crf/labels.ts';
import { unaryFromScores } from '../../../electron/inference/crf/unary.ts';
import { readNpyAs } from '../../helpers/fixtures/npy.ts';
import type { GoldenFamily } from '../goldenFamily.ts';

interface CrfMeta {
  readonly parameters: Readonly<
    Record<'gauss_sxy' | 'gauss_compat' | 'bi_sxy' | 'bi_srgb' | 'bi_compat', number>
  >;
  readonly iterations: readonly number[];
  readonly height: number;
  readonly width: number;
  readonly classes: number;
}

/** Largest difference of a Q entry: float32 rounding in another order, amplified by ten iterations. */
const Q_TOLERANCE = 5e-3;
const UNARY_TOLERANCE = 2e-6;
const LABEL_AGREEMENT = 0.999;

type Create = (image: RgbImage, parameters: CrfParameters) => Crf;

export const family: GoldenFamily = {
  name: 'densecrf',
  async run(caseFolder, meta) {
    await ensureWasm();
    const { parameters, iterations, height, width, classes } = meta as CrfMeta;
    const load = (name: string) => readNpyAs(join(caseFolder, `${name}.npy`), 'f4').data;
    const image = { width, height, data: readNpyAs(join(caseFolder, 'image.npy'), 'u1').data };
    const unary = load('unary');
    const ours = unaryFromScores(load('scores'), classes);
    const unaryError = largestDifference(ours, unary);
    const notes = [`unary ${unaryError.toExponential(1)}`];
    let passed = unaryError <= UNARY_TOLERANCE;
    let worst = 0;
    const implementations: Readonly<Record<string, Create>> = {
      typescript: createTypescriptCrf,
      wasm: createWasmCrf,
      'wasm, fast': (image, settings) => createWasmCrf(image, settings, { precision: 'fast' }),
    };
    for (const [name, create] of Object.entries(implementations)) {
      const crf: Crf = create(image, {
        gaussianDeviationPx: parameters.gauss_sxy,
        gaussianWeight: parameters.gauss_compat,
        bilateralDeviationPx: parameters.bi_sxy,
        bilateralDeviationRgb: parameters.bi_srgb,
        bilateralWeight: parameters.bi_compat,
      });
      crf.start(ours, classes);
      for (const wanted of [...iterations].sort((a, b) => a - b)) {
        while (crf.iteration < wanted) crf.step();
        const q = crf.q();
        const error = largestDifference(q, load(`expected/q_iter${wanted}`));
        const map = readNpyAs(join(caseFolder, `expected/map_iter${wanted}.npy`), 'u1').data;
        const agreement = agreeing(argmaxPlanes(q, classes), map);
        worst = Math.max(worst, error);
        passed &&= error <= Q_TOLERANCE && agreement >= LABEL_AGREEMENT;
        notes.push(
          `${name} iteration ${wanted}: Q ${error.toExponential(1)}, labels ${(agreement * 100).toFixed(3)} %`,
        );
      }
      crf.dispose();
    }
    return { largestError: worst, tolerance: Q_TOLERANCE, detail: notes.join('; '), passed };
  },
};

function largestDifference(a: Float32Array, b: Float32Array): number {
  if (a.length !== b.length) return Infinity;
  return a.reduce((worst, value, at) => Math.max(worst, Math.abs(value - (b[at] as number))), 0);
}

function agreeing(a: Uint8Array, b: Uint8Array): number {
  return a.length === b.length ? a.filter((label, at) => label === b[at]).length / a.length : 0;
}
