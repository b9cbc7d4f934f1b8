// Growing by a disc where one column meets very many runs.
import { expect, it } from 'vitest';
import { grow } from '../../../../../electron/masks/changes/morphology.ts';
import { bitmapFromMask, maskFromBitmap } from '../../../../../electron/masks/runs/bitmap.ts';

it('of 60 columns of 50 runs each is the pixels within reach', () => {
  const [width, height, radius] = [60, 200, 1.5];
  const pixels = new Uint8Array(width * height);
  for (let x = 0; x < width; x += 1)
    for (let y = x % 3; y < height; y += 4) pixels[y * width + x] = 1;
  const isNear = (x: number, y: number) => {
    for (let dy = -1; dy <= 1; dy += 1)
      for (let dx = -1; dx <= 1; dx += 1) {
        const isInside = x + dx >= 0 && x + dx < width && y + dy >= 0 && y + dy < height;
        if (isInside && pixels[(y + dy) * width + x + dx]) return 1;
      }
    return 0;
  };
  const near = pixels.map((_, at) => isNear(at % width, Math.floor(at / width)));
  expect(bitmapFromMask(grow(maskFromBitmap(pixels, width, height), radius))).toEqual(near);
});

it('takes radii from 0 to 1000 px', () => {
  const mask = maskFromBitmap(Uint8Array.of(0, 1, 0), 3, 1);
  expect(grow(mask, 0)).toBe(mask);
  expect(grow(mask, 0.99)).toBe(mask);
  expect([...bitmapFromMask(grow(mask, 1))]).toEqual([1, 1, 1]);
  expect([...bitmapFromMask(grow(mask, 1000))]).toEqual([1, 1, 1]);
  for (const radius of [-0.1, 1000.1, Number.NaN])
    expect(() => grow(mask, radius)).toThrow(`radius ${radius} px; expected 0 to 1000`);
});
