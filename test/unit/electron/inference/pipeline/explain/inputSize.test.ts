// Sizes of a model's input: whole patches, as near to the image's shape as they can be.
import { expect, test } from 'vitest';
import { inputSize } from '../../../../../../electron/inference/pipeline/explain/preprocess.ts';

const info = { patch: 16, nativeSide: 384 };
const size = (width: number, height: number, inputSide: number, aspect: 'squeeze' | 'keep') => {
  const found = inputSize({ width, height }, { inputSide, aspect } as never, info);
  return [found.width, found.height];
};

test('a squeezed image is a square of the side that is asked for, or of the model itself', () => {
  expect(size(640, 480, 336, 'squeeze')).toEqual([336, 336]);
  expect(size(640, 480, 0, 'squeeze')).toEqual([384, 384]);
});

test('an image that keeps its shape has the side along its longer one, and a patch at least', () => {
  expect(size(640, 480, 320, 'keep')).toEqual([320, 240]);
  expect(size(480, 640, 320, 'keep')).toEqual([240, 320]);
  // 100 of 640 are 3.1 patches, 3 of 640 none.
  expect(size(640, 100, 320, 'keep')).toEqual([320, 48]);
  expect(size(640, 3, 320, 'keep')).toEqual([320, 16]);
});

test('a side is a whole number of patches, one at least', () => {
  expect(size(8, 8, 16, 'squeeze')).toEqual([16, 16]);
  for (const [side, near] of [
    [15, 16],
    [40, 48],
    [7, 16],
    [-16, 16],
  ] as const)
    expect(() => size(8, 8, side, 'squeeze')).toThrow(`(16 pixels), found ${side}; try ${near}`);
});
