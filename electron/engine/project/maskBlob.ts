// Masks as they lie in the project file: run lengths, each less the one two before it (rows of a
// shape are alike), as zigzag varints. A typical mask takes one byte per run.
import { AppError } from '../../api/errors.ts';
import type { Box, RleMask } from '../../api/types.ts';

/** Runs -> bytes. The caller stores width and height. */
export function encodeMask(mask: RleMask): Uint8Array {
  const { counts } = mask;
  // A value below 2^32 gives a difference below 2^33: at most five bytes.
  const bytes = new Uint8Array(counts.length * 5);
  let at = 0;
  for (let i = 0; i < counts.length; i += 1) {
    const difference = counts[i]! - (i > 1 ? counts[i - 2]! : 0);
    let rest = difference < 0 ? -difference * 2 - 1 : difference * 2;
    while (rest >= 128) {
      bytes[at] = 128 + (rest % 128);
      at += 1;
      rest = Math.floor(rest / 128);
    }
    bytes[at] = rest;
    at += 1;
  }
  return bytes.slice(0, at);
}

/** Bytes -> runs. Throws PROJECT_DAMAGED when they do not cover exactly width x height. */
export function decodeMask(bytes: Uint8Array, width: number, height: number): RleMask {
  const damaged = (why: string) =>
    new AppError('PROJECT_DAMAGED', `A stored mask of ${width} x ${height} is damaged: ${why}.`);
  // Every run but the first is at least one byte, so the bytes bound the allocation.
  const counts = new Uint32Array(bytes.length);
  let used = 0;
  let total = 0;
  for (let at = 0; at < bytes.length;) {
    let value = 0;
    let scale = 1;
    for (;;) {
      const byte = bytes[at];
      if (byte === undefined) throw damaged('it ends inside a number');
      at += 1;
      value += (byte % 128) * scale;
      if (byte < 128) break;
      scale *= 128;
      if (scale > 2 ** 35) throw damaged('a number is too long');
    }
    const difference = value % 2 === 1 ? -(value + 1) / 2 : value / 2;
    const count = difference + (used > 1 ? counts[used - 2]! : 0);
    if (count < 0 || count > width * height) throw damaged(`a run has length ${count}`);
    counts[used] = count;
    used += 1;
    total += count;
  }
  if (total !== width * height) throw damaged(`its runs cover ${total} pixels`);
  return { width, height, counts: counts.slice(0, used) };
}

/** Set pixels and the smallest box around them, from the runs alone. */
export function measureMask(mask: RleMask): { area: number; box: Box } {
  const { height, counts } = mask;
  let area = 0;
  let position = 0;
  let left = Infinity;
  let right = -1;
  let top = height;
  let bottom = -1;
  for (let i = 0; i < counts.length; i += 1) {
    const count = counts[i]!;
    if (i % 2 === 1 && count > 0) {
      area += count;
      const last = position + count - 1;
      const firstColumn = Math.floor(position / height);
      const lastColumn = Math.floor(last / height);
      left = Math.min(left, firstColumn);
      right = Math.max(right, lastColumn);
      if (firstColumn === lastColumn) {
        top = Math.min(top, position % height);
        bottom = Math.max(bottom, last % height);
      } else {
        // A run over a column's end reaches the bottom row and the next column's top row.
        top = 0;
        bottom = height - 1;
      }
    }
    position += count;
  }
  if (area === 0) return { area: 0, box: [0, 0, 0, 0] };
  return { area, box: [left, top, right - left + 1, bottom - top + 1] };
}
