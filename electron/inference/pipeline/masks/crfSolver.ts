// How the pipeline asks for a dense CRF: one job in, what is wanted of Q out. The local solver runs the
// step API in this thread and keeps the lattices of the last image.
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Crew } from '../../crf/wasm/site.ts';
import { CrewLost, type ThreadCrew } from '../../crf/crew/threadCrew.ts';
import type { Crf, ShouldStop } from '../../crf/crf.ts';
import type { CrfParameters, CrfPrecision, RgbImage } from '../../crf/parameters.ts';

export interface CrfJob {
  readonly image: RgbImage;
  /** Class scores [classes, height * width]; Q starts as their softmax with the temperature. */
  readonly scores: Float32Array;
  readonly classes: number;
  readonly temperature: number;
  readonly parameters: CrfParameters;
  readonly precision: CrfPrecision;
  readonly iterations: number;
  readonly onIteration?: ((done: number, total: number) => void) | undefined;
  readonly shouldStop?: ShouldStop | undefined;
  /** Threads that are free for the job, this one included; only this one when left out. */
  readonly threads?: number;
}

export interface CrfSolver {
  /** What `read` takes from the CRF after the asked iterations. Rejects with an AbortError when stopped. */
  solve<T>(job: CrfJob, read: (crf: Pick<Crf, 'q' | 'winners'>) => T): Promise<T>;
  dispose(): void;
}

export type CreateCrf = (
  image: RgbImage,
  parameters: CrfParameters,
  options: {
    readonly shouldStop?: ShouldStop;
    readonly precision: CrfPrecision;
    readonly crew?: Crew;
  },
) => Crf;

/** The lattices of the last image, and the settings that they were built for. */
interface Kept extends Pick<CrfJob, 'image' | 'parameters' | 'precision'> {
  readonly crf: Crf;
  /** Whether several threads can work on them. */
  readonly shared: boolean;
}

/** Fewest pixels per thread for which another thread pays. */
const PIXELS_EACH = 100_000;
const MOST_THREADS = 4;

/** The same solver for a job with this many free threads. */
export function overThreads(solver: CrfSolver, threads: number): CrfSolver {
  return { ...solver, solve: (job, read) => solver.solve({ ...job, threads }, read) };
}

/** Threads that the job is worth. */
function threadsFor({ image, threads = 1 }: CrfJob): number {
  const most = Math.floor((image.width * image.height) / PIXELS_EACH);
  return Math.max(1, Math.min(MOST_THREADS, threads, most));
}

/**
 * Solves jobs in this thread, one after the other, and keeps the lattices of the last image. A crew helps with
 * jobs for which several threads are free; where the crew is lost, this thread starts the job again alone.
 */
export function localCrfSolver(create: CreateCrf, crew?: ThreadCrew): CrfSolver {
  let kept: Kept | null = null;
  let queue: Promise<unknown> = Promise.resolve();

  function forget(): void {
    kept?.crf.dispose();
    kept = null;
  }

  async function solved<T>(job: CrfJob, read: (crf: Crf) => T): Promise<T> {
    const threads = crew ? threadsFor(job) : 1;
    if (!crew || threads === 1) return read(await run(job));
    crew.muster(threads);
    try {
      return read(await run(job, crew));
    } catch (error) {
      if (!(error instanceof CrewLost)) throw error;
      crew.dismiss();
      forget();
      return read(await run(job));
    } finally {
      crew.dismiss();
    }
  }

  async function run(job: CrfJob, crew?: ThreadCrew): Promise<Crf> {
    const { image, parameters, precision, scores, classes, temperature, iterations } = job;
    const shouldStop: ShouldStop = job.shouldStop ?? (() => false);
    if (!kept || !isFor(kept, job) || (crew && !kept.shared)) {
      forget();
      const crf = create(image, parameters, { shouldStop, precision, ...(crew ? { crew } : {}) });
      kept = { image, parameters, precision, crf, shared: crew !== undefined };
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
      const result = queue.then(() => solved(job, read));
      // A failed job must not fail the next one; its own caller gets the error.
      queue = result.then(
        () => undefined,
        () => undefined,
      );
      return result;
    },
    dispose: forget,
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
