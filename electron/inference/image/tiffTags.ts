// The few facts of a TIFF that the decoder does not tell: GDAL's "no data" value and signed samples.
// Only the first directory is looked at; everything in it is untrusted.

const SAMPLE_FORMAT = 339;
const GDAL_NODATA = 42113;
const SIGNED = 2;
const UNSIGNED = 1;
const MAX_ENTRIES = 4096;
const MAX_TEXT = 64;

export interface TiffFacts {
  /** Value of pixels that were not measured; null where the file names none. */
  readonly noData: number | null;
  /** Where the file says that its samples are signed: offsets of 16-bit words, and their byte order. */
  readonly signedAt: readonly number[];
  readonly isLittleEndian: boolean;
}

interface Entry {
  readonly tag: number;
  readonly type: number;
  readonly count: number;
  /** Where the values stand, in the entry or elsewhere. */
  readonly at: number;
}

/** Facts that the file states; none for a directory that makes no sense. */
export function tiffFacts(bytes: Uint8Array): TiffFacts {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isLittleEndian = bytes[0] === 0x49;
  let noData: number | null = null;
  const signedAt: number[] = [];
  try {
    for (const { tag, type, count, at } of entriesOf(view, isLittleEndian)) {
      if (tag === GDAL_NODATA && type === 2) {
        const text = Buffer.from(bytes.subarray(at, at + Math.min(count, MAX_TEXT)));
        const value = Number.parseFloat(text.toString('latin1'));
        noData = Number.isNaN(value) ? null : value;
      }
      if (tag === SAMPLE_FORMAT && type === 3)
        for (let i = 0; i < Math.min(count, MAX_ENTRIES); i++)
          if (view.getUint16(at + 2 * i, isLittleEndian) === SIGNED) signedAt.push(at + 2 * i);
    }
  } catch (error) {
    // A directory that leads out of the file: the decoder has its own words for that.
    if (!(error instanceof RangeError)) throw error;
  }
  return { noData, signedAt, isLittleEndian };
}

/** The same file whose samples are said to be unsigned: the decoder cuts signed ones off at 0. */
export function asUnsigned(bytes: Uint8Array, facts: TiffFacts): Uint8Array {
  const copy = new Uint8Array(bytes);
  const view = new DataView(copy.buffer);
  for (const at of facts.signedAt) view.setUint16(at, UNSIGNED, facts.isLittleEndian);
  return copy;
}

function* entriesOf(view: DataView, little: boolean): Generator<Entry> {
  const isBig = view.getUint16(2, little) === 43;
  const wide = (at: number) => Number(view.getBigUint64(at, little));
  const start = isBig ? wide(8) : view.getUint32(4, little);
  const entries = isBig ? wide(start) : view.getUint16(start, little);
  const [first, step] = isBig ? [start + 8, 20] : [start + 2, 12];
  for (let i = 0; i < Math.min(entries, MAX_ENTRIES); i++) {
    const at = first + i * step;
    const type = view.getUint16(at + 2, little);
    const count = isBig ? wide(at + 4) : view.getUint32(at + 4, little);
    const place = at + (isBig ? 12 : 8);
    const size = count * (type === 3 ? 2 : 1);
    // Only bytes, text and short numbers are asked for.
    if (type > 3) continue;
    const inline = size <= (isBig ? 8 : 4);
    yield {
      tag: view.getUint16(at, little),
      type,
      count,
      at: inline ? place : isBig ? wide(place) : view.getUint32(place, little),
    };
  }
}
