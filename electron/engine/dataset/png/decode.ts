// Reads PNG files by their raw numbers: palette indices stay indices, 16 bit stays 16 bit.
// Everything in the file is untrusted; sizes are checked before memory is reserved.
import { promisify } from 'node:util';
import { crc32, inflate } from 'node:zlib';

const inflateAsync = promisify(inflate);
const MAX_PNG_PIXELS = 2 ** 28;
const CHANNELS: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
const DEPTHS: Readonly<Record<number, readonly number[]>> = {
  0: [1, 2, 4, 8, 16],
  2: [8, 16],
  3: [1, 2, 4, 8],
  4: [8, 16],
  6: [8, 16],
};

export interface DecodedPng {
  readonly width: number;
  readonly height: number;
  /** Numbers a pixel: 1 grey or palette index, 2 grey and alpha, 3 RGB, 4 RGBA. */
  readonly channels: number;
  /** Row-major, channels together; not scaled, not looked up in the palette. */
  readonly data: Uint8Array | Uint16Array;
  /** [r, g, b] triples; null when the file has no palette. */
  readonly palette: Uint8Array | null;
  /** Opacity of the first palette entries; null when the file has none. */
  readonly opacity: Uint8Array | null;
}

/** Throws a RangeError saying what is wrong with the file. */
export async function decodePng(bytes: Uint8Array): Promise<DecodedPng> {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (file.length < 33 || file.readUInt32BE(0) !== 0x89504e47)
    throw new RangeError('is not a PNG file');
  let header: Buffer | null = null;
  let palette: Uint8Array | null = null;
  let opacity: Uint8Array | null = null;
  const packed: Buffer[] = [];
  let ended = false;
  for (let at = 8; !ended;) {
    const length = at + 12 <= file.length ? file.readUInt32BE(at) : Infinity;
    if (at + 12 + length > file.length) throw new RangeError('breaks off in the middle');
    const type = file.toString('latin1', at + 4, at + 8);
    const data = file.subarray(at + 8, at + 8 + length);
    if (crc32(file.subarray(at + 4, at + 8 + length)) !== file.readUInt32BE(at + 8 + length))
      throw new RangeError(`is damaged: the checksum of ${JSON.stringify(type)} is wrong`);
    if (type === 'IHDR') header = data;
    else if (type === 'PLTE') palette = new Uint8Array(data);
    else if (type === 'tRNS') opacity = new Uint8Array(data);
    else if (type === 'IDAT') packed.push(data);
    else if (type === 'IEND') ended = true;
    at += 12 + length;
  }
  if (!header || header.length !== 13) throw new RangeError('has no header');
  const width = header.readUInt32BE(0);
  const height = header.readUInt32BE(4);
  const depth = header[8]!;
  const channels = CHANNELS[header[9]!];
  if (width === 0 || height === 0 || width * height > MAX_PNG_PIXELS)
    throw new RangeError(`is ${width} x ${height} px; at most ${MAX_PNG_PIXELS} pixels are read`);
  if (channels === undefined || !DEPTHS[header[9]!]!.includes(depth))
    throw new RangeError(
      `has colour type ${header[9]} with ${depth} bits, which PNG does not have`,
    );
  if (header[12] !== 0) throw new RangeError('is interlaced; save it without interlacing');
  const stride = Math.ceil((width * channels * depth) / 8);
  const rows = await inflateAsync(Buffer.concat(packed), {
    maxOutputLength: (stride + 1) * height + 1,
  }).catch((cause: unknown) => {
    throw new RangeError('is damaged: its pixels cannot be unpacked', { cause });
  });
  if (rows.length !== (stride + 1) * height)
    throw new RangeError('is damaged: it holds too few or too many pixels');
  unfilterInPlace(rows, stride, height, Math.max(1, (channels * depth) / 8));
  const data = unpack(rows, { samples: width * channels, height, stride, depth });
  const ofPalette = header[9] === 3;
  return {
    width,
    height,
    channels,
    data,
    palette: ofPalette ? palette : null,
    opacity: ofPalette ? opacity : null,
  };
}

/** Undoes the per-row prediction; the filter bytes stay where they are. */
function unfilterInPlace(rows: Uint8Array, stride: number, height: number, pixel: number): void {
  for (let y = 0; y < height; y++) {
    const at = y * (stride + 1);
    const filter = rows[at]!;
    if (filter === 0) continue;
    if (filter > 4) throw new RangeError(`is damaged: row ${y} has filter ${filter}`);
    for (let i = 1; i <= stride; i++) {
      const left = i > pixel ? rows[at + i - pixel]! : 0;
      const up = y > 0 ? rows[at + i - stride - 1]! : 0;
      const corner = i > pixel && y > 0 ? rows[at + i - pixel - stride - 1]! : 0;
      const guess =
        filter === 1
          ? left
          : filter === 2
            ? up
            : filter === 3
              ? (left + up) >> 1
              : paeth(left, up, corner);
      rows[at + i] = rows[at + i]! + guess;
    }
  }
}

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner;
  const [toLeft, toUp] = [Math.abs(guess - left), Math.abs(guess - up)];
  const toCorner = Math.abs(guess - corner);
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}

/** How the numbers lie in the rows. */
interface Packing {
  /** Numbers a row. */
  readonly samples: number;
  readonly height: number;
  /** Bytes a row, without its filter. */
  readonly stride: number;
  /** Bits a number. */
  readonly depth: number;
}

function unpack(
  rows: Uint8Array,
  { samples, height, stride, depth }: Packing,
): Uint8Array | Uint16Array {
  const data = depth === 16 ? new Uint16Array(samples * height) : new Uint8Array(samples * height);
  const mask = (1 << depth) - 1;
  for (let y = 0; y < height; y++) {
    const at = y * (stride + 1) + 1;
    const to = y * samples;
    if (depth === 8) data.set(rows.subarray(at, at + samples), to);
    else if (depth === 16)
      for (let i = 0; i < samples; i++)
        data[to + i] = (rows[at + 2 * i]! << 8) | rows[at + 2 * i + 1]!;
    else
      for (let i = 0; i < samples; i++) {
        const bit = i * depth;
        data[to + i] = (rows[at + (bit >> 3)]! >> (8 - depth - (bit & 7))) & mask;
      }
  }
  return data;
}
