// Masks as run lengths: runs go down the columns and start with background, as in COCO files.
// Everything here works on runs; a bitmap is made only where the caller asks for one.
import type { RleMask } from '../../api/types.ts';

/** Longest side accepted anywhere, in pixels. */
const MAX_SIDE_PX = 100_000;
/** Most pixels of one mask; 46,000 x 46,000 fits, a size of 10^9 x 10^9 does not. */
const MAX_PIXELS = 2 ** 31 - 1;

/** Corner of a pixel rectangle and its size, all in whole pixels. */
export interface PixelBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Whether both sides are whole numbers within the limits. */
export function isInsideLimits(width: number, height: number): boolean {
  const whole = Number.isInteger(width) && Number.isInteger(height) && width > 0 && height > 0;
  return whole && width <= MAX_SIDE_PX && height <= MAX_SIDE_PX && width * height <= MAX_PIXELS;
}

/** Throws unless both sides are whole numbers within the limits. */
export function checkSize(width: number, height: number): void {
  if (!isInsideLimits(width, height))
    throw new RangeError(
      `mask size ${width} x ${height} px; expected whole sides of 1 to ${MAX_SIDE_PX} px ` +
        `and at most ${MAX_PIXELS} pixels`,
    );
}

/** The mask without a single foreground pixel. */
export function emptyMask(width: number, height: number): RleMask {
  checkSize(width, height);
  return { width, height, counts: Uint32Array.of(width * height) };
}

/**
 * Run lengths from outside, made canonical: no empty run but a leading one.
 * Throws when a run is no whole number or the runs do not add up to width * height.
 */
export function maskFromCounts(counts: ArrayLike<number>, width: number, height: number): RleMask {
  checkSize(width, height);
  const total = width * height;
  let position = 0;
  let isCanonical = true;
  for (let i = 0; i < counts.length; i++) {
    const run = counts[i]!;
    if (!Number.isInteger(run) || run < 0)
      throw new RangeError(`run ${i} is ${run}; expected a whole number of 0 or more`);
    if (run > total - position)
      throw new RangeError(
        `runs reach past ${width} x ${height} = ${total} pixels at run ${i}; is "size" [height, width]?`,
      );
    if (run === 0 && i > 0) isCanonical = false;
    position += run;
  }
  if (position !== total)
    throw new RangeError(
      `runs add up to ${position} pixels; expected ${width} x ${height} = ${total}`,
    );
  if (isCanonical) return { width, height, counts: Uint32Array.from(counts) };
  const runs = new RunWriter();
  position = 0;
  for (let i = 0; i < counts.length; i++) {
    if (i % 2 === 1) runs.add(position, position + counts[i]!);
    position += counts[i]!;
  }
  return runs.mask(width, height);
}

/** Collects foreground runs in ascending order and joins those that touch. */
export class RunWriter {
  #counts = new Uint32Array(16);
  #length = 0;
  #end = 0;

  /** Adds pixels start up to, not including, end (column-major positions). */
  add(start: number, end: number): void {
    if (end <= start) return;
    if (start === this.#end && this.#length > 0) {
      this.#counts[this.#length - 1]! += end - start;
    } else {
      if (this.#length + 2 > this.#counts.length) {
        const larger = new Uint32Array(this.#counts.length * 2);
        larger.set(this.#counts);
        this.#counts = larger;
      }
      this.#counts[this.#length++] = start - this.#end;
      this.#counts[this.#length++] = end - start;
    }
    this.#end = end;
  }

  /** The finished mask; the writer is not used afterwards. */
  mask(width: number, height: number): RleMask {
    const rest = width * height - this.#end;
    const counts = new Uint32Array(this.#length + (rest > 0 || this.#length === 0 ? 1 : 0));
    counts.set(this.#counts.subarray(0, this.#length));
    if (rest > 0) counts[this.#length] = rest;
    return { width, height, counts };
  }
}

/** Number of foreground pixels. */
export function area(mask: RleMask): number {
  let sum = 0;
  for (let i = 1; i < mask.counts.length; i += 2) sum += mask.counts[i]!;
  return sum;
}

/** Whether pixel (x, y) is foreground. */
export function isInside(mask: RleMask, x: number, y: number): boolean {
  if (x < 0 || y < 0 || x >= mask.width || y >= mask.height) return false;
  const position = Math.floor(x) * mask.height + Math.floor(y);
  let end = 0;
  for (let i = 0; i < mask.counts.length; i++) {
    end += mask.counts[i]!;
    if (position < end) return i % 2 === 1;
  }
  return false;
}
