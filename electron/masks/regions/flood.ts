// Magic wand: pixels like the seed, connected to it or anywhere.
import type { Crop } from '../runs/window.ts';
import { seedColour, type Seed } from './seedColour.ts';

export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** RGBA, row-major. */
  readonly data: Uint8ClampedArray;
}

/**
 * Pixels whose colour differs from that around the seed by at most `tolerance` (0-255, largest channel).
 * 4-connected to the seed when `contiguous`. The crop is the box of what was found.
 */
export function similarPixels(
  pixels: Pixels,
  seed: Seed,
  tolerance: number,
  contiguous: boolean,
): Crop {
  const { width, height, data } = pixels;
  const start = seed.y * width + seed.x;
  const [r, g, b] = seedColour({ width, height, data, channels: 4 }, seed);
  const like = (at: number) =>
    Math.abs(data[4 * at]! - r) <= tolerance &&
    Math.abs(data[4 * at + 1]! - g) <= tolerance &&
    Math.abs(data[4 * at + 2]! - b) <= tolerance;
  const bits = new Uint8Array(width * height);
  if (!contiguous) {
    for (let at = 0; at < bits.length; at += 1) if (like(at)) bits[at] = 1;
    return { x: 0, y: 0, width, height, bits };
  }
  // Spans instead of single pixels: large even regions cost a push per row, not per pixel.
  const stack = [start];
  while (stack.length > 0) {
    const at = stack.pop()!;
    if (bits[at] === 1) continue;
    const row = at - (at % width);
    let from = at;
    let to = at;
    while (from > row && bits[from - 1] === 0 && like(from - 1)) from -= 1;
    while (to < row + width - 1 && bits[to + 1] === 0 && like(to + 1)) to += 1;
    bits.fill(1, from, to + 1);
    for (const step of [-width, width]) {
      let open = false;
      for (let p = from + step; p <= to + step; p += 1) {
        if (p < 0 || p >= bits.length) break;
        const hit = bits[p] === 0 && like(p);
        if (hit && !open) stack.push(p);
        open = hit;
      }
    }
  }
  return { x: 0, y: 0, width, height, bits };
}
