// Parts and holes of a mask: connected components by their runs.
import type { RleMask } from '../api/types.ts';
import { cropOf, packCrop, type Crop } from './window.ts';
import { ringsOf } from './contour.ts';

/** 4-connected parts as masks, largest first. */
export function partsOf(mask: RleMask): RleMask[] {
  const crop = cropOf(mask);
  const { labels, count } = labelCrop(crop);
  const parts: { mask: RleMask; area: number }[] = [];
  const boxes = boxesOf(labels, crop, count);
  for (let label = 1; label <= count; label += 1) {
    const [x0, y0, x1, y1, area] = boxes[label]!;
    const width = x1 - x0 + 1;
    const height = y1 - y0 + 1;
    const bits = new Uint8Array(width * height);
    for (let y = 0; y < height; y += 1)
      for (let x = 0; x < width; x += 1)
        if (labels[(y + y0) * crop.width + x + x0] === label) bits[y * width + x] = 1;
    const part = { x: crop.x + x0, y: crop.y + y0, width, height, bits };
    parts.push({ mask: packCrop(part, mask.width, mask.height), area });
  }
  return parts.sort((a, b) => b.area - a.area).map((part) => part.mask);
}

/** Number of parts and of holes, from the outlines alone. */
export function countParts(mask: RleMask): { parts: number; holes: number } {
  const rings = ringsOf(mask);
  const holes = rings.filter((ring) => ring.hole).length;
  return { parts: rings.length - holes, holes };
}

/** Labels of the set pixels of a crop: 1..count, 0 = background. 4-connected. */
export function labelCrop(crop: Crop): { labels: Int32Array; count: number } {
  const { width, height, bits } = crop;
  const labels = new Int32Array(width * height);
  const stack: number[] = [];
  let count = 0;
  for (let start = 0; start < bits.length; start += 1) {
    if (bits[start] !== 1 || labels[start] !== 0) continue;
    count += 1;
    labels[start] = count;
    stack.push(start);
    while (stack.length > 0) {
      const at = stack.pop()!;
      const x = at % width;
      const visit = (next: number) => {
        if (bits[next] === 1 && labels[next] === 0) {
          labels[next] = count;
          stack.push(next);
        }
      };
      if (x > 0) visit(at - 1);
      if (x < width - 1) visit(at + 1);
      if (at >= width) visit(at - width);
      if (at < width * (height - 1)) visit(at + width);
    }
  }
  return { labels, count };
}

function boxesOf(
  labels: Int32Array,
  crop: Crop,
  count: number,
): [number, number, number, number, number][] {
  const boxes = Array.from({ length: count + 1 }, (): [number, number, number, number, number] => [
    crop.width,
    crop.height,
    -1,
    -1,
    0,
  ]);
  for (let at = 0; at < labels.length; at += 1) {
    const label = labels[at]!;
    if (label === 0) continue;
    const box = boxes[label]!;
    const x = at % crop.width;
    const y = (at - x) / crop.width;
    if (x < box[0]) box[0] = x;
    if (y < box[1]) box[1] = y;
    if (x > box[2]) box[2] = x;
    if (y > box[3]) box[3] = y;
    box[4] += 1;
  }
  return boxes;
}

/** The mask with its holes filled; with a point, only the hole that holds it. */
export function fillHoles(mask: RleMask, at: { x: number; y: number } | null = null): RleMask {
  const inner = cropOf(mask);
  if (inner.width === 0) return mask;
  // One background pixel around makes everything outside one region.
  const width = inner.width + 2;
  const height = inner.height + 2;
  const bits = new Uint8Array(width * height);
  for (let y = 0; y < inner.height; y += 1)
    for (let x = 0; x < inner.width; x += 1)
      bits[(y + 1) * width + x + 1] = inner.bits[y * inner.width + x] === 1 ? 0 : 1;
  for (let x = 0; x < width; x += 1) bits[x] = bits[(height - 1) * width + x] = 1;
  for (let y = 0; y < height; y += 1) bits[y * width] = bits[y * width + width - 1] = 1;
  const background = { x: inner.x - 1, y: inner.y - 1, width, height, bits };
  const { labels } = labelCrop(background);
  const outside = labels[0]!;
  let only = 0;
  if (at) {
    const px = at.x - background.x;
    const py = at.y - background.y;
    only = px >= 0 && py >= 0 && px < width && py < height ? labels[py * width + px]! : 0;
    if (only === 0 || only === outside) return mask;
  }
  const filled = new Uint8Array(inner.bits);
  for (let y = 0; y < inner.height; y += 1)
    for (let x = 0; x < inner.width; x += 1) {
      const label = labels[(y + 1) * width + x + 1]!;
      if (label !== 0 && label !== outside && (only === 0 || label === only))
        filled[y * inner.width + x] = 1;
    }
  return packCrop({ ...inner, bits: filled }, mask.width, mask.height);
}
