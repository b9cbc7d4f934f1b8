// Threads on one CRF: the same Q to the last bit, stopped in time, and a lost thread costs a second try.
import { Worker } from 'node:worker_threads';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { ensureWasm } from '../../../../../../build/wasm.ts';
import {
  CrewLost,
  createThreadCrew,
} from '../../../../../../electron/inference/crf/crew/threadCrew.ts';
import { REFERENCE_CRF } from '../../../../../../electron/inference/crf/parameters.ts';
import { createWasmCrf } from '../../../../../../electron/inference/crf/wasmCrf.ts';
import {
  createCrfMemoryPool,
  type CrfMemory,
} from '../../../../../../electron/inference/crf/wasm/wasmMemory.ts';
import {
  localCrfSolver,
  type CrfJob,
} from '../../../../../../electron/inference/pipeline/masks/crfSolver.ts';
import { sceneImage, sceneUnary } from '../../../../../helpers/fixtures/crfScenes.ts';

beforeAll(ensureWasm);

const image = sceneImage(420, 50, 11);
/** More vertices than pixels: the tables of the parts are full before the end. */
const FINE = { ...REFERENCE_CRF, bilateralDeviationPx: 10, bilateralDeviationRgb: 0.6 };
const crew = createThreadCrew();
const dying = createThreadCrew({
  worker: new URL('../../../../../helpers/children/dyingHelper.ts', import.meta.url),
  patienceMs: 100,
});
afterAll(() => {
  crew.dismiss();
  dying.dismiss();
});

/** Slows the asking thread down, so that the others take most of the work. */
const nap = (): boolean => {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
  return false;
};

type Options = NonNullable<Parameters<typeof createWasmCrf>[2]>;

function solve(classes: number, parameters: typeof REFERENCE_CRF, options: Options) {
  const scores = sceneUnary(image, classes).map((energy) => -energy);
  const crf = createWasmCrf(image, parameters, options);
  try {
    crf.startFromScores(scores, classes, 1, options.shouldStop);
    for (let i = 0; i < 2; i++) crf.step(options.shouldStop);
    return { q: crf.q(), winners: crf.winners() };
  } finally {
    crf.dispose();
  }
}

/** Whether another thread than the asking one has entered pixels in this memory. */
function wasHelped({ code, memory }: CrfMemory): boolean {
  const [each, threads] = [8192, 16];
  const others = code.heapBase.value - each * (threads - 1);
  return new Uint8Array(memory.buffer, others, each * (threads - 1)).some((byte) => byte !== 0);
}

describe('a crew of three threads', () => {
  test.each([
    [2, 'exact', REFERENCE_CRF],
    [3, 'fast', REFERENCE_CRF],
    [6, 'exact', REFERENCE_CRF],
    [6, 'exact', FINE],
    [11, 'exact', REFERENCE_CRF],
    [14, 'fast', REFERENCE_CRF],
  ] as const)('gives the Q of one thread (%i classes, %s)', (classes, precision, parameters) => {
    const expected = solve(classes, parameters, { precision, pool: createCrfMemoryPool() });
    const pool = createCrfMemoryPool();
    crew.muster(3);
    let memory: CrfMemory;
    do {
      const found = solve(classes, parameters, { precision, pool, crew, shouldStop: nap });
      expect(found.q).toEqual(expected.q);
      expect(found.winners).toEqual(expected.winners);
      memory = pool.borrow(precision, true);
      pool.giveBack(memory);
      // The threads may still be starting: until one comes, there is nobody to compare with.
    } while (!wasHelped(memory));
    crew.dismiss();
  });

  test('is stopped between two calls, and works again', () => {
    const pool = createCrfMemoryPool();
    const expected = solve(3, REFERENCE_CRF, { pool: createCrfMemoryPool() });
    crew.muster(3);
    for (const last of [1, 5, 25, 50]) {
      let asked = 0;
      const shouldStop = () => ++asked > last || nap();
      expect(() => solve(3, REFERENCE_CRF, { pool, crew, shouldStop })).toThrow(
        expect.objectContaining({ name: 'AbortError' }),
      );
    }
    const failing = () => {
      throw new Error('a question that fails');
    };
    expect(() => solve(3, REFERENCE_CRF, { pool, crew, shouldStop: failing })).toThrow(
      'a question that fails',
    );
    expect(solve(3, REFERENCE_CRF, { pool, crew }).q).toEqual(expected.q);
    crew.dismiss();
    // Dismissed, the asking thread goes on alone.
    expect(crew.size).toBe(1);
    expect(solve(3, REFERENCE_CRF, { pool, crew }).q).toEqual(expected.q);
  });
});

describe('threads of a crew', () => {
  const pool = createCrfMemoryPool();
  const solved = (options: Options) => solve(2, REFERENCE_CRF, { pool, ...options }).q;
  afterEach(() => vi.restoreAllMocks());

  test('end when nothing came for a while, and are started again', async () => {
    const ended = vi.spyOn(Worker.prototype, 'terminate');
    const called = vi.spyOn(Worker.prototype, 'postMessage');
    const brief = createThreadCrew({ idleMs: 5 });
    for (const times of [1, 2]) {
      brief.muster(2);
      solved({ crew: brief });
      expect(ended).toHaveBeenCalledTimes(times - 1);
      brief.dismiss();
      await expect.poll(() => ended).toHaveBeenCalledTimes(times);
      expect(called).toHaveBeenCalledTimes(times);
    }
    expect(called.mock.contexts[0]).not.toBe(called.mock.contexts[1]);
  });

  test('are done without where none can be had', () => {
    vi.spyOn(Worker.prototype, 'postMessage').mockImplementation(() => {
      throw new DOMException('cannot be cloned', 'DataCloneError');
    });
    const none = createThreadCrew();
    none.muster(3);
    expect(solved({ crew: none })).toEqual(solved({}));
    none.dismiss();
  });
});

describe('a crew that loses a thread', () => {
  const large = sceneImage(640, 320, 11);
  const classes = 2;
  const scores = sceneUnary(large, classes).map((energy) => -energy);
  const job: CrfJob = {
    image: large,
    scores,
    classes,
    temperature: 1,
    iterations: 1,
    precision: 'fast',
    parameters: REFERENCE_CRF,
  };

  test('gives up, and never uses that memory again', () => {
    const pool = createCrfMemoryPool();
    let lost: unknown = null;
    while (!lost)
      try {
        dying.muster(2);
        solve(3, REFERENCE_CRF, { pool, crew: dying, shouldStop: nap });
      } catch (error) {
        lost = error;
      }
    expect(lost).toBeInstanceOf(CrewLost);
    expect(pool.idleBytes()).toBe(0);
    dying.dismiss();
  });

  test('leaves the solver to start again alone', async () => {
    const alone = localCrfSolver(createWasmCrf);
    const expected = await alone.solve(job, (crf) => crf.q());
    const losses: unknown[] = [];
    const solver = localCrfSolver((given, parameters, options) => {
      losses.push(options.crew);
      return createWasmCrf(given, parameters, options);
    }, dying);
    while (!losses.includes(undefined)) {
      const slow = { ...job, threads: 2, shouldStop: nap };
      expect(await solver.solve(slow, (crf) => crf.q())).toEqual(expected);
      solver.dispose();
    }
    alone.dispose();
  });
});
