// Channels through the dense CRF: softmax with temperature, mean field (method.md 4.12).
import { throwIfCancelled, type Stoppable } from '../../cancel.ts';
import type { Crf } from '../../crf/crf.ts';
import type { CrfJob, CrfSolver } from './crfSolver.ts';
import type { MaskParams } from '../../../link/params.ts';
import { PipelineError } from '../../../link/pipelineError.ts';
import type { RgbImage } from '../../image/rgbImage.ts';

export interface RefineOptions extends Stoppable {
  readonly crf: CrfSolver | undefined;
  readonly onIteration?: ((done: number, total: number) => void) | undefined;
}

interface Planes {
  /** [channels, pixels] at working size. */
  readonly planes: Float32Array;
  readonly channels: number;
  /** At working size. */
  readonly photo: RgbImage;
}

/** What `read` takes from the CRF of the planes on the photograph. */
export async function refine<T>(
  { planes, channels, photo }: Planes,
  params: MaskParams,
  options: RefineOptions,
  read: (crf: Pick<Crf, 'q' | 'winners'>) => T,
): Promise<T> {
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
    precision: params.crfPrecision,
    iterations: params.crfIterations,
    onIteration,
    shouldStop: () => signal?.aborted === true || cancelled?.() === true,
  };
  throwIfCancelled(options);
  const result = await crf.solve(job, read).catch((error: unknown) => {
    // A stopped solver has its own AbortError; the caller gets the reason it gave itself.
    throwIfCancelled(options);
    throw error;
  });
  throwIfCancelled(options);
  return result;
}
