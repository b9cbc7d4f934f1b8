// Channels through the dense CRF: softmax with temperature, mean field (method.md 4.12).
import { throwIfCancelled, type Stoppable } from './cancel.ts';
import type { CrfJob, CrfSolver } from './crfSolver.ts';
import type { MaskParams } from './params.ts';
import { PipelineError } from './pipelineError.ts';
import type { RgbImage } from './preprocess.ts';

export interface RefineOptions extends Stoppable {
  readonly crf: CrfSolver | undefined;
  readonly onIteration?: ((done: number, total: number) => void) | undefined;
}

/** Q [channels, pixels] of `planes` on the photograph at working size. */
export async function refine(
  planes: Float32Array,
  channels: number,
  photo: RgbImage,
  params: MaskParams,
  options: RefineOptions,
): Promise<Float32Array> {
  const { crf, onIteration, signal, cancelled } = options;
  if (!crf)
    throw new PipelineError(
      'PARAM_INVALID',
      'expected a CRF solver because masks.crf is on, found none; pass one or switch it off',
    );
  const job: CrfJob = {
    image: { width: photo.width, height: photo.height, data: photo.rgb },
    scores: planes,
    classes: channels,
    temperature: params.temperature,
    parameters: {
      gaussianDeviationPx: params.crfGaussianPx,
      gaussianWeight: params.crfGaussianWeight,
      bilateralDeviationPx: params.crfBilateralPx,
      bilateralDeviationRgb: params.crfBilateralRgb,
      bilateralWeight: params.crfBilateralWeight,
    },
    iterations: params.crfIterations,
    onIteration,
    shouldStop: () => signal?.aborted === true || cancelled?.() === true,
  };
  throwIfCancelled(options);
  const q = await crf.solve(job).catch((error: unknown) => {
    // A stopped solver has its own AbortError; the caller gets the reason it gave itself.
    throwIfCancelled(options);
    throw error;
  });
  throwIfCancelled(options);
  if (q.length !== planes.length)
    throw new PipelineError(
      'MODEL_OUTPUT_INVALID',
      `expected ${planes.length} probabilities from the CRF, found ${q.length}`,
    );
  return q;
}
