// Polygons to pixels: a pixel belongs to a polygon when its centre does (even-odd).
import type { RleMask } from '../../api/types.ts';
import { packCrop } from '../runs/window.ts';

/** Fills rings (x, y pairs in image pixels, even-odd over all of them) into a mask. */
export function fillRings(
  rings: readonly ArrayLike<number>[],
  imageWidth: number,
  imageHeight: number,
): RleMask {
  let left = Infinity;
  let top = Infinity;
  let right = -Infinity;
  let bottom = -Infinity;
  for (const ring of rings)
    for (let i = 0; i < ring.length; i += 2) {
      left = Math.min(left, ring[i]!);
      right = Math.max(right, ring[i]!);
      top = Math.min(top, ring[i + 1]!);
      bottom = Math.max(bottom, ring[i + 1]!);
    }
  const x = Math.max(0, Math.floor(left));
  const y = Math.max(0, Math.floor(top));
  const width = Math.max(0, Math.min(imageWidth, Math.ceil(right)) - x);
  const height = Math.max(0, Math.min(imageHeight, Math.ceil(bottom)) - y);
  const bits = new Uint8Array(Number.isFinite(width * height) ? width * height : 0);
  if (bits.length === 0)
    return packCrop({ x: 0, y: 0, width: 0, height: 0, bits }, imageWidth, imageHeight);
  const crossings: number[] = [];
  for (let row = 0; row < height; row += 1) {
    const centre = y + row + 0.5;
    crossings.length = 0;
    for (const ring of rings) collectCrossings(ring, centre, crossings);
    crossings.sort((a, b) => a - b);
    for (let i = 0; i + 1 < crossings.length; i += 2) {
      const from = Math.max(0, Math.ceil(crossings[i]! - 0.5) - x);
      const to = Math.min(width, Math.ceil(crossings[i + 1]! - 0.5) - x);
      if (to > from) bits.fill(1, row * width + from, row * width + to);
    }
  }
  return packCrop({ x, y, width, height, bits }, imageWidth, imageHeight);
}

function collectCrossings(ring: ArrayLike<number>, y: number, into: number[]): void {
  const count = ring.length / 2;
  for (let i = 0; i < count; i += 1) {
    const j = (i + 1) % count;
    const y0 = ring[2 * i + 1]!;
    const y1 = ring[2 * j + 1]!;
    if (y0 <= y === y1 <= y) continue;
    into.push(ring[2 * i]! + ((y - y0) / (y1 - y0)) * (ring[2 * j]! - ring[2 * i]!));
  }
}
