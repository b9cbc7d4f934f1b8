// Where an edge is likely that of the class: where its salience falls. Edges inside of the thing and away from
// it then cost more than its own.
import type { ScoreMap } from '../../../../electron/api/run.ts';
import type { Size } from '../../geometry/viewport.ts';

export interface Guide {
  /** Salience of the class, over the whole image. */
  readonly map: ScoreMap;
  /** 0: the photograph alone decides; 1: salience alone. */
  readonly share: number;
}

/** Part of the image whose corners are asked about. */
export interface WireWindow {
  readonly left: number;
  readonly top: number;
  readonly columns: number;
  readonly rows: number;
}

/** Share of all cells whose fall counts as a full one. */
const FULL = 0.05;

/** Cost of each corner, up to `across`, and no less than `along`; null where salience falls nowhere. */
export function guideCosts(
  { map }: Guide,
  { left, top, columns, rows }: WireWindow,
  image: Size,
  { along, across }: { readonly along: number; readonly across: number },
): Uint8Array | null {
  const falls = fallsOf(map, image);
  if (falls === null) return null;
  const costs = new Uint8Array(columns * rows);
  const [right, shareRight] = placesOf(left, columns, map.columns / image.width, map.columns);
  const [below, shareBelow] = placesOf(top, rows, map.rows / image.height, map.rows);
  const line = new Float32Array(map.columns);
  for (let row = 0; row < rows; row += 1) {
    const [from, part] = [below[row]! * map.columns, shareBelow[row]!];
    const to = Math.min(map.rows - 1, below[row]! + 1) * map.columns;
    for (let column = 0; column < map.columns; column += 1)
      line[column] = falls[from + column]! * (1 - part) + falls[to + column]! * part;
    for (let column = 0; column < columns; column += 1) {
      const at = right[column]!;
      const next = Math.min(map.columns - 1, at + 1);
      const fall = line[at]! + (line[next]! - line[at]!) * shareRight[column]!;
      const lacking = 1 - Math.min(1, fall);
      costs[row * columns + column] = along + (across - along) * lacking * lacking;
    }
  }
  return costs;
}

/** Cell before each corner along one side, and how far to the next one. */
function placesOf(
  start: number,
  count: number,
  perPixel: number,
  cells: number,
): [Uint16Array, Float32Array] {
  const before = new Uint16Array(count);
  const share = new Float32Array(count);
  for (let i = 0; i < count; i += 1) {
    const at = Math.min(cells - 1, Math.max(0, (start + i) * perPixel - 0.5));
    before[i] = Math.floor(at);
    share[i] = at - before[i]!;
  }
  return [before, share];
}

/** How steeply salience changes in each cell, 1 = as steeply as where it falls most. */
function fallsOf({ rows, columns, values }: ScoreMap, image: Size): Float32Array | null {
  const [perX, perY] = [columns / image.width, rows / image.height];
  const falls = new Float32Array(rows * columns);
  const at = (row: number, column: number) =>
    values[
      Math.min(rows - 1, Math.max(0, row)) * columns + Math.min(columns - 1, Math.max(0, column))
    ]!;
  for (let row = 0; row < rows; row += 1)
    for (let column = 0; column < columns; column += 1)
      falls[row * columns + column] = Math.hypot(
        (at(row, column + 1) - at(row, column - 1)) * perX,
        (at(row + 1, column) - at(row - 1, column)) * perY,
      );
  const full = falls.toSorted().at(-1 - Math.floor(FULL * falls.length))!;
  return full > 0 ? falls.map((fall) => fall / full) : null;
}
