// Image files for tests, written byte by byte where no encoder makes them: BMP of every depth,
// TIFF of every sample type, PNG with any claimed size.
import { crc32, deflateSync } from 'node:zlib';

/** A baseline TIFF: one strip, uncompressed, little endian; samples [height, width, channels]. */
export function tiff(
  samples: Uint8Array | Uint16Array | Int16Array | Float32Array | Float64Array,
  size: { width: number; height: number; channels: number },
  orientation = 1,
): Uint8Array {
  const bits = samples.BYTES_PER_ELEMENT * 8;
  const sampleFormat =
    samples instanceof Float32Array || samples instanceof Float64Array
      ? 3
      : samples instanceof Int16Array
        ? 2
        : 1;
  const tags: [tag: number, value: number][] = [
    [256, size.width],
    [257, size.height],
    [258, bits],
    [259, 1],
    [262, size.channels >= 3 ? 2 : 1],
    [273, 0],
    [274, orientation],
    [277, size.channels],
    [278, size.height],
    [279, samples.byteLength],
    [284, 1],
    [339, sampleFormat],
  ];
  const arrays = 8 + 2 + tags.length * 12 + 4;
  const pixels = arrays + size.channels * 4;
  const file = new Uint8Array(pixels + samples.byteLength);
  const view = new DataView(file.buffer);
  file.set([0x49, 0x49, 42, 0, 8, 0, 0, 0]);
  view.setUint16(8, tags.length, true);
  tags.forEach(([tag, value], index) => {
    const at = 10 + index * 12;
    const perChannel = (tag === 258 || tag === 339) && size.channels > 2;
    const long = perChannel || tag === 273 || tag === 279;
    view.setUint16(at, tag, true);
    view.setUint16(at + 2, perChannel ? 3 : long ? 4 : 3, true);
    view.setUint32(at + 4, tag === 258 || tag === 339 ? size.channels : 1, true);
    const place = tag === 339 ? arrays + size.channels * 2 : arrays;
    view.setUint32(at + 8, perChannel ? place : tag === 273 ? pixels : value, true);
    if (perChannel)
      for (let c = 0; c < size.channels; c++) view.setUint16(place + c * 2, value, true);
  });
  file.set(new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength), pixels);
  return file;
}

/** A PNG that claims a size; its one IDAT holds `rows` rows of black 8-bit RGB. */
export function png(width: number, height: number, rows = height): Uint8Array {
  const chunk = (type: string, data: Uint8Array): Buffer => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const head = Buffer.alloc(4);
    head.writeUInt32BE(data.length);
    const check = Buffer.alloc(4);
    check.writeUInt32BE(crc32(body));
    return Buffer.concat([head, body, check]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return new Uint8Array(
    Buffer.concat([
      Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
      chunk('IHDR', header),
      chunk('IDAT', deflateSync(Buffer.alloc(rows * (1 + width * 3)))),
      chunk('IEND', Buffer.alloc(0)),
    ]),
  );
}

export interface BmpParts {
  readonly width: number;
  /** Negative: first row on top. */
  readonly height: number;
  readonly bits: number;
  readonly compression?: number;
  /** BGR0 entries. */
  readonly palette?: readonly (readonly [number, number, number, number])[];
  /** Red, green, blue masks; written after the header. */
  readonly masks?: readonly [number, number, number];
  readonly pixels: readonly number[];
}

/** A bitmap with the 40-byte header. */
export function bmp({
  width,
  height,
  bits,
  compression = 0,
  palette = [],
  masks,
  pixels,
}: BmpParts): Uint8Array {
  const after = (masks ? 12 : 0) + palette.length * 4;
  const at = 54 + after;
  const file = new Uint8Array(at + pixels.length);
  const view = new DataView(file.buffer);
  file.set([0x42, 0x4d]);
  view.setUint32(2, file.length, true);
  view.setUint32(10, at, true);
  view.setUint32(14, 40, true);
  view.setInt32(18, width, true);
  view.setInt32(22, height, true);
  view.setUint16(26, 1, true);
  view.setUint16(28, bits, true);
  view.setUint32(30, compression, true);
  view.setUint32(46, palette.length, true);
  masks?.forEach((mask, index) => view.setUint32(54 + index * 4, mask, true));
  palette.forEach((entry, index) => file.set(entry, 54 + index * 4));
  file.set(pixels, at);
  return file;
}
