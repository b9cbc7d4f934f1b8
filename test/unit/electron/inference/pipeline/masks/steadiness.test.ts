// How much neighbouring settings disagree: which settings are tried, at what size, and what comes of it.
import { expect, test } from 'vitest';
import { unsteadiness } from '../../../../../../electron/inference/pipeline/masks/steadiness.ts';
import { createMaskCache } from '../../../../../../electron/inference/pipeline/planes/maskCache.ts';
import type { MaskParams } from '../../../../../../electron/link/params.ts';
import { resolveParams } from '../../../../../../electron/link/presets.ts';
import { fakePhoto } from '../../../../../helpers/standIns/fakeRun.ts';

const { masks } = resolveParams('default');
const classOf = (id: number, area = 1, absent = false) => ({ id, area, absent });

async function asked(
  size: { readonly width: number; readonly height: number },
  own: Partial<MaskParams>,
  labelsOf: (turn: number, pixels: number) => Uint16Array,
  thresholds: Readonly<Record<number, number>> = {},
) {
  const tried: {
    params: MaskParams;
    width: number;
    thresholds: Readonly<Record<number, number>>;
  }[] = [];
  const { width, height } = size;
  const result = {
    width,
    height,
    labels: labelsOf(-1, width * height),
    classes: [classOf(1), classOf(2), classOf(3, 0), classOf(4, 5, true)],
  } as unknown as Parameters<typeof unsteadiness>[0];
  const found = await unsteadiness(
    result,
    {
      image: fakePhoto(width, height),
      cache: createMaskCache(),
      params: { ...masks, ...own },
      thresholds,
      make(image, params, cuts) {
        tried.push({ params, width: image.width, thresholds: cuts });
        return Promise.resolve({ labels: labelsOf(tried.length - 1, image.width * image.height) });
      },
    },
    () => undefined,
  );
  return { found, tried };
}

test('a class that three neighbours leave as it is is steady, and one that shrinks in one of them is not', async () => {
  // Half of the pixels are class 1, and class 2 keeps a quarter of its own with the first neighbour alone.
  const { found, tried } = await asked({ width: 40, height: 20 }, { workSide: 0 }, (turn, pixels) =>
    Uint16Array.from({ length: pixels }, (_, at) =>
      at < pixels / 2 ? 1 : turn !== 0 || at >= (7 * pixels) / 8 ? 2 : 0,
    ),
  );
  expect(tried).toHaveLength(3);
  expect(found!.get(1)).toBe(0);
  expect(found!.get(2)).toBeCloseTo(1 - (1 / 4 + 1 + 1) / 3, 12);
  // What is not painted has no figure.
  expect([...found!.keys()]).toEqual([1, 2]);
});

test('the neighbours cut higher, see colours narrower and reach less far, in five iterations', async () => {
  const { tried } = await asked(
    { width: 40, height: 20 },
    { workSide: 0, threshold: 0.2 },
    (_, pixels) => new Uint16Array(pixels).fill(1),
    { 1: 0.1 },
  );
  const [cut, colour, reach] = tried;
  expect(cut!.params.threshold).toBeCloseTo(0.3, 12);
  expect(cut!.thresholds[1]).toBeCloseTo(0.15, 12);
  expect(colour!.params).toMatchObject({
    threshold: 0.2,
    crfBilateralRgb: masks.crfBilateralRgb / 2,
  });
  expect(reach!.params.crfBilateralPx).toBeCloseTo(0.4 * masks.crfBilateralPx, 12);
  expect(tried.map(({ params }) => params.crfIterations)).toEqual([5, 5, 5]);
});

test('a large image is looked at small, with the distances of the CRF scaled, beside its own mask made small', async () => {
  // The left half of every line is class 1, whatever the size; one neighbour has it everywhere.
  const { found, tried } = await asked(
    { width: 1280, height: 640 },
    { workSide: 640 },
    (turn, pixels) => {
      const width = Math.sqrt(2 * pixels);
      return Uint16Array.from({ length: pixels }, (_, at) =>
        turn === 1 || at % width < width / 2 ? 1 : 2,
      );
    },
  );
  expect(tried.map(({ width }) => width)).toEqual([80, 80, 80]);
  const [cut, colour] = tried;
  expect(cut!.params).toMatchObject({ workSide: 0, threshold: 1.5 * masks.threshold });
  // From 640 to 80 pixels.
  expect(colour!.params.crfBilateralPx).toBeCloseTo(0.125 * masks.crfBilateralPx, 12);
  expect(colour!.params.crfGaussianPx).toBeCloseTo(0.125 * masks.crfGaussianPx, 12);
  expect(found!.get(1)).toBeCloseTo(1 - (1 + 1 / 2 + 1) / 3, 12);
  expect(found!.get(2)).toBeCloseTo(1 - (1 + 0 + 1) / 3, 12);
});

test('masks that grew after the CRF are asked for once more as they were before', async () => {
  const { tried, found } = await asked(
    { width: 40, height: 20 },
    { workSide: 0, growThings: 2 },
    (turn, pixels) => new Uint16Array(pixels).fill(turn < 0 ? 2 : 1),
  );
  expect(tried.map(({ params }) => params.growThings)).toEqual([0, 0, 0, 0]);
  expect(found!.get(1)).toBe(0);
});

test('an engine that cuts nothing is asked with the two neighbours that move it; without a CRF nobody is', async () => {
  const still = (_: number, pixels: number) => new Uint16Array(pixels).fill(1);
  const two = await asked({ width: 40, height: 20 }, { workSide: 0, threshold: 0 }, still);
  expect(two.tried).toHaveLength(2);
  expect(two.found!.get(1)).toBe(0);
  const none = await asked({ width: 40, height: 20 }, { crf: false }, still);
  expect(none).toEqual({ found: null, tried: [] });
});
