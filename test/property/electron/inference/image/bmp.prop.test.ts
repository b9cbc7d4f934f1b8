// Bitmaps of every depth against pixels that were packed one by one, run lengths with jumps, and refusals to the byte.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bmpSize, decodeBmp } from '../../../../../electron/inference/image/formats/bmp.ts';
import { bmp, type BmpParts } from '../../../../helpers/fixtures/imageFiles.ts';

type Rgb = readonly [number, number, number];
const MOST = 1e6;
const PALETTE = Array.from(
  { length: 256 },
  (_, i) => [(i * 7) % 256, (i * 13 + 5) % 256, (i * 29 + 9) % 256, 0] as const,
);
const colourOf = (index: number): Rgb => {
  const [b, g, r] = PALETTE[index]!;
  return [r, g, b];
};

const sized = fc.record({
  width: fc.integer({ min: 1, max: 11 }),
  height: fc.integer({ min: 1, max: 5 }),
  topDown: fc.boolean(),
  seed: fc.nat(1e6),
});

/** Numbers below `limit`, the same for the same seed. */
const numbers = (count: number, seed: number, limit: number) =>
  Array.from({ length: count }, (_, i) => (((i + 1) * 48271 * (seed + 7)) % 2147483647) % limit);

/** Rows of bytes, each padded to four, last row first unless `topDown`. */
function packed(rows: readonly (readonly number[])[], topDown: boolean): number[] {
  const padded = rows.map((row) => [...row, ...Array<number>((4 - (row.length % 4)) % 4).fill(0)]);
  return (topDown ? padded : padded.toReversed()).flat();
}

const inRows = <T>(list: readonly T[], width: number): T[][] =>
  Array.from({ length: list.length / width }, (_, y) => list.slice(y * width, (y + 1) * width));

function check(parts: BmpParts, expected: readonly Rgb[]): void {
  const file = bmp(parts);
  const image = decodeBmp(file, MOST);
  const size = { width: parts.width, height: Math.abs(parts.height) };
  expect(image).toMatchObject(size);
  expect(bmpSize(file)).toEqual(size);
  expect([...image.rgb]).toEqual(expected.flat());
}

describe('bitmaps', () => {
  it.each([1, 2, 4, 8])('of %i bits read each pixel from its bits', (bits) => {
    fc.assert(
      fc.property(sized, ({ width, height, topDown, seed }) => {
        const indices = numbers(width * height, seed, 1 << bits);
        const rows = inRows(indices, width).map((row) => {
          const bytes = Array<number>(Math.ceil((width * bits) / 8)).fill(0);
          row.forEach((index, x) => {
            bytes[Math.floor((x * bits) / 8)]! |= index << (8 - bits - ((x * bits) % 8));
          });
          return bytes;
        });
        check(
          {
            width,
            height: topDown ? -height : height,
            bits,
            palette: PALETTE.slice(0, 1 << bits),
            pixels: packed(rows, topDown),
          },
          indices.map(colourOf),
        );
      }),
    );
  });

  it('of 24 and 32 bits hold blue, green, red', () => {
    fc.assert(
      fc.property(sized, fc.constantFrom(24, 32), ({ width, height, topDown, seed }, bits) => {
        const colours = inRows(numbers(width * height * 3, seed, 256), 3) as unknown as Rgb[];
        const rows = inRows(colours, width).map((row) =>
          row.flatMap(([r, g, b]) => (bits === 24 ? [b, g, r] : [b, g, r, 77])),
        );
        check(
          {
            width,
            height: topDown ? -height : height,
            bits,
            pixels: packed(rows, topDown),
          },
          colours,
        );
      }),
    );
  });

  it.each([
    ['5, 5 and 5 bits, the usual', undefined, [10, 5, 0], [31, 31, 31]],
    ['5, 6 and 5 bits by their masks', [0xf800, 0x07e0, 0x001f], [11, 5, 0], [31, 63, 31]],
    ['no green at all', [0xff00, 0, 0x00ff], [8, 0, 0], [255, 0, 255]],
  ] as const)('of 16 bits with %s', (_name, masks, shifts, highest) => {
    fc.assert(
      fc.property(sized, ({ width, height, topDown, seed }) => {
        const values = numbers(width * height, seed, 65_536);
        const rows = inRows(values, width).map((row) => row.flatMap((v) => [v & 255, v >> 8]));
        check(
          {
            width,
            height: topDown ? -height : height,
            bits: 16,
            ...(masks ? { masks, compression: 3 } : {}),
            pixels: packed(rows, topDown),
          },
          values.map(
            (value) =>
              shifts.map((shift, i) =>
                highest[i] === 0
                  ? 0
                  : Math.round((255 * ((value >> shift) & highest[i]!)) / highest[i]!),
              ) as unknown as Rgb,
          ),
        );
      }),
    );
  });
});

describe('run lengths', () => {
  const palette = PALETTE.slice(0, 16);
  const decoded = (bits: 4 | 8, width: number, height: number, pixels: number[]) => {
    const { rgb } = decodeBmp(
      bmp({ width, height, bits, compression: bits === 8 ? 1 : 2, palette, pixels }),
      MOST,
    );
    const names = new Map(palette.map((_, i) => [colourOf(i).join(), i.toString(16)]));
    return inRows(inRows([...rgb], 3), width).map((row) =>
      row.map((colour) => names.get(colour.join())).join(''),
    );
  };

  it('of 8 bits: runs, literal bytes with their padding, ends of rows, jumps, an end', () => {
    const pixels = [3, 5, 0, 3, 1, 2, 3, 0, 0, 0, 0, 2, 2, 1, 1, 9, 0, 1];
    // Last row first: a run and a literal; then two to the right and one up.
    expect(decoded(8, 6, 3, pixels)).toEqual(['009000', '000000', '555123']);
  });

  it('of 4 bits: halves in turn, in runs and in literal bytes', () => {
    const pixels = [5, 0x1a, 0, 0, 0, 5, 0x12, 0x34, 0x50, 0, 1, 0x7f, 0, 1];
    expect(decoded(4, 6, 2, pixels)).toEqual(['123457', '1a1a10']);
    // Three literal halves take two bytes: no padding. Two take one: one more is read.
    expect(decoded(4, 6, 1, [0, 3, 0x12, 0x30, 1, 0x90, 0, 1])).toEqual(['123900']);
  });

  it('what leaves the image is dropped and nothing is drawn elsewhere', () => {
    expect(decoded(8, 3, 2, [9, 4, 0, 0, 2, 6, 0, 1])).toEqual(['660', '444']);
    expect(decoded(8, 3, 1, [0, 2, 0, 1, 5, 5, 0, 1])).toEqual(['000']);
    expect(decoded(8, 2, 1, [2, 4, 0, 0])).toEqual(['44']);
  });

  it('that break off are refused', () => {
    expect(() => decoded(8, 3, 2, [3, 4, 0, 0])).toThrow(/end-of-bitmap/);
  });
});

describe('refusals', () => {
  const small = { width: 3, height: 2, bits: 24, pixels: Array<number>(24).fill(1) };

  it('a file is read with its last byte and refused without it', () => {
    expect(decodeBmp(bmp(small), MOST).rgb).toHaveLength(18);
    expect(() => decodeBmp(bmp(small).subarray(0, -1), MOST)).toThrow(
      /expected 24 bytes of pixels in the bitmap, found 23/,
    );
    expect(() => decodeBmp(bmp(small).subarray(0, 54), MOST)).toThrow(/found 0;/);
    expect(() => decodeBmp(new Uint8Array(25), MOST)).toThrow(/at least 26 bytes/);
  });

  it.each([11, 13, 39, 125])('a header of %i bytes is none', (size) => {
    const file = bmp(small);
    new DataView(file.buffer).setUint32(14, size, true);
    expect(() => bmpSize(file)).toThrow(/a header of 12 or 40-124 bytes/);
  });

  it('the old header of 12 bytes has short sizes and a palette of three bytes', () => {
    const file = new Uint8Array(26 + 6 + 8);
    const view = new DataView(file.buffer);
    file.set([0x42, 0x4d]);
    view.setUint32(10, 32, true);
    view.setUint32(14, 12, true);
    [2, 2, 1, 1].forEach((value, i) => view.setUint16(18 + 2 * i, value, true));
    file.set([1, 2, 3, 4, 5, 6], 26);
    file.set([0b01000000, 0, 0, 0, 0b10000000, 0, 0, 0], 32);
    expect([...decodeBmp(file, MOST).rgb]).toEqual([6, 5, 4, 3, 2, 1, 3, 2, 1, 6, 5, 4]);
  });

  it('a header that is longer than the file, and masks beyond its end', () => {
    const file = bmp({ ...small, width: 1, height: 1, pixels: [] });
    new DataView(file.buffer).setUint32(14, 124, true);
    expect(() => bmpSize(file)).toThrow(/138 bytes of header/);
    const masked = bmp({ ...small, bits: 16, masks: [1, 2, 4], compression: 3, pixels: [] });
    expect(() => bmpSize(masked.subarray(0, 65))).toThrow(/66 bytes with colour masks/);
    expect(bmpSize(masked.subarray(0, 66))).toEqual({ width: 3, height: 2 });
  });

  it('a palette that the file has no room for', () => {
    const file = bmp({ width: 1, height: 1, bits: 8, palette: PALETTE.slice(0, 2), pixels: [] });
    expect(bmpSize(file)).toEqual({ width: 1, height: 1 });
    expect(() => bmpSize(file.subarray(0, -1))).toThrow(/a palette of 2 colours/);
  });

  it('more pixels than are read', () => {
    expect(decodeBmp(bmp(small), 6).rgb).toHaveLength(18);
    expect(() => decodeBmp(bmp(small), 5)).toThrow();
  });
});
