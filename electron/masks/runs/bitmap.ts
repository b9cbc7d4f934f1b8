// Between run lengths and row-major pixels [height, width]: one mask, or a whole label map at once.
// Columns are copied out in blocks, so that a 12,000 px wide map is not read with one cache miss per pixel.
import type { RleMask } from '../../api/types.ts';
import { checkSize, RunWriter } from './rle.ts';

/** Row-major label numbers, one per pixel. */
export type LabelMap = Uint8Array | Uint16Array | Uint32Array | Int32Array;

/** Most pixels that are ever unpacked into one byte each. */
const MAX_UNPACKED_PIXELS = 2 ** 30;
const BLOCK_COLUMNS = 32;

/** Calls `visit(label, start, end)` for every run of equal labels down the columns. */
function forEachRun(
  labels: LabelMap,
  width: number,
  height: number,
  visit: (label: number, start: number, end: number) => void,
): void {
  checkSize(width, height);
  if (labels.length !== width * height)
    throw new RangeError(
      `label map holds ${labels.length} pixels; expected ${width} x ${height} = ${width * height}`,
    );
  const block = new Int32Array(BLOCK_COLUMNS * height);
  let label = labels[0]!;
  let start = 0;
  for (let x0 = 0; x0 < width; x0 += BLOCK_COLUMNS) {
    const columns = Math.min(BLOCK_COLUMNS, width - x0);
    for (let y = 0; y < height; y++) {
      const row = y * width + x0;
      for (let c = 0; c < columns; c++) block[c * height + y] = labels[row + c]!;
    }
    const offset = x0 * height;
    for (let i = 0; i < columns * height; i++) {
      if (block[i] === label) continue;
      visit(label, start, offset + i);
      start = offset + i;
      label = block[i]!;
    }
  }
  visit(label, start, width * height);
}

/** Row-major bitmap (0 = background, anything else = foreground) to runs. */
export function maskFromBitmap(bitmap: Uint8Array, width: number, height: number): RleMask {
  const runs = new RunWriter();
  forEachRun(bitmap, width, height, (label, start, end) => {
    if (label !== 0) runs.add(start, end);
  });
  return runs.mask(width, height);
}

/** One mask per label that occurs, in ascending order of label; labels in `skip` are left out. */
export function masksFromLabelMap(
  labels: LabelMap,
  width: number,
  height: number,
  skip: readonly number[] = [0],
): Map<number, RleMask> {
  const writers = new Map<number, RunWriter>();
  forEachRun(labels, width, height, (label, start, end) => {
    if (skip.includes(label)) return;
    let runs = writers.get(label);
    if (!runs) writers.set(label, (runs = new RunWriter()));
    runs.add(start, end);
  });
  const ascending = [...writers].sort(([a], [b]) => a - b);
  return new Map(ascending.map(([label, runs]) => [label, runs.mask(width, height)]));
}

/** Row-major bitmap [height, width] of 0 and 1. */
export function bitmapFromMask(mask: RleMask): Uint8Array {
  const pixels = mask.width * mask.height;
  if (pixels > MAX_UNPACKED_PIXELS)
    throw new RangeError(
      `a ${mask.width} x ${mask.height} mask is too large to unpack (${MAX_UNPACKED_PIXELS} pixels at most); crop it first`,
    );
  const bitmap = new Uint8Array(pixels);
  paintInPlace(bitmap, mask, 1);
  return bitmap;
}

/**
 * Writes `value` into `labels` (row-major, same size as the mask) wherever the mask is foreground.
 * With `onlyOver` just pixels that hold that value are changed. Returns how many foreground pixels
 * already held another value (`empty` not counted).
 */
export function paintInPlace(
  labels: LabelMap,
  mask: RleMask,
  value: number,
  { onlyOver, empty = 0 }: { onlyOver?: number; empty?: number } = {},
): number {
  const { width, height, counts } = mask;
  if (labels.length !== width * height)
    throw new RangeError(
      `label map holds ${labels.length} pixels; the mask is ${width} x ${height} = ${width * height}`,
    );
  let covered = 0;
  let position = counts[0] ?? 0;
  for (let i = 1; i < counts.length; i += 2) {
    const end = position + counts[i]!;
    let y = position % height;
    let target = y * width + (position - y) / height;
    for (; position < end; position++) {
      const before = labels[target]!;
      if (before !== empty && before !== value) covered++;
      if (onlyOver === undefined || before === onlyOver) labels[target] = value;
      target += width;
      if (++y === height) {
        y = 0;
        target += 1 - width * height;
      }
    }
    position += counts[i + 1] ?? 0;
  }
  return covered;
}
