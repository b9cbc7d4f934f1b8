// Windows over an image, and what they say together: each window's grid stretched over its pixels,
// averaged where windows overlap.
import { addStretched } from '../../pipeline/planes/halfPixel.ts';
import type { Size } from './networkSize.ts';

/** Pixels of the network's input; the ends stand behind the last pixel. */
export interface Window {
  readonly y1: number;
  readonly x1: number;
  readonly y2: number;
  readonly x2: number;
}

export interface WindowPlan {
  /** Side of a window; 0: the whole image is one. */
  readonly crop: number;
  readonly stride: number;
}

/** Row by row; the last ones are moved back inside, and a small image gives a smaller window. */
export function windowsOf({ width, height }: Size, { crop, stride }: WindowPlan): Window[] {
  if (crop === 0) return [{ y1: 0, x1: 0, y2: height, x2: width }];
  const count = (side: number): number =>
    Math.floor(Math.max(side - crop + stride - 1, 0) / stride) + 1;
  const along = (at: number, side: number) => {
    const end = Math.min(at * stride + crop, side);
    return { start: Math.max(end - crop, 0), end };
  };
  const windows: Window[] = [];
  for (let row = 0; row < count(height); row++)
    for (let column = 0; column < count(width); column++) {
      const [down, across] = [along(row, height), along(column, width)];
      windows.push({ y1: down.start, x1: across.start, y2: down.end, x2: across.end });
    }
  return windows;
}

/** One window's maps on its patch grid: [queries, rows * columns]. */
export interface WindowMaps {
  readonly window: Window;
  readonly rows: number;
  readonly columns: number;
  readonly maps: Float32Array;
}

/** The mean of the windows that see each pixel, of query `query`: [height * width] of the network's input. */
export function joinWindows(parts: readonly WindowMaps[], query: number, size: Size): Float32Array {
  const sum = new Float32Array(size.width * size.height);
  const seen = new Uint16Array(sum.length);
  for (const { window, rows, columns, maps } of parts) {
    const cells = rows * columns;
    const grid = { data: maps.subarray(query * cells, (query + 1) * cells), rows, columns };
    addStretched(grid, window, { data: sum, width: size.width });
    for (let y = window.y1; y < window.y2; y++)
      for (let x = window.x1; x < window.x2; x++) {
        const at = y * size.width + x;
        seen[at] = (seen[at] as number) + 1;
      }
  }
  for (let at = 0; at < sum.length; at++)
    sum[at] = (sum[at] as number) / Math.max(1, seen[at] as number);
  return sum;
}
