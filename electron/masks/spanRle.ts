// Masks as column-major run lengths (COCO's order): area, box, point test and set operations
// without ever unpacking the image. Cost follows the number of runs, not of pixels.
import type { Box, RleMask } from '../api/types.ts';

/** A mask with no pixel. */
export function emptyMask(width: number, height: number): RleMask {
  return { width, height, counts: Uint32Array.of(width * height) };
}

/** Pixels set. */
export function areaOf(mask: RleMask): number {
  let area = 0;
  for (let i = 1; i < mask.counts.length; i += 2) area += mask.counts[i]!;
  return area;
}

/** Smallest box around the set pixels; [0, 0, 0, 0] when there is none. */
export function boxOf(mask: RleMask): Box {
  const { width, height, counts } = mask;
  let left = width;
  let right = -1;
  let top = height;
  let bottom = -1;
  let at = 0;
  for (let i = 0; i < counts.length; i += 1) {
    const run = counts[i]!;
    if (i % 2 === 1 && run > 0) {
      const first = Math.floor(at / height);
      const last = Math.floor((at + run - 1) / height);
      left = Math.min(left, first);
      right = Math.max(right, last);
      if (first !== last) {
        // A run over a column's end touches both edges.
        top = 0;
        bottom = height - 1;
      } else {
        top = Math.min(top, at % height);
        bottom = Math.max(bottom, (at + run - 1) % height);
      }
    }
    at += run;
  }
  return right < 0 ? [0, 0, 0, 0] : [left, top, right - left + 1, bottom - top + 1];
}

/** Is the pixel (x, y) set? Whole pixels; outside the image = no. */
export function contains(mask: RleMask, x: number, y: number): boolean {
  if (x < 0 || y < 0 || x >= mask.width || y >= mask.height) return false;
  const target = x * mask.height + y;
  let at = 0;
  for (let i = 0; i < mask.counts.length; i += 1) {
    at += mask.counts[i]!;
    if (target < at) return i % 2 === 1;
  }
  return false;
}

export type SetOperation = 'union' | 'subtract' | 'intersect';

/** Both masks must have one size. */
export function combine(a: RleMask, b: RleMask, operation: SetOperation): RleMask {
  if (a.width !== b.width || a.height !== b.height)
    throw new RangeError(
      `masks differ in size: ${a.width} x ${a.height} and ${b.width} x ${b.height}`,
    );
  const out = new RunWriter();
  const total = a.width * a.height;
  let ia = 0;
  let ib = 0;
  let leftA = a.counts[0] ?? total;
  let leftB = b.counts[0] ?? total;
  let at = 0;
  while (at < total) {
    while (leftA === 0 && ia < a.counts.length) leftA = a.counts[++ia] ?? total - at;
    while (leftB === 0 && ib < b.counts.length) leftB = b.counts[++ib] ?? total - at;
    const step = Math.min(leftA, leftB, total - at);
    const inA = ia % 2 === 1;
    const inB = ib % 2 === 1;
    const on =
      operation === 'union' ? inA || inB : operation === 'subtract' ? inA && !inB : inA && inB;
    out.add(on, step);
    leftA -= step;
    leftB -= step;
    at += step;
  }
  return { width: a.width, height: a.height, counts: out.finish() };
}

/** Union of many; an empty list is an empty mask. */
export function unionAll(masks: readonly RleMask[], width: number, height: number): RleMask {
  // Pairwise like a tournament: every run is copied log n times instead of n times.
  let round = [...masks];
  while (round.length > 1) {
    const next: RleMask[] = [];
    for (let i = 0; i < round.length; i += 2) {
      const right = round[i + 1];
      next.push(right ? combine(round[i]!, right, 'union') : round[i]!);
    }
    round = next;
  }
  return round[0] ?? emptyMask(width, height);
}

/** Collects runs in order and joins equal neighbours. Starts with a background run. */
export class RunWriter {
  #counts = new Uint32Array(256);
  #length = 1;
  #on = false;

  add(on: boolean, length: number): void {
    if (length === 0) return;
    if (on !== this.#on) {
      if (this.#length === this.#counts.length) {
        const larger = new Uint32Array(this.#counts.length * 2);
        larger.set(this.#counts);
        this.#counts = larger;
      }
      this.#length += 1;
      this.#on = on;
      this.#counts[this.#length - 1] = 0;
    }
    this.#counts[this.#length - 1]! += length;
  }

  /** Exact-size counts; the writer must not be used again. */
  finish(): Uint32Array {
    return this.#counts.slice(0, this.#length);
  }
}
