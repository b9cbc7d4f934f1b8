// PNG files whose numbers mean classes: the palette index of every pixel is kept as it is. (Image
// libraries requantise palettes and give no control over the order.)
import { crc32, deflate } from 'node:zlib';
import { promisify } from 'node:util';

const deflateAsync = promisify(deflate);
const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

export type PngImage =
  /** Palette of [r, g, b] triples, up to 256, with the opacity of its first ones; one index a pixel. */
  | {
      readonly kind: 'palette';
      readonly palette: Uint8Array;
      readonly opacity?: Uint8Array;
      readonly data: Uint8Array;
    }
  /** One number a pixel, 8 or 16 bit. */
  | { readonly kind: 'grey'; readonly data: Uint8Array | Uint16Array }
  /** Three bytes a pixel. */
  | { readonly kind: 'rgb'; readonly data: Uint8Array };

/** The bytes of a PNG file, row-major data of width x height pixels. */
export async function encodePng(
  image: PngImage,
  width: number,
  height: number,
): Promise<Uint8Array> {
  const bits = image.data instanceof Uint16Array ? 16 : 8;
  const bytesPerPixel = image.kind === 'rgb' ? 3 : bits / 8;
  const samples = image.kind === 'rgb' ? 3 : 1;
  if (image.data.length !== width * height * samples)
    throw new RangeError(
      `PNG data holds ${image.data.length} numbers; expected ${width} x ${height} x ${samples}`,
    );
  const stride = width * bytesPerPixel;
  const rows = new Uint8Array((stride + 1) * height);
  for (let y = 0; y < height; y++) {
    // Every row starts with its filter; 0 leaves the numbers as they are.
    const at = y * (stride + 1) + 1;
    if (image.data instanceof Uint16Array)
      for (let x = 0; x < width; x++) {
        const value = image.data[y * width + x]!;
        rows[at + 2 * x] = value >> 8;
        rows[at + 2 * x + 1] = value & 0xff;
      }
    else rows.set(image.data.subarray(y * stride, (y + 1) * stride), at);
  }
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  header[8] = bits;
  header[9] = { grey: 0, rgb: 2, palette: 3 }[image.kind];
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    ...(image.kind === 'palette' ? [chunk('PLTE', image.palette)] : []),
    ...(image.kind === 'palette' && image.opacity ? [chunk('tRNS', image.opacity)] : []),
    chunk('IDAT', await deflateAsync(rows)),
    chunk('IEND', new Uint8Array(0)),
  ]);
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const bytes = Buffer.alloc(data.length + 12);
  bytes.writeUInt32BE(data.length, 0);
  bytes.write(type, 4, 'latin1');
  bytes.set(data, 8);
  bytes.writeUInt32BE(crc32(bytes.subarray(4, data.length + 8)), data.length + 8);
  return bytes;
}
