// Windows bitmaps, which libvips as shipped does not read: 1 to 32 bits per pixel, palettes,
// bit fields and run lengths. Every offset is checked before it is used.
import { checkSize, ImageError } from '../imageError.ts';

interface BmpHeader {
  readonly width: number;
  readonly height: number;
  readonly topDown: boolean;
  readonly bits: number;
  readonly compression: number;
  readonly pixelsAt: number;
  readonly palette: Uint8Array;
  /** Red, green and blue masks for 16 and 32 bits. */
  readonly masks: readonly [number, number, number];
}

const RGB = 0;
const RLE8 = 1;
const RLE4 = 2;
const BITFIELDS = 3;
const ALPHA_BITFIELDS = 6;

/** Size without decoding. Throws ImageError. */
export function bmpSize(bytes: Uint8Array): { width: number; height: number } {
  const { width, height } = readHeader(bytes);
  return { width, height };
}

/** Row-major RGB [height, width, 3]; transparency is ignored. Throws ImageError. */
export function decodeBmp(
  bytes: Uint8Array,
  maxPixels: number,
): { width: number; height: number; rgb: Uint8Array } {
  const header = readHeader(bytes);
  const { width, height, bits, compression, topDown } = header;
  checkSize(width, height, maxPixels);
  const rgb = new Uint8Array(width * height * 3);
  const target = (row: number): number => (topDown ? row : height - 1 - row) * width * 3;
  if (compression === RLE8 || compression === RLE4) {
    const indices = expandRuns(bytes, header);
    for (let row = 0; row < height; row++)
      for (let x = 0; x < width; x++)
        putColour(rgb, target(row) + x * 3, header.palette, indices[row * width + x] as number);
    return { width, height, rgb };
  }
  const stride = Math.floor((bits * width + 31) / 32) * 4;
  if (header.pixelsAt + stride * height > bytes.length)
    throw damaged(
      `${stride * height} bytes of pixels`,
      `${Math.max(0, bytes.length - header.pixelsAt)}; the file is cut short`,
    );
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const fields = header.masks.map(field);
  for (let row = 0; row < height; row++) {
    const line = header.pixelsAt + row * stride;
    let to = target(row);
    for (let x = 0; x < width; x++, to += 3) {
      if (bits <= 8) {
        const byte = bytes[line + ((x * bits) >> 3)] as number;
        const index = (byte >> (8 - bits - ((x * bits) & 7))) & ((1 << bits) - 1);
        putColour(rgb, to, header.palette, index);
      } else if (bits === 24) {
        const from = line + x * 3;
        rgb[to] = bytes[from + 2] as number;
        rgb[to + 1] = bytes[from + 1] as number;
        rgb[to + 2] = bytes[from] as number;
      } else {
        const value =
          bits === 16 ? view.getUint16(line + x * 2, true) : view.getUint32(line + x * 4, true);
        fields.forEach((read, channel) => (rgb[to + channel] = read(value)));
      }
    }
  }
  return { width, height, rgb };
}

function readHeader(bytes: Uint8Array): BmpHeader {
  if (bytes.length < 26) throw damaged('at least 26 bytes', String(bytes.length));
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const size = view.getUint32(14, true);
  const core = size === 12;
  if (!core && (size < 40 || size > 124))
    throw damaged('a header of 12 or 40-124 bytes', String(size));
  if (bytes.length < 14 + size) throw damaged(`${14 + size} bytes of header`, String(bytes.length));
  const width = core ? view.getUint16(18, true) : view.getInt32(18, true);
  const signed = core ? view.getUint16(20, true) : view.getInt32(22, true);
  const bits = view.getUint16(core ? 24 : 28, true);
  const compression = core ? RGB : view.getUint32(30, true);
  const pixelsAt = view.getUint32(10, true);
  const height = Math.abs(signed);
  checkSize(width, height, Number.MAX_SAFE_INTEGER);
  const allowed: Readonly<Record<number, readonly number[]>> = {
    [RGB]: [1, 2, 4, 8, 16, 24, 32],
    [RLE8]: [8],
    [RLE4]: [4],
    [BITFIELDS]: [16, 32],
    [ALPHA_BITFIELDS]: [16, 32],
  };
  if (!allowed[compression]?.includes(bits))
    throw new ImageError(
      'IMAGE_UNSUPPORTED',
      `expected a bitmap of 1 to 32 bits in a known compression, found ${bits} bits in compression ${compression}; save it as PNG`,
    );
  const masked = compression === BITFIELDS || compression === ALPHA_BITFIELDS;
  // Masks stand inside longer headers and right after the 40-byte one: the same place.
  if (masked && bytes.length < 66)
    throw damaged('66 bytes with colour masks', String(bytes.length));
  const masks = masked
    ? ([54, 58, 62].map((at) => view.getUint32(at, true)) as [number, number, number])
    : bits === 16
      ? ([0x7c00, 0x03e0, 0x001f] as const)
      : ([0xff0000, 0x00ff00, 0x0000ff] as const);
  const paletteAt = 14 + size;
  const entry = core ? 3 : 4;
  const named = core ? 0 : view.getUint32(46, true);
  const colours = bits <= 8 ? Math.min(named === 0 ? 1 << bits : named, 1 << bits) : 0;
  if (paletteAt + colours * entry > bytes.length)
    throw damaged(`a palette of ${colours} colours`, 'fewer; the file is cut short');
  const palette = new Uint8Array(256 * 3);
  for (let i = 0; i < colours; i++)
    for (let channel = 0; channel < 3; channel++)
      palette[i * 3 + channel] = bytes[paletteAt + i * entry + 2 - channel] as number;
  return { width, height, topDown: signed < 0, bits, compression, pixelsAt, palette, masks };
}

/** Palette indices [height, width], bottom row first, of RLE4 and RLE8 pixels; gaps are index 0. */
function expandRuns(bytes: Uint8Array, header: BmpHeader): Uint8Array {
  const { width, height, bits, pixelsAt } = header;
  const indices = new Uint8Array(width * height);
  let x = 0;
  let y = 0;
  let at = pixelsAt;
  const next = (): number => {
    const byte = bytes[at++];
    if (byte === undefined) throw damaged('an end-of-bitmap mark', 'the end of the file');
    return byte;
  };
  const put = (index: number): void => {
    if (x < width && y < height) indices[y * width + x] = index;
    x++;
  };
  while (y < height) {
    const count = next();
    const value = next();
    if (count > 0)
      for (let i = 0; i < count; i++)
        put(bits === 8 ? value : i % 2 === 0 ? value >> 4 : value & 15);
    else if (value === 0) {
      x = 0;
      y++;
    } else if (value === 1) break;
    else if (value === 2) {
      x += next();
      y += next();
    } else {
      let byte = 0;
      for (let i = 0; i < value; i++) {
        if (bits === 8 || i % 2 === 0) byte = next();
        put(bits === 8 ? byte : i % 2 === 0 ? byte >> 4 : byte & 15);
      }
      // Literal runs are padded to an even number of bytes.
      const used = bits === 8 ? value : Math.ceil(value / 2);
      if (used % 2 === 1) next();
    }
  }
  return indices;
}

/** Reads one colour out of a packed pixel, scaled to 0-255. */
function field(mask: number): (value: number) => number {
  if (mask === 0) return () => 0;
  const shift = 31 - Math.clz32(mask & -mask);
  const highest = mask >>> shift;
  return (value) => Math.round((((value & mask) >>> shift) / highest) * 255);
}

function putColour(rgb: Uint8Array, to: number, palette: Uint8Array, index: number): void {
  rgb[to] = palette[index * 3] as number;
  rgb[to + 1] = palette[index * 3 + 1] as number;
  rgb[to + 2] = palette[index * 3 + 2] as number;
}

const damaged = (expected: string, found: string): ImageError =>
  new ImageError('IMAGE_DAMAGED', `expected ${expected} in the bitmap, found ${found}`, {
    data: { format: 'BMP', reason: `expected ${expected}, found ${found}` },
  });
