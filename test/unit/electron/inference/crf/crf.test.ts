// What a dense CRF must do whatever computes it (method.md section 15, test 9): both implementations.
import { beforeAll, describe, expect, test } from 'vitest';
import { ensureWasm } from '../../../../../build/wasm.ts';
import type { Crf } from '../../../../../electron/inference/crf/crf.ts';
import { argmaxPlanes } from '../../../../../electron/inference/crf/labels.ts';
import {
  REFERENCE_CRF,
  type CrfParameters,
  type RgbImage,
} from '../../../../../electron/inference/crf/parameters.ts';
import { createTypescriptCrf } from '../../../../../electron/inference/crf/typescriptCrf.ts';
import { unaryFromScores } from '../../../../../electron/inference/crf/unary.ts';
import { createWasmCrf } from '../../../../../electron/inference/crf/wasmCrf.ts';
import { sceneImage, sceneUnary, seededRandom } from '../../../../helpers/fixtures/crfScenes.ts';
import { exactCrf } from '../../../../helpers/fixtures/exactCrf.ts';

const NO_PAIRWISE: CrfParameters = { ...REFERENCE_CRF, gaussianWeight: 0, bilateralWeight: 0 };
type Create = (image: RgbImage, parameters: CrfParameters) => Crf;
const fast: Create = (image, parameters) => createWasmCrf(image, parameters, { precision: 'fast' });
const implementations: Readonly<Record<string, Create>> = {
  typescript: createTypescriptCrf,
  wasm: createWasmCrf,
  'fast wasm': fast,
};
/** From nine classes on 'fast' has 16 bits: shares.test.ts. */
const floatClasses = (create: Create, counts: readonly number[]) =>
  counts.filter((classes) => create !== fast || classes < 9);

beforeAll(ensureWasm);

describe.each(Object.entries(implementations))('the %s CRF', (_name, create) => {
  function run(image: RgbImage, parameters: CrfParameters, unary: Float32Array, classes: number) {
    const crf: Crf = create(image, parameters);
    crf.start(unary, classes);
    for (let i = 0; i < 10; i++) crf.step();
    const q = crf.q();
    crf.dispose();
    return q;
  }

  test.each(floatClasses(create, [1, 2, 3, 5, 9, 21]))(
    'without pairwise terms keeps the softmax of the unary (%i classes)',
    (classes) => {
      const image = sceneImage(37, 23, 20);
      const unary = sceneUnary(image, classes);
      const q = run(image, NO_PAIRWISE, unary, classes);
      const negative = unary.map((energy) => -energy);
      expect(argmaxPlanes(q, classes)).toEqual(argmaxPlanes(negative, classes));
      const pixels = 37 * 23;
      for (let at = 0; at < pixels; at += 50) {
        const column = Array.from({ length: classes }, (_, c) =>
          Math.exp(negative[c * pixels + at] as number),
        );
        const sum = column.reduce((total, value) => total + value, 0);
        column.forEach((value, c) => expect(q[c * pixels + at]).toBeCloseTo(value / sum, 5));
      }
    },
  );

  test.each([1, 2, 4, 6, 17])('gives probabilities that sum to 1 (%i classes)', (classes) => {
    const image = sceneImage(41, 30, 12);
    const q = run(image, REFERENCE_CRF, sceneUnary(image, classes), classes);
    const pixels = 41 * 30;
    for (let at = 0; at < pixels; at++) {
      let sum = 0;
      for (let c = 0; c < classes; c++) sum += q[c * pixels + at] as number;
      expect(sum).toBeCloseTo(1, 5);
    }
    expect(q.every((value) => value >= 0 && value <= 1)).toBe(true);
  });

  test.each([2, 4, 7])('does not care in which order %i classes come', (classes) => {
    const image = sceneImage(40, 28, 12);
    const pixels = 40 * 28;
    const unary = sceneUnary(image, classes);
    const reversed = new Float32Array(unary.length);
    for (let c = 0; c < classes; c++)
      reversed.set(unary.subarray(c * pixels, (c + 1) * pixels), (classes - 1 - c) * pixels);
    const q = run(image, REFERENCE_CRF, unary, classes);
    const mirrored = run(image, REFERENCE_CRF, reversed, classes);
    for (let c = 0; c < classes; c++)
      for (let at = 0; at < pixels; at++) {
        const twin = mirrored[(classes - 1 - c) * pixels + at] as number;
        expect(Math.abs((q[c * pixels + at] as number) - twin)).toBeLessThan(1e-4);
      }
  });

  test.each([1, 2, 3, 4, 5, 8, 9, 17])('tells who wins each pixel of %i classes', (classes) => {
    const image = sceneImage(37, 26, 12);
    const crf = create(image, REFERENCE_CRF);
    crf.start(sceneUnary(image, classes), classes);
    for (let step = 0; step < 3; step++) {
      const into = new Float32Array(classes * 37 * 26);
      expect(crf.q(into)).toBe(into);
      expect(into).toEqual(crf.q());
      expect(crf.winners()).toEqual(argmaxPlanes(into, classes));
      crf.step();
    }
    // Where all are equal the first wins.
    crf.start(new Float32Array(classes * 37 * 26), classes);
    expect(crf.winners()).toEqual(new Uint8Array(37 * 26));
    crf.dispose();
  });

  test('makes a noisy unary on a constant image smooth', () => {
    const [width, height] = [48, 48];
    const image = { width, height, data: new Uint8Array(width * height * 3).fill(120) };
    const random = seededRandom(5);
    const pixels = width * height;
    const scores = new Float32Array(2 * pixels);
    for (let at = 0; at < pixels; at++) {
      scores[at] = 0.6 + (random() - 0.5);
      scores[pixels + at] = 1 - (scores[at] as number);
    }
    const unary = unaryFromScores(scores, 2);
    const noise = argmaxPlanes(
      unary.map((energy) => -energy),
      2,
    ).filter((label) => label === 1).length;
    expect(noise).toBeGreaterThan(pixels / 4);
    expect(argmaxPlanes(run(image, REFERENCE_CRF, unary, 2), 2)).toEqual(new Uint8Array(pixels));
  });

  // The lattice approximates the kernels; on this scene the exact sum differs by 0.01 on average.
  test.each([2, 3])('stays near the exact kernels on 24 x 24 pixels (%i classes)', (classes) => {
    const image = sceneImage(24, 24, 10, 3);
    const unary = sceneUnary(image, classes, 3);
    const parameters = { ...REFERENCE_CRF, bilateralDeviationPx: 12, bilateralDeviationRgb: 20 };
    const exact = exactCrf(image, parameters, unary, classes, 10);
    const q = run(image, parameters, unary, classes);
    const mean =
      q.reduce((sum, value, at) => sum + Math.abs(value - (exact[at] as number)), 0) / q.length;
    expect(mean).toBeLessThan(0.02);
    const labels = argmaxPlanes(exact, classes);
    const same = argmaxPlanes(q, classes).filter((label, at) => label === labels[at]).length;
    expect(same / labels.length).toBeGreaterThanOrEqual(0.97);
  });

  test('is cancelled between the parts of a step and can start again', () => {
    const image = sceneImage(64, 40, 10);
    const unary = sceneUnary(image, 3);
    const crf = create(image, REFERENCE_CRF);
    crf.start(unary, 3);
    crf.step();
    const expected = crf.q();
    let asked = 0;
    crf.start(unary, 3);
    expect(() => crf.step(() => ++asked > 1)).toThrow(
      expect.objectContaining({ name: 'AbortError' }),
    );
    crf.start(unary, 3);
    crf.step();
    expect(crf.q()).toEqual(expected);
    crf.dispose();
  });

  test('refuses scores that cannot be used, naming them', () => {
    const image = sceneImage(9, 6, 0);
    const crf = create(image, REFERENCE_CRF);
    expect(() => crf.startFromScores(new Float32Array(10), 2, 1)).toThrow('2 classes x 54 pixels');
    expect(() => crf.startFromScores(new Float32Array(108), 2, 0)).toThrow('temperature is 0');
    for (const [at, value] of [
      [0, NaN],
      [53, Infinity],
      [107, -Infinity],
    ] as const) {
      const scores = new Float32Array(108);
      scores[at] = value;
      expect(() => crf.startFromScores(scores, 2, 1)).toThrow(
        `scores of class ${at < 54 ? 0 : 1} is ${value} at pixel ${at % 54}`,
      );
    }
    expect(() => crf.q()).toThrow('start first');
    crf.dispose();
  });

  test('refuses what cannot be used, naming it', () => {
    const image = sceneImage(8, 6, 0);
    const crf = create(image, REFERENCE_CRF);
    expect(() => crf.step()).toThrow('start first');
    expect(() => crf.start(new Float32Array(10), 2)).toThrow('2 classes x 48 pixels');
    expect(() => crf.start(new Float32Array(96).fill(NaN, 50), 2)).toThrow(
      'class 1 is NaN at pixel 2',
    );
    expect(() => crf.start(new Float32Array(0), 0)).toThrow('0 classes');
    crf.dispose();
    expect(() => crf.start(new Float32Array(96), 2)).toThrow('disposed');
    expect(() => create({ ...image, data: new Uint8Array(3) }, REFERENCE_CRF)).toThrow('3 bytes');
    expect(() => create({ ...image, width: 1e9 }, REFERENCE_CRF)).toThrow('working size');
    expect(() => create(image, { ...REFERENCE_CRF, bilateralDeviationRgb: 0 })).toThrow(
      'bilateralDeviationRgb is 0',
    );
    expect(() => create(image, { ...REFERENCE_CRF, bilateralDeviationRgb: 0.1 })).toThrow(
      'raise the deviations',
    );
    expect(() => create(image, { ...REFERENCE_CRF, gaussianWeight: -1 })).toThrow(
      'gaussianWeight is -1',
    );
  });
});

// Powers of two are only taken where all logits and messages stay in their range.
describe('the fast CRF beyond the range of its powers', () => {
  const image = sceneImage(37, 23, 12);
  const run = (create: Create, parameters: CrfParameters, unary: Float32Array, classes: number) => {
    const crf = create(image, parameters);
    crf.start(unary, classes);
    for (let i = 0; i < 3; i++) crf.step();
    const q = crf.q();
    crf.dispose();
    return q;
  };
  const heavy = { ...REFERENCE_CRF, gaussianWeight: 200, bilateralWeight: 300 };

  test.each([
    ['energies of hundreds', 400, 0, REFERENCE_CRF],
    ['energies far below zero', 1, -5000, REFERENCE_CRF],
    ['energies far above zero', 1, 5000, REFERENCE_CRF],
    ['energies at the end of float32', 1e37, 0, REFERENCE_CRF],
    ['weights of hundreds', 1, 0, heavy],
  ])('%s: Q is that of the plain CRF', (_name, times, plus, parameters) => {
    for (const classes of [3, 4, 5, 8, 9, 21]) {
      const unary = sceneUnary(image, classes).map((energy) => times * energy + plus);
      const expected = run(createTypescriptCrf, parameters, unary, classes);
      const q = run(fast, parameters, unary, classes);
      const worst = q.reduce(
        (most, value, at) => Math.max(most, Math.abs(value - (expected[at] as number))),
        0,
      );
      expect(worst).toBeLessThan(2e-3);
    }
  });
});

// One pass for each number of blocks of channels, and one for any number.
test.each([9, 13, 17, 22, 26, 60])('fast Q of %i classes is that of the plain CRF', (classes) => {
  const image = sceneImage(37, 23, 12);
  const unary = sceneUnary(image, classes);
  const [plain, quick] = [createTypescriptCrf(image, REFERENCE_CRF), fast(image, REFERENCE_CRF)];
  for (const crf of [plain, quick]) {
    crf.start(unary, classes);
    for (let i = 0; i < 3; i++) crf.step();
  }
  const expected = plain.q();
  const worst = quick
    .q()
    .reduce((most, value, at) => Math.max(most, Math.abs(value - (expected[at] as number))), 0);
  expect(worst).toBeLessThan(5e-4);
  expect(Math.abs(quick.kl() - plain.kl()) / (1 + Math.abs(plain.kl()))).toBeLessThan(1e-3);
  quick.dispose();
});
