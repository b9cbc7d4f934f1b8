// How much the colours change across the sides between pixels, and which edge a press near one means.
import type { Pixels } from '../../../../electron/masks/regions/flood.ts';
import type { XY } from './state.ts';

/** Difference of colour, 0-255, from which there is an edge at all. */
export const FAINT = 10;
/** A press this near to an edge means the edge, in image pixels. */
export const PULL = 3;

/** The place within reach where the colours change most; the point itself where they do not. */
export function onEdge(pixels: Pixels, { x, y }: XY): XY {
  let best = { x, y };
  let most = FAINT;
  const [cx, cy] = [Math.round(x), Math.round(y)];
  for (let dy = -PULL; dy <= PULL; dy += 1)
    for (let dx = -PULL; dx <= PULL; dx += 1) {
      const [px, py] = [cx + dx, cy + dy];
      const strength = cornerStrength(pixels, px, py) - 2 * Math.hypot(dx, dy);
      if (strength <= most) continue;
      most = strength;
      best = { x: px, y: py };
    }
  return best;
}

/** Largest difference of colour across the four sides that meet in a corner. */
const cornerStrength = (pixels: Pixels, x: number, y: number): number =>
  Math.max(
    acrossRows(pixels, x, y),
    acrossRows(pixels, x - 1, y),
    acrossColumns(pixels, x, y),
    acrossColumns(pixels, x, y - 1),
  );

/** Between the two pixels above and the two below the side from (x, y) to (x + 1, y); 0 at the border. */
export function acrossRows(pixels: Pixels, x: number, y: number): number {
  const { width, height } = pixels;
  if (x < 0 || x >= width || y < 1 || y >= height) return 0;
  const [a, b] = [(y - 1) * width + x, y * width + x];
  const [a2, b2] = [y > 1 ? a - width : a, y + 1 < height ? b + width : b];
  return difference(pixels.data, [a, a2], [b, b2]);
}

/** Between the two pixels left and the two right of the side from (x, y) to (x, y + 1); 0 at the border. */
export function acrossColumns(pixels: Pixels, x: number, y: number): number {
  const { width, height } = pixels;
  if (y < 0 || y >= height || x < 1 || x >= width) return 0;
  const [a, b] = [y * width + x - 1, y * width + x];
  return difference(pixels.data, [a, x > 1 ? a - 1 : a], [b, x + 1 < width ? b + 1 : b]);
}

type Pair = readonly [number, number];
function difference(data: Uint8ClampedArray, [a, a2]: Pair, [b, b2]: Pair): number {
  let most = 0;
  for (let channel = 0; channel < 3; channel += 1) {
    const one = data[4 * a + channel]! + data[4 * a2 + channel]!;
    const other = data[4 * b + channel]! + data[4 * b2 + channel]!;
    most = Math.max(most, Math.abs(one - other));
  }
  return most >> 1;
}
