// Quick edges against their formulas, on whatever size, reach and number of steps come up.
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { ensureWasm } from '../../../../../build/wasm.ts';
import { affinitiesOf } from '../../../../../electron/inference/pamr/pamr.ts';
import { plainPamr } from '../../../../helpers/fixtures/plainPamr.ts';
import { randomFrom } from '../../../../helpers/fixtures/random.ts';

const RUNS = 1000;
/** Maps lie between 0 and 1, and float32 rounds once per step. */
const TOLERANCE = 1e-5;

const scene = fc.record({
  width: fc.integer({ min: 1, max: 12 }),
  height: fc.integer({ min: 1, max: 9 }),
  steps: fc.integer({ min: 0, max: 4 }),
  reach: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 3 }),
  // Levels of one, two and many colours: flat areas have no deviation at all.
  levels: fc.constantFrom(1, 2, 256),
  count: fc.integer({ min: 1, max: 6 }),
  precision: fc.constantFrom('exact' as const, 'fast' as const),
  seed: fc.integer({ min: 0, max: 1e6 }),
});

beforeAll(ensureWasm);

describe('quick edges', () => {
  test(`give what the formulas give in ${RUNS} small cases`, () => {
    fc.assert(
      fc.property(scene, ({ width, height, steps, reach, levels, count, precision, seed }) => {
        const random = randomFrom(seed);
        const pixels = width * height;
        const image = Float32Array.from({ length: 3 * pixels }, () =>
          Math.floor(random() * levels),
        );
        const maps = Float32Array.from({ length: count * pixels }, random);
        const affinities = affinitiesOf({ planes: image, width, height }, reach, { precision });
        const ours = maps.slice();
        affinities.refine(ours, steps);
        affinities.dispose();
        const planes = Array.from({ length: count }, (_, at) =>
          maps.subarray(at * pixels, (at + 1) * pixels),
        );
        const want = plainPamr(image, planes, { width, height, steps, reach }).flat();
        const error = want.reduce(
          (worst, value, at) => Math.max(worst, Math.abs(value - (ours[at] as number))),
          0,
        );
        expect(error).toBeLessThanOrEqual(TOLERANCE);
      }),
      { numRuns: RUNS },
    );
  });

  test('leave a constant map constant', () => {
    const image = Float32Array.from({ length: 3 * 20 }, (_, at) => (at * 37) % 101);
    const map = new Float32Array(20).fill(0.25);
    const affinities = affinitiesOf({ planes: image, width: 5, height: 4 }, [1, 2]);
    const made = map.slice();
    affinities.refine(made, 10);
    for (const value of made) expect(value).toBeCloseTo(0.25, 6);
  });

  test('end when they are no longer wanted', () => {
    const image = new Float32Array(3 * 400);
    const stop = () => {
      throw new DOMException('The work was cancelled', 'AbortError');
    };
    const square = { planes: image, width: 20, height: 20 };
    expect(() => affinitiesOf(square, [1], { poll: stop })).toThrow('cancelled');
    const affinities = affinitiesOf(square, [1]);
    expect(() => affinities.refine(new Float32Array(400), 1, stop)).toThrow('cancelled');
    affinities.dispose();
    expect(() => affinities.refine(new Float32Array(400), 1)).toThrow('disposed');
  });
});
