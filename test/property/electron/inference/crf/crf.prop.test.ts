// The WASM CRF against the plain TypeScript one, on whatever size, class count and settings come up.
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { ensureWasm } from '../../../../../build/wasm.ts';
import { createTypescriptCrf } from '../../../../../electron/inference/crf/typescriptCrf.ts';
import { createWasmCrf } from '../../../../../electron/inference/crf/wasmCrf.ts';
import { sceneImage, sceneScores, sceneUnary } from '../../../../helpers/fixtures/crfScenes.ts';

/** Float32 sums in another order, amplified by the iterations where two classes are almost equal. */
const Q_TOLERANCE = 2e-3;

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
            expect(worst).toBeLessThan(Q_TOLERANCE);
            const scale = 1 + Math.abs(plain.kl());
            expect(Math.abs(fast.kl() - plain.kl()) / scale).toBeLessThan(1e-3);
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
          expect(worst).toBeLessThan(1e-5);
          const scale = 1 + Math.abs(plain.kl());
          expect(Math.abs(fast.kl() - plain.kl()) / scale).toBeLessThan(1e-3);
          fast.dispose();
        },
      ),
      { numRuns: 100 },
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
