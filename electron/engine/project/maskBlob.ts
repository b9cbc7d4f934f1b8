// Masks as they lie in the project file: run lengths, each less the one two before it (rows of a
// shape are alike), as zigzag varints. A typical mask takes one byte per run.
import { AppError } from '../../api/errors.ts';
import type { RleMask } from '../../api/types.ts';

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
  // A run holds a pixel, but for the first, and takes five bytes at most.
  if (bytes.length > 5 * (width * height + 1)) throw damaged('it has more runs than pixels');
  // Every run is at least one byte, so the bytes bound the allocation.
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
      if (scale >= 2 ** 35) throw damaged('a number is too long');
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
