// How near patches are: a Gaussian of their distance in rows and columns.
import { expect, test } from 'vitest';
import { nearness } from '../../../../../../electron/inference/engines/patches/nearness.ts';

test('patches are near by their distance; the class token is near to nothing', () => {
  const [rows, columns, deviation] = [3, 4, 2];
  const side = 1 + rows * columns;
  const found = nearness(rows, columns, deviation);
  expect(found).toHaveLength(side * side);
  for (let from = 0; from < side; from++)
    for (let to = 0; to < side; to++) {
      const value = found[from * side + to]!;
      if (from === 0 || to === 0) {
        expect(value).toBe(0);
        continue;
      }
      const place = (patch: number) => [Math.floor((patch - 1) / columns), (patch - 1) % columns];
      const [[y1, x1], [y2, x2]] = [place(from), place(to)] as [number[], number[]];
      const away = (y1! - y2!) ** 2 + (x1! - x2!) ** 2;
      expect(value).toBeCloseTo(Math.exp(-away / (2 * deviation * deviation)), 6);
    }
});
