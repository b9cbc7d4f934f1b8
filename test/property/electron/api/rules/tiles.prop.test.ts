// Tiles of an image: together they are the image, and names lead back to them.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  octaveAt,
  parseTile,
  tileBox,
  tileName,
  tilesOver,
} from '../../../../../electron/api/rules/tiles.ts';

const side = fc.integer({ min: 1, max: 40_000 });
const octave = fc.integer({ min: 0, max: 6 });

describe('tiles', () => {
  it('cover every part of the image exactly once', () => {
    fc.assert(
      fc.property(side, side, octave, fc.nat(), fc.nat(), (width, height, level, a, b) => {
        const [left, top] = [a % width, b % height];
        const right = Math.min(width, left + 1 + (b % 5000));
        const bottom = Math.min(height, top + 1 + (a % 5000));
        const boxes = tilesOver(level, [left, top, right, bottom]).map((tile) =>
          tileBox(tile, { width, height }),
        );
        const overlap = (from: number, to: number, low: number, high: number) =>
          Math.max(0, Math.min(to, high) - Math.max(from, low));
        const covered = boxes.reduce(
          (sum, box) =>
            sum +
            overlap(box!.x, box!.x + box!.width, left, right) *
              overlap(box!.y, box!.y + box!.height, top, bottom),
          0,
        );
        expect(covered).toBe((right - left) * (bottom - top));
      }),
    );
  });

  it('are found again by their names, and by nothing else', () => {
    const place = fc.integer({ min: 0, max: 9999 });
    fc.assert(
      fc.property(octave, place, place, (level, column, row) => {
        const tile = { octave: level, column, row };
        expect(parseTile(tileName(tile))).toEqual(tile);
      }),
    );
    for (const name of ['', '0-0', '0-0-0-0', '7-0-0', '-1-0-0', '0-1e3-0', '0-00000-0', ' 0-0-0'])
      expect(parseTile(name)).toBeNull();
    expect(tileBox({ octave: 0, column: 9, row: 0 }, { width: 9216, height: 10 })).toBeNull();
  });

  it('never show fewer pixels than the screen has, and less than four times as many', () => {
    fc.assert(
      fc.property(fc.double({ min: 1 / 64, max: 1, noNaN: true }), (scale) => {
        const finer = 2 ** -octaveAt(scale) / scale;
        // Up to the last bits of the logarithm.
        expect(finer).toBeGreaterThan(1 - 1e-9);
        expect(finer).toBeLessThan(2);
      }),
    );
    expect(octaveAt(8)).toBe(0);
  });
});
