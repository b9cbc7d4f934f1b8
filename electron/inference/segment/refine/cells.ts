// A part of a class on the decoder's own cells: what is inside, how deep, how much salience there is.
// Tens of parts are looked at per image, so everything is a plain loop over the cells that matter.
import type { Framed } from '../logitMask.ts';
import type { Plane } from '../lit.ts';

/** Numbers of every cell, row-major [low, low]; cells beside the image stay 0. */
export type Cells = Float32Array;

/** Left, top, right and bottom, in cells. */
export type CellBox = readonly [left: number, top: number, right: number, bottom: number];

/** Cells of the square that hold the image. */
export interface CellFrame {
  readonly low: number;
  readonly columns: number;
  readonly rows: number;
  /** Pixels of the image in a cell. */
  readonly across: number;
  readonly down: number;
}

export function cellFrame({ frame, width, height }: Framed, low: number): CellFrame {
  const cell = frame.side / low;
  return {
    low,
    columns: Math.min(low, Math.ceil(frame.width / cell)),
    rows: Math.min(low, Math.ceil(frame.height / cell)),
    across: (width * cell) / frame.width,
    down: (height * cell) / frame.height,
  };
}

/** A plane over the whole image at the middle of every cell, mixed from its four nearest values. */
export function cellsOf(
  { width, height, values }: Plane,
  { low, columns, rows, across, down }: CellFrame,
  image: { readonly width: number; readonly height: number },
): Cells {
  const cells = new Float32Array(low * low);
  const place = (at: number, cell: number, length: number, of: number) =>
    Math.min(length - 1, Math.max(0, ((at + 0.5) * cell * length) / of - 0.5));
  const columnAt = Float64Array.from({ length: columns }, (_, column) =>
    place(column, across, width, image.width),
  );
  for (let row = 0; row < rows; row++) {
    const y = place(row, down, height, image.height);
    const top = Math.floor(y);
    const upper = top * width;
    const lower = Math.min(height - 1, top + 1) * width;
    for (let column = 0; column < columns; column++) {
      const x = columnAt[column]!;
      const left = Math.floor(x);
      const right = Math.min(width - 1, left + 1);
      const above =
        values[upper + left]! + (values[upper + right]! - values[upper + left]!) * (x - left);
      const below =
        values[lower + left]! + (values[lower + right]! - values[lower + left]!) * (x - left);
      cells[row * low + column] = above + (below - above) * (y - top);
    }
  }
  return cells;
}

/** The smallest box around the cells that are inside; null without one. */
export function boundsOf(inside: Uint8Array, low: number): CellBox | null {
  let [left, top, right, bottom] = [low, low, 0, 0];
  for (let cell = 0; cell < inside.length; cell++) {
    if (inside[cell] === 0) continue;
    const column = cell % low;
    const row = (cell - column) / low;
    if (column < left) left = column;
    if (column >= right) right = column + 1;
    if (row < top) top = row;
    bottom = row + 1;
  }
  return right === 0 ? null : [left, top, right, bottom];
}

/** Distance of every cell inside to the nearest one outside, in cells; 0 outside. Around the square is `beyond`. */
export function depthOf(inside: Uint8Array, low: number, beyond = 0): Cells {
  const depth = new Float32Array(low * low);
  const bounds = boundsOf(inside, low);
  if (!bounds) return depth;
  const [left, top, right, bottom] = bounds;
  const at = (row: number, column: number) =>
    row < 0 || column < 0 || row >= low || column >= low ? beyond : depth[row * low + column]!;
  const pass = (row: number, column: number, step: -1 | 1) => {
    const cell = row * low + column;
    if (inside[cell] === 0) return;
    const nearest = Math.min(
      at(row + step, column) + 1,
      at(row, column + step) + 1,
      at(row + step, column - 1) + Math.SQRT2,
      at(row + step, column + 1) + Math.SQRT2,
    );
    depth[cell] = step === -1 ? nearest : Math.min(nearest, depth[cell]!);
  };
  for (let row = top; row < bottom; row++)
    for (let column = left; column < right; column++) pass(row, column, -1);
  for (let row = bottom - 1; row >= top; row--)
    for (let column = right - 1; column >= left; column--) pass(row, column, 1);
  return depth;
}
