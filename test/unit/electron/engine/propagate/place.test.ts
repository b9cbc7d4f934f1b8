// Where a mask of one image belongs in another, from saliences made by hand.
import { describe, expect, it } from 'vitest';
import { fieldOf, placeBySalience } from '../../../../../electron/engine/propagate/place.ts';
import { rectangle } from '../../../../helpers/drivers/engineBench.ts';

/** Hills of salience at places in shares of the image. */
function hills(...tops: readonly (readonly [x: number, y: number])[]) {
  const [rows, columns] = [24, 24];
  const values = Float32Array.from({ length: rows * columns }, (_, at) => {
    const [x, y] = [((at % columns) + 0.5) / columns, (Math.floor(at / columns) + 0.5) / rows];
    return Math.max(...tops.map(([tx, ty]) => Math.exp(-((x - tx) ** 2 + (y - ty) ** 2) / 0.01)));
  });
  return { rows, columns, values };
}

const BOX = [0.2, 0.3, 0.2, 0.2] as const;

describe('the place of a mask in another image', () => {
  it('is where the salience under it is found again, to a hundredth of the image', () => {
    const move = placeBySalience(BOX, hills([0.3, 0.4]), hills([0.57, 0.52]))!;
    expect(Math.abs(move.dx - 0.27)).toBeLessThan(0.01);
    expect(Math.abs(move.dy - 0.12)).toBeLessThan(0.01);
    expect(move.likeness).toBeGreaterThan(0.98);
  });

  it('is settled to an eighth of a cell, of which 48 lie along a side', () => {
    // Hills of many cells: their tops lie where they were put.
    const fine = (x: number, y: number) => {
      const [rows, columns] = [96, 96];
      const values = Float32Array.from({ length: rows * columns }, (_, at) => {
        const [px, py] = [
          ((at % columns) + 0.5) / columns,
          (Math.floor(at / columns) + 0.5) / rows,
        ];
        return Math.exp(-((px - x) ** 2 + (py - y) ** 2) / 0.01);
      });
      return { rows, columns, values };
    };
    const eighth = 1 / (48 * 8);
    for (const [right, down] of [
      [3, -2],
      [-3, 2],
      [1, 3],
    ] as const) {
      const [x, y] = [0.3 + right * eighth, 0.4 + down * eighth];
      const move = placeBySalience(BOX, fine(0.3, 0.4), fine(x, y))!;
      expect([move.dx / eighth, move.dy / eighth].map(Math.round)).toEqual([right, down]);
    }
  });

  it('is the nearer of two that are equally like', () => {
    const move = placeBySalience(BOX, hills([0.3, 0.4]), hills([0.8, 0.8], [0.4, 0.4]))!;
    expect(Math.abs(move.dx - 0.1)).toBeLessThan(0.02);
    expect(Math.abs(move.dy)).toBeLessThan(0.02);
  });

  it('is found from the mask itself where its own salience is not stored', () => {
    const size = { width: 100, height: 80 };
    const field = fieldOf(rectangle(20, 24, 20, 16, size));
    const move = placeBySalience(BOX, field, hills([0.6, 0.6]))!;
    expect(Math.abs(move.dx - 0.3)).toBeLessThan(0.03);
    expect(Math.abs(move.dy - 0.2)).toBeLessThan(0.03);
  });

  it('is nowhere where all is the same, or nothing is like it', () => {
    const flat = { rows: 24, columns: 24, values: new Float32Array(576).fill(0.4) };
    expect(placeBySalience(BOX, flat, hills([0.6, 0.6]))).toBeNull();
    const stripes = flat.values.map((_, at) => (Math.floor(at / 24) % 2 === 0 ? 1 : 0));
    expect(placeBySalience(BOX, hills([0.3, 0.4]), { ...flat, values: stripes })).toBeNull();
  });

  it('keeps the middle of the mask in the image, its border included, on every side', () => {
    const middle = [0.4, 0.4, 0.2, 0.2] as const;
    // What is looked for lies at one side of the mask, so that half of the mask may leave the image.
    type Place = readonly [x: number, y: number];
    const move = (from: Place, to: Place) => placeBySalience(middle, hills(from), hills(to))!;
    expect(move([0.6, 0.5], [0.1, 0.5]).dx).toBe(-0.5);
    expect(move([0.4, 0.5], [0.9, 0.5]).dx).toBe(0.5);
    expect(move([0.5, 0.6], [0.5, 0.1]).dy).toBe(-0.5);
    expect(move([0.5, 0.4], [0.5, 0.9]).dy).toBe(0.5);
    // A little further away there is no place for it.
    expect(move([0.6, 0.5], [0.08, 0.5]).dx).toBe(-0.5);
    expect(move([0.4, 0.5], [0.92, 0.5]).dx).toBe(0.5);
    expect(move([0.5, 0.4], [0.5, 0.92]).dy).toBe(0.5);
  });

  it('lets the middle go as far as the image does to each side of it', () => {
    type Place = readonly [x: number, y: number];
    const [left, right] = [
      [0.15, 0.15, 0.2, 0.2],
      [0.65, 0.65, 0.2, 0.2],
    ] as const;
    const move = (box: typeof left | typeof right, from: Place, to: Place) =>
      placeBySalience(box, hills(from), hills(to))!;
    // A quarter from the left and the top, then from the right and the bottom.
    expect(move(left, [0.2, 0.25], [0.8, 0.25]).dx).toBeCloseTo(0.6, 2);
    expect(move(left, [0.25, 0.2], [0.25, 0.8]).dy).toBeCloseTo(0.6, 2);
    expect(move(right, [0.8, 0.75], [0.2, 0.75]).dx).toBeCloseTo(-0.6, 2);
    expect(move(right, [0.75, 0.8], [0.75, 0.2]).dy).toBeCloseTo(-0.6, 2);
  });
});

describe('a mask as a field', () => {
  it('has in each cell the share of it that the mask covers', () => {
    // An image of 96 x 48 pixels: a cell is 2 x 1 of them.
    const { rows, columns, values } = fieldOf(rectangle(11, 5, 4, 2, { width: 96, height: 48 }));
    expect([rows, columns]).toEqual([48, 48]);
    const row = (at: number) => Array.from(values).slice(at * 48, (at + 1) * 48);
    const full = row(5);
    expect(full.slice(4, 9)).toEqual([0, 0.5, 1, 0.5, 0]);
    expect(full.reduce((sum, value) => sum + value, 0)).toBe(2);
    expect(row(6)).toEqual(full);
    expect([...row(4), ...row(7)].every((value) => value === 0)).toBe(true);
  });
});
