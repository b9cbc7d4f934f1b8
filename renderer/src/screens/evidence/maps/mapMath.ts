// Reading values out of maps: a value at a place, shares of word pieces, the difference of two maps.
import type { ScoreMap } from '../../../../../electron/api/run.ts';

/** Value 0-1 at a place given as shares of width and height; null outside or for an empty map. */
export function valueAt(map: ScoreMap | null | undefined, x: number, y: number): number | null {
  if (!map || map.values.length < 2 || x < 0 || y < 0 || x >= 1 || y >= 1) return null;
  return map.values[Math.floor(y * map.rows) * map.columns + Math.floor(x * map.columns)]! / 255;
}

/** Share of each piece in the class's map: their sums, scaled to 1 together. */
export function pieceShares(maps: readonly (ScoreMap | undefined)[]): number[] {
  const sums = maps.map((map) =>
    map ? map.values.reduce((sum, value) => sum + value, 0) * map.maximum : 0,
  );
  const all = sums.reduce((sum, value) => sum + value, 0);
  return sums.map((sum) => (all > 0 ? sum / all : 0));
}

export interface DifferenceMap {
  readonly rows: number;
  readonly columns: number;
  /** -1 to 1, a less b. */
  readonly values: Float32Array;
}

/** a less b on the finer of the two grids; null when one is missing. */
export function difference(
  a: ScoreMap | null | undefined,
  b: ScoreMap | null | undefined,
): DifferenceMap | null {
  if (!a || !b) return null;
  const fine = a.rows * a.columns >= b.rows * b.columns ? a : b;
  const { rows, columns } = fine;
  const values = new Float32Array(rows * columns);
  for (let row = 0; row < rows; row += 1)
    for (let column = 0; column < columns; column += 1) {
      const x = (column + 0.5) / columns;
      const y = (row + 0.5) / rows;
      values[row * columns + column] = sample(a, x, y) - sample(b, x, y);
    }
  return { rows, columns, values };
}

const sample = (map: ScoreMap, x: number, y: number): number =>
  map.values[Math.floor(y * map.rows) * map.columns + Math.floor(x * map.columns)]! / 255;

/** Colour of a difference: blue where b is stronger, orange where a is, always neutral at zero. */
export function differenceColor(value: number): [number, number, number] {
  const end = value < 0 ? [0x4f, 0x8d, 0xf5] : [0xf2, 0x99, 0x4a];
  const share = Math.min(1, Math.abs(value));
  return [0x2b, 0x2b, 0x2e].map((middle, i) => Math.round(middle + (end[i]! - middle) * share)) as [
    number,
    number,
    number,
  ];
}
