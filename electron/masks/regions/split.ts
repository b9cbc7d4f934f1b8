// Cutting a mask by a line: the parts on both sides, and nothing is lost between them.
import type { RleMask } from '../../api/types.ts';
import { cropOf, packCrop } from '../runs/window.ts';
import { labelCrop } from './cropLabels.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/**
 * Cuts by a polyline of image points. Pixels under the line go to the nearest part, so that the parts
 * together are the mask. One mask back = the line does not part it.
 */
export function splitByLine(mask: RleMask, line: readonly Point[]): RleMask[] {
  const crop = cropOf(mask);
  if (crop.width === 0 || line.length < 2) return [mask];
  const cut = new Uint8Array(crop.bits);
  for (let i = 0; i + 1 < line.length; i += 1)
    walkLine(line[i]!, line[i + 1]!, (x, y) => {
      const px = x - crop.x;
      const py = y - crop.y;
      if (px >= 0 && py >= 0 && px < crop.width && py < crop.height) cut[py * crop.width + px] = 0;
    });
  const before = labelCrop(crop).count;
  const { labels, count: apart } = labelCrop({ ...crop, bits: cut });
  if (apart <= before) return [mask];
  spread(labels, crop.bits, crop.width, crop.height);
  // Islands that lie under the line as a whole touch no part: each stays one by itself.
  const covered = crop.bits.map((bit, at) => (bit === 1 && labels[at] === 0 ? 1 : 0));
  const islands = labelCrop({ ...crop, bits: covered });
  islands.labels.forEach((label, at) => {
    if (label !== 0) labels[at] = apart + label;
  });
  const count = apart + islands.count;
  const parts: { mask: RleMask; area: number }[] = [];
  for (let label = 1; label <= count; label += 1) {
    const bits = new Uint8Array(labels.length);
    let area = 0;
    for (let i = 0; i < labels.length; i += 1)
      if (labels[i] === label) {
        bits[i] = 1;
        area += 1;
      }
    if (area > 0) parts.push({ mask: packCrop({ ...crop, bits }, mask.width, mask.height), area });
  }
  return parts.sort((a, b) => b.area - a.area).map((part) => part.mask);
}

/** Every pixel that the segment passes, 4-connected, so that no diagonal gap stays open. */
function walkLine(from: Point, to: Point, visit: (x: number, y: number) => void): void {
  let x = Math.floor(from.x);
  let y = Math.floor(from.y);
  const endX = Math.floor(to.x);
  const endY = Math.floor(to.y);
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  const stepX = Math.sign(dx);
  const stepY = Math.sign(dy);
  let nextX = dx === 0 ? Infinity : ((stepX > 0 ? x + 1 : x) - from.x) / dx;
  let nextY = dy === 0 ? Infinity : ((stepY > 0 ? y + 1 : y) - from.y) / dy;
  visit(x, y);
  // The count of steps is known, so rounding can never make this endless.
  for (let left = Math.abs(endX - x) + Math.abs(endY - y); left > 0; left -= 1) {
    if (nextX <= nextY && x !== endX) {
      x += stepX;
      nextX += Math.abs(1 / dx);
    } else if (y !== endY) {
      y += stepY;
      nextY += Math.abs(1 / dy);
    } else {
      x += stepX;
      nextX += Math.abs(1 / dx);
    }
    visit(x, y);
  }
}

/** Gives unlabelled mask pixels to the label that reaches them first (breadth first). In place. */
function spread(labels: Int32Array, bits: Uint8Array, width: number, height: number): void {
  let front: number[] = [];
  for (let at = 0; at < labels.length; at += 1) if (labels[at] !== 0) front.push(at);
  while (front.length > 0) {
    const next: number[] = [];
    for (const at of front) {
      const x = at % width;
      const reach = (to: number) => {
        if (bits[to] === 1 && labels[to] === 0) {
          labels[to] = labels[at]!;
          next.push(to);
        }
      };
      if (x > 0) reach(at - 1);
      if (x < width - 1) reach(at + 1);
      if (at >= width) reach(at - width);
      if (at < width * (height - 1)) reach(at + width);
    }
    front = next;
  }
}
