// Clicks and boxes as a click model counts them: by pixels of its square, within the crop.
import { expect, test } from 'vitest';
import { modelPrompt } from '../../../../../electron/inference/segment/modelPrompt.ts';

const point = (x: number, y: number, adds = true) => ({ x, y, adds });
const framed = { frame: { side: 64, width: 64, height: 32 }, width: 128, height: 64 };
const crop = { x: 100, y: 50, width: 128, height: 64 };

test('a click says where it is, a pixel of the square is two of the image', () => {
  const { points, box } = modelPrompt(
    { points: [point(20, 10), point(0, 64, false)], box: null },
    { framed, crop: null },
  );
  expect(points).toEqual([
    { x: 9.5, y: 4.5, label: 1 },
    { x: -0.5, y: 31.5, label: 0 },
  ]);
  expect(box).toBeNull();
});

test('in a crop clicks are counted from its corner, and those outside are left out', () => {
  const inside = [point(100, 50), point(228, 114), point(100, 114), point(228, 50)];
  const outside = [point(99.9, 60), point(120, 49.9), point(228.1, 60), point(120, 114.1)];
  const { points } = modelPrompt({ points: [...inside, ...outside], box: null }, { framed, crop });
  expect(points.map(({ x, y }) => [x, y])).toEqual([
    [-0.5, -0.5],
    [63.5, 31.5],
    [-0.5, 31.5],
    [63.5, -0.5],
  ]);
});

test('a box has corners within the square; the one that is asked goes before that of the mask', () => {
  const boxOf = (box: [number, number, number, number] | null, maskBox: object | null = null) =>
    modelPrompt({ points: [], box }, { framed, crop, maskBox: maskBox as never }).box;
  expect(boxOf([120, 60, 40, 20])).toEqual({ x0: 9.5, y0: 4.5, x1: 29.5, y1: 14.5 });
  expect(boxOf([90, 40, 300, 300])).toEqual({ x0: 0, y0: 0, x1: 63, y1: 31 });
  const mask = { x: 140, y: 70, width: 20, height: 10 };
  expect(boxOf(null, mask)).toEqual({ x0: 19.5, y0: 9.5, x1: 29.5, y1: 14.5 });
  expect(boxOf([120, 60, 40, 20], mask)).toMatchObject({ x0: 9.5 });
});
