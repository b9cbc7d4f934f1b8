// Label Studio's own run lengths for brush masks: a bit stream over row-major RGBA bytes, so every
// pixel is four equal numbers. Not COCO's RLE and not CVAT's either.
import type { RleMask } from '../../../../api/types.ts';
import { maskFromBitmap } from '../../../../masks/runs/bitmap.ts';
import { spansOf } from '../../../../masks/runs/spans.ts';
import { checkSize } from '../../../../masks/runs/rle.ts';

const WORD_BITS = 8;
/** How many bits the length of a run may take; two bits choose one of these. */
const SIZES = [3, 4, 8, 16] as const;
const CHANNELS = 4;
const ON = 255;
/** Row-major bits of a mask are made at once; larger masks need another format. */
const MAX_PIXELS = 2 ** 28;

/** The `rle` list of bytes for a brush result. */
export function encodeBrush(mask: RleMask): number[] {
  const bits = new BitWriter();
  const pixels = mask.width * mask.height;
  if (pixels > MAX_PIXELS)
    throw new RangeError(`Label Studio brush masks are written up to ${MAX_PIXELS} pixels`);
  bits.write(pixels * CHANNELS, 32);
  bits.write(WORD_BITS - 1, 5);
  for (const size of SIZES) bits.write(size - 1, 4);
  for (const [length, value] of rowRuns(mask)) {
    for (let left = length * CHANNELS; left > 0;) {
      const run = Math.min(left, 2 ** SIZES[3]);
      const size = SIZES.findIndex((width) => run <= 2 ** width);
      bits.write(1, 1);
      bits.write(size, 2);
      bits.write(run - 1, SIZES[size]!);
      bits.write(value, WORD_BITS);
      left -= run;
    }
  }
  return bits.bytes();
}

/** The mask of a brush result; throws a RangeError when the bytes make no sense. */
export function decodeBrush(bytes: readonly number[], width: number, height: number): RleMask {
  checkSize(width, height);
  const pixels = width * height;
  if (pixels > MAX_PIXELS) throw new RangeError(`is larger than ${MAX_PIXELS} pixels`);
  const bits = new BitReader(bytes);
  const total = bits.read(32);
  if (total !== pixels * CHANNELS)
    throw new RangeError(`holds ${total} numbers; expected ${width} x ${height} x ${CHANNELS}`);
  const word = bits.read(5) + 1;
  const sizes = [bits.read(4) + 1, bits.read(4) + 1, bits.read(4) + 1, bits.read(4) + 1];
  const bitmap = new Uint8Array(pixels);
  for (let at = 0; at < total;) {
    const repeats = bits.read(1) === 1;
    const length = bits.read(sizes[bits.read(2)]!) + 1;
    const end = at + length;
    if (end > total) throw new RangeError('has runs that reach past the image');
    // The alpha channel carries the mask; the other three repeat it.
    if (repeats) {
      const first = Math.ceil((at - CHANNELS + 1) / CHANNELS);
      if (bits.read(word) > 0) bitmap.fill(1, first, Math.floor(end / CHANNELS));
      at = end;
    }
    for (; at < end; at++) {
      const value = bits.read(word);
      if (at % CHANNELS === CHANNELS - 1 && value > 0) bitmap[(at - CHANNELS + 1) / CHANNELS] = 1;
    }
  }
  return maskFromBitmap(bitmap, width, height);
}

/** Runs along the rows: [pixels, value]. */
function* rowRuns(mask: RleMask): Generator<readonly [number, number]> {
  const { width, height } = mask;
  // Start and end of the foreground in every row, sorted by row and then column.
  const spans = spansOf(mask);
  const rows = new Uint8Array(width * height);
  for (let s = 0; s < spans.top.length; s++)
    for (let y = spans.top[s]!; y < spans.bottom[s]!; y++) rows[y * width + spans.column[s]!] = ON;
  let start = 0;
  for (let p = 1; p <= rows.length; p++) {
    if (p < rows.length && rows[p] === rows[start]) continue;
    yield [p - start, rows[start]!];
    start = p;
  }
}

class BitWriter {
  readonly #bytes: number[] = [];
  #current = 0;
  #used = 0;

  write(value: number, bits: number): void {
    for (let bit = bits - 1; bit >= 0; bit--) {
      this.#current = (this.#current << 1) | (Math.floor(value / 2 ** bit) & 1);
      if (++this.#used === 8) this.#flush();
    }
  }

  bytes(): number[] {
    if (this.#used > 0) {
      this.#current <<= 8 - this.#used;
      this.#flush();
    }
    return this.#bytes;
  }

  #flush(): void {
    this.#bytes.push(this.#current);
    this.#current = 0;
    this.#used = 0;
  }
}

class BitReader {
  readonly #bytes: readonly number[];
  #position = 0;

  constructor(bytes: readonly number[]) {
    this.#bytes = bytes;
  }

  read(bits: number): number {
    let value = 0;
    for (let i = 0; i < bits; i++, this.#position++) {
      const byte = this.#bytes[this.#position >> 3];
      if (byte === undefined) throw new RangeError('breaks off in the middle');
      value = value * 2 + ((byte >> (7 - (this.#position & 7))) & 1);
    }
    return value;
  }
}
