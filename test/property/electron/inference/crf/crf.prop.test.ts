// The WASM CRF against the plain TypeScript one, on whatever size, class count and settings come up.
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { ensureWasm } from '../../../../../build/wasm.ts';
import { type CrfPrecision } from '../../../../../electron/inference/crf/parameters.ts';
import { createTypescriptCrf } from '../../../../../electron/inference/crf/typescriptCrf.ts';
import { createWasmCrf } from '../../../../../electron/inference/crf/wasmCrf.ts';
import { agreementOf } from '../../../../helpers/fixtures/crfAgreement.ts';
import { sceneImage, sceneScores, sceneUnary } from '../../../../helpers/fixtures/crfScenes.ts';

/** Largest differences of Q at the start and after three iterations, and of the KL divergence. */
interface Tolerance {
  readonly start: number;
  readonly q: number;
  readonly kl: (plain: number, pixels: number) => number;
}
/** Float32 sums in another order, amplified by the iterations where two classes are almost equal. */
const FLOATS: Tolerance = { start: 1e-5, q: 2e-3, kl: (plain) => 1e-3 * (1 + Math.abs(plain)) };
/**
 * From nine classes on 'fast' rounds Q and rows to 1 / 32767, and logits of up to 17, in powers of two, to as many steps: Q
 * at the start is off by a quarter of the 3.6e-4 that two logits then are, and by what rounding adds to all classes.
 * Large weights multiply that a thousandfold where classes are almost equal: of 150 flat scenes of 12 classes 13 had a Q
 * off by over 0.02, the worst by 0.048. The KL divergence is a sum over pixels, and so is what it is off by: of 400 rows
 * of 3 pixels 2 by over 1 %, the worst by 1.6 %.
 */
function toleranceOf(classes: number, precision: CrfPrecision): Tolerance {
  if (precision === 'exact' || classes < 9) return FLOATS;
  return {
    start: 9e-5 + classes / 32767,
    q: 0.1,
    kl: (plain, pixels) => 4e-2 * (pixels + Math.abs(plain)),
  };
}

const size = fc.oneof(
  fc.record({ width: fc.integer({ min: 1, max: 70 }), height: fc.integer({ min: 1, max: 50 }) }),
  fc.record({ width: fc.constant(1), height: fc.integer({ min: 1, max: 90 }) }),
  fc.record({ width: fc.integer({ min: 1, max: 90 }), height: fc.constant(1) }),
);
// The smallest deviations reach the largest lattice coordinates that the packed keys hold.
const settings = fc.record({
  gaussianDeviationPx: fc.constantFrom(0.01, 1, 1.5, 3, 20),
  gaussianWeight: fc.constantFrom(0, 3, 7),
  bilateralDeviationPx: fc.constantFrom(10, 18, 50, 120),
  bilateralDeviationRgb: fc.constantFrom(0.6, 1, 5, 13, 30),
  bilateralWeight: fc.constantFrom(0, 6, 10),
});
const scene = fc.record({
  size,
  settings,
  classes: fc.integer({ min: 1, max: 24 }),
  precision: fc.constantFrom('exact' as const, 'fast' as const),
  noise: fc.constantFrom(0, 8, 80),
  seed: fc.integer({ min: 0, max: 1e6 }),
});

beforeAll(ensureWasm);

describe('the WASM CRF', () => {
  test('gives the Q and the KL divergence of the plain one after every iteration', () => {
    fc.assert(
      fc.property(
        scene,
        ({ size: { width, height }, settings, classes, precision, noise, seed }) => {
          const image = sceneImage(width, height, noise, seed);
          const unary = sceneUnary(image, classes, seed);
          const plain = createTypescriptCrf(image, settings);
          const fast = createWasmCrf(image, settings, { precision });
          const tolerance = toleranceOf(classes, precision);
          plain.start(unary, classes);
          fast.start(unary, classes);
          for (let iteration = 0; iteration <= 3; iteration++) {
            const expected = plain.q();
            const actual = fast.q();
            expect(actual.length).toBe(expected.length);
            const worst = actual.reduce(
              (most, q, at) => Math.max(most, Math.abs(q - (expected[at] as number))),
              0,
            );
            expect(worst).toBeLessThan(tolerance.q);
            const kl = plain.kl();
            expect(Math.abs(fast.kl() - kl)).toBeLessThan(tolerance.kl(kl, width * height));
            plain.step();
            fast.step();
          }
          fast.dispose();
        },
      ),
      { numRuns: 150 },
    );
  });

  test('starts from scores as the plain one does, with the same energies as the formula', () => {
    fc.assert(
      fc.property(
        scene,
        fc.double({ min: 0.05, max: 3, noNaN: true }),
        ({ size: { width, height }, settings, classes, precision, noise, seed }, temperature) => {
          const image = sceneImage(width, height, noise, seed);
          const scores = sceneScores(image, classes, seed);
          const plain = createTypescriptCrf(image, settings);
          const fast = createWasmCrf(image, settings, { precision });
          plain.startFromScores(scores, classes, temperature);
          fast.startFromScores(scores, classes, temperature);
          const expected = plain.q();
          const worst = fast
            .q()
            .reduce((most, q, at) => Math.max(most, Math.abs(q - (expected[at] as number))), 0);
          const tolerance = toleranceOf(classes, precision);
          expect(worst).toBeLessThan(tolerance.start);
          const kl = plain.kl();
          expect(Math.abs(fast.kl() - kl)).toBeLessThan(tolerance.kl(kl, width * height));
          fast.dispose();
        },
      ),
      { numRuns: 100 },
    );
  });

  test('stays within its range whatever many classes, energies and weights come up', () => {
    const weight = fc.constantFrom(0, 1e-12, 1e-3, 7, 25, 60, 1e4);
    fc.assert(
      fc.property(
        scene,
        fc.record({ gaussianWeight: weight, bilateralWeight: weight }),
        fc.constantFrom(0, 1e-4, 1, 8, 1e3, 1e30),
        fc.constantFrom(-1e4, 0, 1e4),
        (
          { size: { width, height }, settings, classes: few, noise, seed },
          weights,
          times,
          plus,
        ) => {
          const classes = few + 8;
          const image = sceneImage(width, height, noise, seed);
          const unary = sceneUnary(image, classes, seed).map((energy) => times * energy + plus);
          const [exact, fast] = (['exact', 'fast'] as const).map((precision) => {
            const crf = createWasmCrf(image, { ...settings, ...weights }, { precision });
            crf.start(unary, classes);
            for (let i = 0; i < 2; i++) crf.step();
            const q = crf.q();
            crf.dispose();
            return q;
          }) as [Float32Array, Float32Array];
          expect(agreementOf(fast, exact, classes).far).toBeLessThan(1e-2);
          const pixels = width * height;
          for (let at = 0; at < pixels; at++) {
            let sum = 0;
            for (let c = 0; c < classes; c++) {
              const value = fast[c * pixels + at] as number;
              expect(value >= 0 && value <= 1).toBe(true);
              sum += value;
            }
            expect(Math.abs(sum - 1)).toBeLessThan(1e-5);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  test('starts again with another class count as if it were new', () => {
    fc.assert(
      fc.property(
        scene,
        fc.integer({ min: 1, max: 24 }),
        ({ size: { width, height }, settings, classes, precision, noise, seed }, before) => {
          const image = sceneImage(width, height, noise, seed);
          const unary = sceneUnary(image, classes, seed);
          const used = createWasmCrf(image, settings, { precision });
          used.start(sceneUnary(image, before, seed + 1), before);
          used.step();
          used.start(unary, classes);
          used.step();
          const again = used.q();
          used.dispose();
          const fresh = createWasmCrf(image, settings, { precision });
          fresh.start(unary, classes);
          fresh.step();
          expect(again).toEqual(fresh.q());
          fresh.dispose();
        },
      ),
      { numRuns: 60 },
    );
  });
});
