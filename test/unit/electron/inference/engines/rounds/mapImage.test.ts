// The image as rounds take it, and what their maps leave for the background.
import { expect, it } from 'vitest';
import { mapImage } from '../../../../../../electron/inference/engines/rounds/mapImage.ts';
import { withComplement } from '../../../../../../electron/inference/engines/rounds/probabilities.ts';
import { quantised } from '../../../../../../electron/inference/runs/quantised.ts';
import { fakePhoto } from '../../../../../helpers/standIns/fakeRun.ts';

const info = { patch: 16, mean: [0, 0, 0], std: [1, 1, 1] };
const size = (width: number, height: number, longest: number) => {
  const found = mapImage(fakePhoto(width, height), info, longest);
  expect(found.pixels).toHaveLength(3 * found.width * found.height);
  return [found.width, found.height];
};

it('sides are whole patches, rounded up', () => {
  expect(size(64, 33, 0)).toEqual([64, 48]);
  expect(size(1, 17, 0)).toEqual([16, 32]);
});

it('an image longer than allowed is made smaller, one as long is not', () => {
  expect(size(64, 32, 64)).toEqual([64, 32]);
  expect(size(65, 32, 64)).toEqual([64, 32]);
  expect(size(128, 40, 64)).toEqual([64, 32]);
  expect(size(40, 128, 64)).toEqual([32, 64]);
});

it('the background is what the strongest map leaves, to a power', () => {
  const maps = [Float32Array.of(0.5, 0, 1), Float32Array.of(0.25, 0, 0.5)];
  expect([...withComplement(maps, 3, 1)]).toEqual([0.5, 1, 0, 0.5, 0, 1, 0.25, 0, 0.5]);
  expect([...withComplement(maps, 3, 2)].slice(0, 3)).toEqual([0.25, 1, 0]);
  expect([...withComplement([], 2, 3)]).toEqual([1, 1]);
});

it('a map travels in bytes of its maximum', () => {
  expect(quantised([0, 1, 2, 4, -1, 9], 2, 3, 4)).toEqual({
    rows: 2,
    columns: 3,
    maximum: 4,
    values: Uint8Array.of(0, 64, 128, 255, 0, 255),
  });
  expect([...quantised([1, 2], 1, 2, 0).values]).toEqual([0, 0]);
});
