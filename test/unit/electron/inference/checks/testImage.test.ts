// The picture that devices are compared on has an edge, shades on one side of it, and no value that wraps.
import { expect, it } from 'vitest';
import { testImage } from '../../../../../electron/inference/checks/testImage.ts';

const { width, height, rgb } = testImage();
const at = (x: number, y: number) => [
  ...rgb.subarray((y * width + x) * 3, (y * width + x) * 3 + 3),
];

it('is a disc of one colour', () => {
  const disc: [number, number][] = [];
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) if (at(x, y)[2] === 40) disc.push([x, y]);
  const [xs, ys] = [disc.map(([x]) => x), disc.map(([, y]) => y)];
  // 24.5 px around (40, 50).
  expect([Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)]).toEqual([
    ...[16, 64],
    ...[26, 74],
  ]);
  expect(Math.abs(disc.length - Math.PI * 600)).toBeLessThan(15);
  expect(new Set(disc.map(([x, y]) => at(x, y).join()))).toEqual(new Set(['210,120,40']));
});

it('gets redder to the right and greener downwards around it, up to its last corner', () => {
  expect([width, height, rgb.length]).toEqual([96, 96, 96 * 96 * 3]);
  expect([at(0, 0), at(95, 0), at(0, 95), at(95, 95)]).toEqual([
    [0, 0, 128],
    [190, 0, 128],
    [0, 190, 128],
    [190, 190, 128],
  ]);
});
