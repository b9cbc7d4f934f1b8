// How the pipeline asks for a dense CRF: one job in, what is wanted of Q out. The local solver runs the
// step API in this thread and keeps the lattices of the last image.
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Crf, ShouldStop } from '../crf/crf.ts';
import type { CrfParameters, CrfPrecision, RgbImage } from '../crf/parameters.ts';

export interface CrfJob {
  readonly image: RgbImage;
  /** Class scores [classes, height * width]; their softmax with the temperature is where Q starts. */
  readonly scores: Float32Array;
  readonly classes: number;
  readonly temperature: number;
  readonly parameters: CrfParameters;
  readonly precision: CrfPrecision;
  readonly iterations: number;
  readonly onIteration?: ((done: number, total: number) => void) | undefined;
  readonly shouldStop?: ShouldStop | undefined;
}

export interface CrfSolver {
  /** What `read` takes from the CRF after the asked iterations. Rejects with an AbortError when stopped. */
  solve<T>(job: CrfJob, read: (crf: Pick<Crf, 'q' | 'winners'>) => T): Promise<T>;
  dispose(): void;
}

export type CreateCrf = (
  image: RgbImage,
  parameters: CrfParameters,
  options: { readonly shouldStop?: ShouldStop; readonly precision: CrfPrecision },
) => Crf;

/** The lattices of the last image, and what they were built for. */
interface Kept extends Pick<CrfJob, 'image' | 'parameters' | 'precision'> {
  readonly crf: Crf;
}

/** Solves in this thread, one job after the other, with the lattices of the last image kept. */
export function localCrfSolver(create: CreateCrf): CrfSolver {
  let kept: Kept | null = null;
  let queue: Promise<unknown> = Promise.resolve();

  async function run(job: CrfJob): Promise<Crf> {
    const { image, parameters, precision, scores, classes, temperature, iterations } = job;
    const shouldStop: ShouldStop = job.shouldStop ?? (() => false);
    if (!kept || !isFor(kept, job)) {
      kept?.crf.dispose();
      kept = null;
      const crf = create(image, parameters, { shouldStop, precision });
      kept = { image, parameters, precision, crf };
    }
    const { crf } = kept;
    crf.startFromScores(scores, classes, temperature, shouldStop);
    for (let done = 1; done <= iterations; done++) {
      // A turn of the event loop, so that an abort in this thread is seen between iterations.
      await nextTurn();
      crf.step(shouldStop);
      job.onIteration?.(done, iterations);
    }
    return crf;
  }

  return {
    solve(job, read) {
      // Read before the next job may begin.
      const result = queue.then(() => run(job)).then(read);
      // A failed job must not fail the next one; its own caller gets the error.
      queue = result.then(
        () => undefined,
        () => undefined,
      );
      return result;
    },
    dispose() {
      kept?.crf.dispose();
      kept = null;
    },
  };
}

function isFor(kept: Kept, { image, parameters, precision }: CrfJob): boolean {
  return (
    kept.image.data === image.data &&
    kept.precision === precision &&
    (Object.keys(parameters) as (keyof CrfParameters)[]).every(
      (key) => kept.parameters[key] === parameters[key],
    )
  );
}
