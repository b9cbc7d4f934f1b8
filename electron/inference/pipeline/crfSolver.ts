// How the pipeline asks for a dense CRF: one job in, what is wanted of Q out. The local solver runs the
// step API in this thread and keeps the lattices of the last image.
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Crf, ShouldStop } from '../crf/crf.ts';
import type { CrfParameters, RgbImage } from '../crf/parameters.ts';

export interface CrfJob {
  readonly image: RgbImage;
  /** Class scores [classes, height * width]; their softmax with the temperature is where Q starts. */
  readonly scores: Float32Array;
  readonly classes: number;
  readonly temperature: number;
  readonly parameters: CrfParameters;
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
  options: { readonly shouldStop?: ShouldStop },
) => Crf;

/** Solves in this thread, one job after the other, with the lattices of the last image kept. */
export function localCrfSolver(create: CreateCrf): CrfSolver {
  let kept: { image: RgbImage; parameters: CrfParameters; crf: Crf } | null = null;
  let queue: Promise<unknown> = Promise.resolve();

  async function run(job: CrfJob): Promise<Crf> {
    const { image, parameters, scores, classes, temperature, iterations, onIteration } = job;
    const shouldStop: ShouldStop = job.shouldStop ?? (() => false);
    if (!kept || kept.image.data !== image.data || !sameParameters(kept.parameters, parameters)) {
      kept?.crf.dispose();
      kept = null;
      kept = { image, parameters, crf: create(image, parameters, { shouldStop }) };
    }
    const { crf } = kept;
    crf.startFromScores(scores, classes, temperature, shouldStop);
    for (let done = 1; done <= iterations; done++) {
      // A turn of the event loop, so that an abort in this thread is seen between iterations.
      await nextTurn();
      crf.step(shouldStop);
      onIteration?.(done, iterations);
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

function sameParameters(a: CrfParameters, b: CrfParameters): boolean {
  return (Object.keys(a) as (keyof CrfParameters)[]).every((key) => a[key] === b[key]);
}
