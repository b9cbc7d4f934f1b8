// An image as rows of cells and as a map, windows of cells, and linear interpolation as matrices, which
// onnxruntime multiplies with the weights while it loads.
import { floats } from '../ir/builder.ts';
import type { Graph } from '../ir/graph.ts';
import type { Value } from '../ir/value.ts';
import { reshape } from '../ops/broadcast.ts';
import { padTo, slice, transpose } from '../ops/movement.ts';

/** A map [1,C,g,g] as rows [g*g, C]. */
export function cellRows(graph: Graph, map: Value): Value {
  const [, width, rows, columns] = map.shape as readonly number[] as [
    number,
    number,
    number,
    number,
  ];
  return transpose(graph, reshape(graph, map, [width, rows * columns]), [1, 0]);
}

/** Rows [g*g, C] as a map [1,C,g,g]. */
export function cellMap(graph: Graph, rows: Value, grid: number): Value {
  const width = rows.shape[1] as number;
  return reshape(graph, transpose(graph, rows, [1, 0]), [1, width, grid, grid]);
}

/** How a grid is cut into windows; zeros fill the last ones at the bottom and at the right. */
export interface Windows {
  readonly grid: number;
  /** Cells per side of a window. */
  readonly side: number;
}

const perSide = ({ grid, side }: Windows) => Math.ceil(grid / side);

/** Number of windows. */
export const windowCount = (windows: Windows): number => perSide(windows) ** 2;

/** Rows of the grid's cells as rows of one window after another, row-major in both. */
export function intoWindows(graph: Graph, rows: Value, windows: Windows): Value {
  const { grid, side } = windows;
  const count = perSide(windows);
  if (count === 1 && side === grid) return rows;
  const width = rows.shape[1] as number;
  const padded = [count * side, count * side, width];
  const map = padTo(graph, reshape(graph, rows, [grid, grid, width]), padded);
  const cut = reshape(graph, map, [count, side, count, side, width]);
  return reshape(graph, transpose(graph, cut, [0, 2, 1, 3, 4]), [padded[0]! * padded[1]!, width]);
}

/** Inverse of intoWindows; cuts off the filled cells. */
export function fromWindows(graph: Graph, rows: Value, windows: Windows): Value {
  const { grid, side } = windows;
  const count = perSide(windows);
  if (count === 1 && side === grid) return rows;
  const width = rows.shape[1] as number;
  const cut = reshape(graph, rows, [count, count, side, side, width]);
  const joined = transpose(graph, cut, [0, 2, 1, 3, 4]);
  const whole = reshape(graph, joined, [count * side, count * side, width]);
  const kept =
    count * side === grid
      ? whole
      : slice(graph, slice(graph, whole, 0, { end: grid }), 1, { end: grid });
  return reshape(graph, kept, [grid * grid, width]);
}

/** Matrix [to, from] of linear interpolation: half-pixel centres, edges clamped, no antialiasing. */
export function interpolation(graph: Graph, from: number, to: number): Value {
  const matrix = new Array<number>(to * from).fill(0);
  for (let row = 0; row < to; row++) {
    const place = Math.min(from - 1, Math.max(0, ((row + 0.5) * from) / to - 0.5));
    const first = Math.floor(place);
    const second = Math.min(from - 1, first + 1);
    matrix[row * from + first]! += 1 - (place - first);
    matrix[row * from + second]! += place - first;
  }
  return floats(graph, matrix, [to, from]);
}
