// The CRF worker pool: same results, several jobs in flight, prompt cancelling, no dead ends.
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { ensureWasm } from '../../../../../build/wasm.ts';
import { REFERENCE_CRF } from '../../../../../electron/inference/crf/parameters.ts';
import { createCrfPool, type CrfPool } from '../../../../../electron/inference/crf/pool.ts';
import type { CrfSolver } from '../../../../../electron/inference/pipeline/crfSolver.ts';
import { createWasmCrf } from '../../../../../electron/inference/crf/wasmCrf.ts';
import { sceneImage, sceneUnary } from '../../../../helpers/crfScenes.ts';

const image = sceneImage(80, 60, 10);
const aborted = expect.objectContaining({ name: 'AbortError' });
let pool: CrfPool;

beforeAll(ensureWasm);
afterEach(() => pool.dispose());

function job(classes: number, iterations = 3, of = image) {
  return {
    image: of,
    unary: sceneUnary(of, classes),
    classes,
    parameters: REFERENCE_CRF,
    iterations,
  };
}

function direct(classes: number, iterations = 3, of = image): Float32Array {
  const crf = createWasmCrf(of, REFERENCE_CRF);
  crf.start(sceneUnary(of, classes), classes);
  for (let i = 0; i < iterations; i++) crf.step();
  const q = crf.q();
  crf.dispose();
  return q;
}

describe('the CRF pool', () => {
  test('solves several images and class lists in flight as one thread would', async () => {
    pool = createCrfPool({ workers: 2 });
    const other = sceneImage(50, 40, 30, 2);
    const done: number[] = [];
    const results = await Promise.all([
      pool.solve({ ...job(2), onIteration: (at, total) => done.push(at / total) }),
      pool.solve(job(6)),
      pool.solve(job(3, 3, other)),
      pool.solve(job(2, 0)),
      pool.solve(job(9, 2, other)),
    ]);
    expect(results[0]).toEqual(direct(2));
    expect(results[1]).toEqual(direct(6));
    expect(results[2]).toEqual(direct(3, 3, other));
    expect(results[3]).toEqual(direct(2, 0));
    expect(results[4]).toEqual(direct(9, 2, other));
    expect(done).toEqual([1 / 3, 2 / 3, 1]);
  });

  test('can stand behind the pipeline in place of a solver in this thread', async () => {
    pool = createCrfPool({ workers: 1 });
    const solver: CrfSolver = pool;
    expect(await solver.solve(job(3))).toEqual(direct(3));
  });

  test('leaves the unary with the caller, unless it is to be moved', async () => {
    pool = createCrfPool({ workers: 1 });
    const kept = job(2);
    await pool.solve(kept);
    expect(kept.unary.length).toBe(2 * 80 * 60);
    const moved = job(2);
    expect(await pool.solve({ ...moved, transferUnary: true })).toEqual(direct(2));
    expect(moved.unary.length).toBe(0);
  });

  test('rejects within 100 ms when cancelled, and goes on with the next job', async () => {
    pool = createCrfPool({ workers: 1 });
    const large = sceneImage(640, 480, 10);
    const controller = new AbortController();
    let iterations = 0;
    let cancelledMs = 0;
    const running = pool.solve({
      ...job(6, 10_000, large),
      signal: controller.signal,
      onIteration() {
        if (++iterations !== 2) return;
        cancelledMs = performance.now();
        controller.abort();
      },
    });
    const waiting = pool.solve(job(2));
    await expect(running).rejects.toEqual(aborted);
    expect(performance.now() - cancelledMs).toBeLessThan(100);
    expect(iterations).toBe(2);
    // Only a worker that has left the cancelled job can answer this one.
    expect(await waiting).toEqual(direct(2));
  });

  test('takes a cancelled job out of the queue before it starts', async () => {
    pool = createCrfPool({ workers: 1 });
    const controller = new AbortController();
    const first = pool.solve(job(4));
    const second = pool.solve({ ...job(5), signal: controller.signal });
    controller.abort();
    await expect(second).rejects.toEqual(aborted);
    expect(await first).toEqual(direct(4));
    await expect(pool.solve({ ...job(2), signal: controller.signal })).rejects.toEqual(aborted);
  });

  test('asks callers that have no signal', async () => {
    pool = createCrfPool({ workers: 1 });
    let stop = false;
    const running = pool.solve({
      ...job(6, 10_000),
      shouldStop: () => stop,
      onIteration: () => (stop = true),
    });
    await expect(running).rejects.toEqual(aborted);
  });

  test('passes on what is wrong with a job and stays usable', async () => {
    pool = createCrfPool({ workers: 1 });
    await expect(pool.solve({ ...job(3), classes: 4 })).rejects.toThrow(RangeError);
    expect(await pool.solve(job(3))).toEqual(direct(3));
  });

  test('fails the job of a worker that cannot start, with the reason', async () => {
    pool = createCrfPool({
      workers: 1,
      workerUrl: new URL('./missing.worker.js', import.meta.url),
    });
    await expect(pool.solve(job(2))).rejects.toThrow('missing.worker');
  });

  test('rejects everything when it is closed', async () => {
    pool = createCrfPool({ workers: 1 });
    const jobs = [pool.solve(job(6, 10_000)), pool.solve(job(2))];
    const settled = Promise.allSettled(jobs);
    await pool.dispose();
    expect((await settled).map((result) => result.status)).toEqual(['rejected', 'rejected']);
    await expect(pool.solve(job(2))).rejects.toThrow('disposed');
  });
});
