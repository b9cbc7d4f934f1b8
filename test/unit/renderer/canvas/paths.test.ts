// Outlines as paths: exact near, coarser from afar, and made once.
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { levelOf, pathOf, pathThrough } from '../../../../renderer/src/canvas/paths.ts';
import { draw } from '../../../helpers/fixtures/masks.ts';
import { RecordedPath } from '../../../helpers/standIns/canvasRecorder.ts';

beforeAll(() => void vi.stubGlobal('Path2D', RecordedPath));
afterAll(() => void vi.unstubAllGlobals());
const pointsOf = (path: Path2D) => (path as never as RecordedPath).points;

it('detail halves with the scale, from three quarters down, six times at most', () => {
  expect([4, 1, 0.75, 0.74, 0.5, 0.49, 0.25, 0.1, 1 / 64, 0.001].map(levelOf)).toEqual([
    ...[0, 0, 0, 1, 1, 2, 2, 4, 6, 6],
  ]);
});

it('exact outlines have every corner; parts that are too small to see from afar are left out', () => {
  const rows = Array.from({ length: 24 }, (_, y) =>
    Array.from({ length: 24 }, (_one, x) => {
      const large = x >= 2 && x < 14 && y >= 2 && y < 14;
      const speck = x === 20 && y === 20;
      const line = x === 18 && y >= 2 && y < 14;
      return large || speck || line ? '#' : '.';
    }).join(''),
  );
  const mask = draw(...rows);
  expect(pointsOf(pathOf(mask, 0))).toHaveLength(3 * 8);
  // At level 2 that is 1.2 pixels, at level 3 2.4, at level 6 19.2.
  expect(pointsOf(pathOf(mask, 1)).length).toBe(3 * 8);
  const far = pointsOf(pathOf(mask, 3));
  expect(far.some((value) => value === 20 || value === 21)).toBe(false);
  expect(far.includes(18)).toBe(true);
  expect(pointsOf(pathOf(mask, 6))).toEqual([]);
});

it('a path is made once for a mask and a level', () => {
  const mask = draw('.##.', '.##.');
  expect(pathOf(mask, 0)).toBe(pathOf(mask, 0));
  expect(pathOf(mask, 1)).not.toBe(pathOf(mask, 0));
  expect(pathOf(draw('.##.', '.##.'), 0)).not.toBe(pathOf(mask, 0));
});

it('a path through points may be closed', () => {
  const path = pathThrough([1, 2, 3, 4, 5, 6], true) as never as RecordedPath;
  expect([path.points, path.closed]).toEqual([[1, 2, 3, 4, 5, 6], true]);
  expect((pathThrough([1, 2], false) as never as RecordedPath).closed).toBe(false);
});
