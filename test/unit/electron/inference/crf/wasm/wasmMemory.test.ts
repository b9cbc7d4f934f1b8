// Memories of the WASM CRF: re-used, bounded, refused in time.
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { ensureWasm } from '../../../../../../build/wasm.ts';
import { REFERENCE_CRF } from '../../../../../../electron/inference/crf/parameters.ts';
import { createWasmCrf } from '../../../../../../electron/inference/crf/wasmCrf.ts';
import { createCrfMemoryPool } from '../../../../../../electron/inference/crf/wasm/wasmMemory.ts';
import { sceneImage, sceneUnary } from '../../../../../helpers/fixtures/crfScenes.ts';

beforeAll(ensureWasm);

describe('a CRF memory pool', () => {
  test('holds the same bytes after 1000 runs as after a few', () => {
    const pool = createCrfMemoryPool();
    const images = [sceneImage(40, 30, 40), sceneImage(31, 17, 8), sceneImage(1, 60, 8)];
    const unaries = images.map((image, at) => sceneUnary(image, 2 + 3 * at));
    const runOnce = (at: number) => {
      const image = images[at % 3] as (typeof images)[0];
      const crf = createWasmCrf(image, REFERENCE_CRF, { pool });
      crf.start(unaries[at % 3] as Float32Array, 2 + 3 * (at % 3));
      crf.step();
      crf.dispose();
    };
    for (let at = 0; at < 3; at++) runOnce(at);
    const before = pool.idleBytes();
    for (let at = 0; at < 1000; at++) runOnce(at);
    expect(before).toBeGreaterThan(0);
    expect(pool.idleBytes()).toBe(before);
  });

  test('gets its memory back when a build is stopped or refused', () => {
    const pool = createCrfMemoryPool();
    const image = sceneImage(40, 30, 40);
    expect(() => createWasmCrf(image, REFERENCE_CRF, { pool, shouldStop: () => true })).toThrow(
      expect.objectContaining({ name: 'AbortError' }),
    );
    const bytes = pool.idleBytes();
    expect(bytes).toBeGreaterThan(0);
    // The stopped build left half a lattice behind; the next one must not trust it.
    const crf = createWasmCrf(image, REFERENCE_CRF, { pool });
    expect(pool.idleBytes()).toBe(0);
    crf.start(sceneUnary(image, 3), 3);
    crf.step();
    const q = crf.q();
    const fresh = createWasmCrf(image, REFERENCE_CRF, { pool: createCrfMemoryPool() });
    fresh.start(sceneUnary(image, 3), 3);
    fresh.step();
    expect(q).toEqual(fresh.q());
  });

  test('keeps no more memories than asked, and none that is too large', () => {
    const image = sceneImage(40, 30, 8);
    const one = createCrfMemoryPool(1);
    const crfs = [1, 2, 3].map(() => createWasmCrf(image, REFERENCE_CRF, { pool: one }));
    crfs.forEach((crf) => crf.dispose());
    crfs.forEach((crf) => crf.dispose());
    const small = createCrfMemoryPool(2, 1000);
    createWasmCrf(image, REFERENCE_CRF, { pool: small }).dispose();
    expect(small.idleBytes()).toBe(0);
    expect(one.idleBytes()).toBeGreaterThan(0);
    expect(one.idleBytes()).toBeLessThan(4 * 2 ** 20);
  });

  test('refuses a run that would take more than 3 GiB before taking it', () => {
    const pool = createCrfMemoryPool();
    const memory = pool.borrow('exact');
    expect(() => memory.reserve(4 * 2 ** 30)).toThrow('reduce the working size or the classes');
    expect(memory.memory.buffer.byteLength).toBeLessThan(2 ** 20);
  });
});

describe('the module with relaxed SIMD', () => {
  afterEach(() => {
    vi.restoreAllMocks();
    vi.resetModules();
  });
  const image = sceneImage(70, 41, 12);

  /** Q of each class count, by modules that are loaded anew. */
  async function solve(precision: 'exact' | 'fast'): Promise<Float32Array[]> {
    vi.resetModules();
    const { createWasmCrf: create } =
      await import('../../../../../../electron/inference/crf/wasmCrf.ts');
    return [2, 3, 6, 13].map((classes) => {
      const crf = create(image, REFERENCE_CRF, { precision });
      crf.start(sceneUnary(image, classes), classes);
      for (let i = 0; i < 4; i++) crf.step();
      const q = crf.q();
      crf.dispose();
      return q;
    });
  }

  test('is looked at for fast runs only, and left where the engine does not know it', async () => {
    const validate = vi.spyOn(WebAssembly, 'validate');
    const exact = await solve('exact');
    expect(validate).not.toHaveBeenCalled();
    validate.mockReturnValue(false);
    const without = await solve('fast');
    expect(validate).toHaveBeenCalledOnce();
    validate.mockRestore();
    const relaxed = await solve('fast');
    for (const [at, expected] of exact.entries())
      for (const q of [without[at], relaxed[at]] as Float32Array[]) {
        expect(q.length).toBe(expected.length);
        const off = q.map((value, place) => Math.abs(value - (expected[place] as number)));
        expect(off.reduce((most, value) => Math.max(most, value), 0)).toBeLessThan(1e-3);
      }
  });

  test('and the plain one keep memories of their own', () => {
    const pool = createCrfMemoryPool();
    for (const precision of ['exact', 'fast', 'exact'] as const) {
      const memory = pool.borrow(precision);
      expect(memory.precision).toBe(precision);
      pool.giveBack(memory);
    }
    const kept = pool.borrow('fast');
    pool.giveBack(kept);
    expect(pool.borrow('fast')).toBe(kept);
    expect(pool.borrow('fast')).not.toBe(kept);
  });
});
