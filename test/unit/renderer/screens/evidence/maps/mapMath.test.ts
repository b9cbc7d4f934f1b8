// Values at places, shares of pieces, differences of maps and their colours.
import { describe, expect, it } from 'vitest';
import type { ScoreMap } from '../../../../../../electron/api/run.ts';
import {
  difference,
  differenceColor,
  pieceShares,
  valueAt,
} from '../../../../../../renderer/src/screens/evidence/maps/mapMath.ts';

const mapOf = (rows: number, columns: number, values: number[], maximum = 1): ScoreMap => ({
  rows,
  columns,
  values: Uint8Array.from(values),
  maximum,
});
/** 2 rows of 3. */
const MAP = mapOf(2, 3, [0, 51, 102, 153, 204, 255]);

describe('a value', () => {
  it('is that of the cell at the place, row by row', () => {
    expect(valueAt(MAP, 0, 0)).toBe(0);
    expect(valueAt(MAP, 0.33, 0)).toBe(0);
    expect(valueAt(MAP, 0.34, 0.49)).toBe(0.2);
    expect(valueAt(MAP, 0.99, 0.49)).toBe(0.4);
    expect(valueAt(MAP, 0, 0.5)).toBe(0.6);
    expect(valueAt(MAP, 0.67, 0.99)).toBe(1);
  });

  it('is null outside, on each side, and for a map that is empty or missing', () => {
    for (const [x, y] of [
      [-0.01, 0.5],
      [0.5, -0.01],
      [1, 0.5],
      [0.5, 1],
    ] as const)
      expect(valueAt(MAP, x, y)).toBeNull();
    expect(valueAt(null, 0, 0)).toBeNull();
    expect(valueAt(mapOf(1, 1, [7]), 0, 0)).toBeNull();
    expect(valueAt(mapOf(1, 2, [255, 0]), 0, 0)).toBe(1);
  });
});

describe('shares of pieces', () => {
  it('are their sums in real values, together one', () => {
    expect(pieceShares([mapOf(1, 2, [10, 20], 2), mapOf(1, 2, [20, 0], 1)])).toEqual([0.75, 0.25]);
    expect(pieceShares([mapOf(1, 1, [5], 3), undefined])).toEqual([1, 0]);
  });

  it('are nothing where nothing is seen', () => {
    expect(pieceShares([mapOf(1, 1, [0]), undefined])).toEqual([0, 0]);
    expect(pieceShares([])).toEqual([]);
  });
});

describe('a difference', () => {
  it('is taken on the finer grid, whichever of the two it is', () => {
    const coarse = mapOf(1, 1, [51]);
    const less = difference(MAP, coarse)!;
    expect([less.rows, less.columns]).toEqual([2, 3]);
    [-0.2, 0, 0.2, 0.4, 0.6, 0.8].forEach((value, i) =>
      expect(less.values[i]).toBeCloseTo(value, 6),
    );
    const more = difference(coarse, MAP)!;
    less.values.forEach((value, i) => expect(more.values[i]).toBeCloseTo(-value, 6));
  });

  it('of grids of another shape compares the same places', () => {
    const tall = mapOf(4, 1, [0, 0, 255, 255]);
    const wide = mapOf(1, 4, [0, 255, 0, 255]);
    expect([...difference(tall, wide)!.values]).toEqual([0, 0, 1, 1]);
    expect(difference(wide, tall)!.rows).toBe(1);
  });

  it('needs both', () => {
    expect(difference(MAP, null)).toBeNull();
    expect(difference(undefined, MAP)).toBeNull();
  });

  it('is blue where the second is stronger, orange where the first is, grey at none', () => {
    expect(differenceColor(0)).toEqual([0x2b, 0x2b, 0x2e]);
    expect(differenceColor(1)).toEqual([0xf2, 0x99, 0x4a]);
    expect(differenceColor(2)).toEqual([0xf2, 0x99, 0x4a]);
    expect(differenceColor(-1)).toEqual([0x4f, 0x8d, 0xf5]);
    expect(differenceColor(-0.5)).toEqual([61, 92, 146]);
    expect(differenceColor(0.25)).toEqual([93, 71, 53]);
  });
});
