// Files to oriented RGB: every format, orientation, sample type, and everything that is refused.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, describe, expect, test } from 'vitest';
import { decodeImage, imageInfo } from '../../../../../electron/inference/image/decode.ts';
import { randomFrom } from '../../../../helpers/fixtures/random.ts';
import { bmp, png, tiff } from '../../../../helpers/fixtures/imageFiles.ts';

const folder = mkdtempSync(join(tmpdir(), 'decode-'));
afterAll(() => rmSync(folder, { recursive: true }));

const WIDTH = 6;
const HEIGHT = 4;
const rgb = Uint8Array.from({ length: WIDTH * HEIGHT * 3 }, (_, at) => (at * 53) % 256);
const raw = () => sharp(rgb, { raw: { width: WIDTH, height: HEIGHT, channels: 3 } });
const refusal = (code: string, message: RegExp) =>
  expect.objectContaining({ code, message: expect.stringMatching(message) });

describe('a file that was cut', () => {
  const [width, height] = [640, 480];
  const random = randomFrom(7);
  const noise = Uint8Array.from({ length: width * height * 3 }, () => 256 * random());
  const large = () => sharp(noise, { raw: { width, height, channels: 3 } });
  const sharesOf = async (whole: Uint8Array) => {
    const shares: unknown[] = [];
    for (const part of [0.3, 0.62, 0.9]) {
      const cut = decodeImage(whole.slice(0, Math.floor(whole.length * part)));
      const error = await cut.then(
        () => null,
        (thrown: unknown) => thrown,
      );
      expect(error).toMatchObject({ code: 'IMAGE_DAMAGED' });
      shares.push((error as { data: { share?: number } }).data.share ?? null);
    }
    return shares;
  };

  test.each([
    ['jpeg', () => large().jpeg().toBuffer()],
    ['png', () => large().png().toBuffer()],
    ['webp', () => large().webp().toBuffer()],
    ['avif', () => large().avif().toBuffer()],
    ['tiff', () => large().tiff({ compression: 'lzw' }).toBuffer()],
  ] as const)('of %s says how much of it is there', async (_, encode) => {
    const shares = await sharesOf(await encode());
    // Rows are read some lines ahead.
    for (const [index, part] of [30, 62, 90].entries()) {
      expect(shares[index]).toBeGreaterThan(part - 12);
      expect(shares[index]).toBeLessThanOrEqual(part + 2);
    }
  });

  test.each([
    ['a JPEG in several passes', () => large().jpeg({ progressive: true }).toBuffer()],
    ['an interlaced PNG', () => large().png({ progressive: true }).toBuffer()],
  ])('guesses nothing where rows do not follow each other: %s', async (_, encode) => {
    expect(await sharesOf(await encode())).toEqual([null, null, null]);
  });
});

describe('decoding', () => {
  test.each([
    ['png', () => raw().png().toBuffer()],
    ['webp', () => raw().webp({ lossless: true }).toBuffer()],
    ['tiff', () => raw().tiff({ compression: 'lzw' }).toBuffer()],
    ['avif', () => raw().avif({ lossless: true, chromaSubsampling: '4:4:4' }).toBuffer()],
  ] as const)('of lossless %s gives the pixels back', async (format, encode) => {
    const image = await decodeImage(await encode());
    expect(image).toMatchObject({
      format,
      width: WIDTH,
      height: HEIGHT,
      orientation: 1,
      range: null,
    });
    // AVIF is lossless in its own colour space only.
    const tolerance = format === 'avif' ? 3 : 0;
    rgb.forEach((value, at) =>
      expect(Math.abs((image.rgb[at] as number) - value)).toBeLessThanOrEqual(tolerance),
    );
    expect(image.sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  test.each([
    ['jpeg', () => raw().jpeg({ quality: 100, chromaSubsampling: '4:4:4' }).toBuffer(), 6],
    ['gif', () => raw().gif({ dither: 0 }).toBuffer(), 24],
  ] as const)('of %s comes close', async (format, encode, tolerance) => {
    const image = await decodeImage(await encode());
    expect(image.format).toBe(format);
    rgb.forEach((value, at) =>
      expect(Math.abs((image.rgb[at] as number) - value)).toBeLessThanOrEqual(tolerance),
    );
  });

  test('takes the first frame of an animation', async () => {
    const frames = new Uint8Array(2 * 2 * 2 * 3).fill(0).fill(255, 12);
    const gif = await sharp(frames, { raw: { width: 2, height: 4, channels: 3, pageHeight: 2 } })
      .gif()
      .toBuffer();
    const image = await decodeImage(gif);
    expect([image.width, image.height, image.rgb[0]]).toEqual([2, 2, 0]);
  });

  test('turns grey, palette, transparent and 16-bit PNGs into 8-bit RGB', async () => {
    const grey = await sharp(Uint8Array.of(7, 200), { raw: { width: 2, height: 1, channels: 1 } })
      .png()
      .toBuffer();
    expect([...(await decodeImage(grey)).rgb]).toEqual([7, 7, 7, 200, 200, 200]);
    const clear = await sharp(Uint8Array.of(10, 20, 30, 0, 10, 20, 30, 255), {
      raw: { width: 2, height: 1, channels: 4 },
    })
      .png()
      .toBuffer();
    expect([...(await decodeImage(clear)).rgb]).toEqual([255, 255, 255, 10, 20, 30]);
    const palette = await raw().png({ palette: true, colours: 256, dither: 0 }).toBuffer();
    expect((await decodeImage(palette)).rgb.length).toBe(rgb.length);
    const deep = await sharp(Uint16Array.of(0, 0x8012, 0xffff), {
      raw: { width: 1, height: 1, channels: 3 },
    })
      .toColourspace('rgb16')
      .png()
      .toBuffer();
    expect([...(await decodeImage(deep)).rgb]).toEqual([0, 0x80, 255]);
  });
});

describe('orientation', () => {
  test.each([1, 2, 3, 4, 5, 6, 7, 8])('%i is applied and recorded', async (orientation) => {
    const file = await raw().png().withMetadata({ orientation }).toBuffer();
    const image = await decodeImage(file);
    const turned = orientation >= 5;
    expect([image.orientation, image.width, image.height]).toEqual(
      turned ? [orientation, HEIGHT, WIDTH] : [orientation, WIDTH, HEIGHT],
    );
    // Where each oriented pixel comes from, by the EXIF definition.
    const source = (x: number, y: number): [number, number] => {
      const [w, h] = [WIDTH - 1, HEIGHT - 1];
      const places: [number, number][] = [
        [x, y],
        [w - x, y],
        [w - x, h - y],
        [x, h - y],
        [y, x],
        [y, h - x],
        [w - y, h - x],
        [w - y, x],
      ];
      return places[orientation - 1] ?? [0, 0];
    };
    for (let y = 0; y < image.height; y++)
      for (let x = 0; x < image.width; x++) {
        const [sx, sy] = source(x, y);
        expect(image.rgb[(y * image.width + x) * 3]).toBe(rgb[(sy * WIDTH + sx) * 3]);
      }
    expect(await imageInfo(file)).toMatchObject({ orientation, width: image.width });
  });
});

describe('TIFF beyond 8 bits', () => {
  test.each([
    ['16-bit grey', Uint16Array.of(100, 200, 300, 355), 1, [0, 100, 200, 255], [100, 355]],
    ['float grey', Float32Array.of(-1, 0, 0.5, 1), 1, [0, 128, 191, 255], [-1, 1]],
    ['float with NaN', Float32Array.of(NaN, 0, 1, Infinity), 1, [0, 0, 255, 0], [0, 1]],
    ['constant float', Float32Array.of(4, 4, 4, 4), 1, [0, 0, 0, 0], [4, 4]],
  ] as const)('%s is spread over its own range', async (_, samples, channels, grey, range) => {
    const image = await decodeImage(tiff(samples, { width: 4, height: 1, channels }));
    expect([...image.rgb]).toEqual(grey.flatMap((value) => [value, value, value]));
    expect(image.range).toEqual(range);
  });

  test('colours share one range', async () => {
    const samples = Uint16Array.of(0, 1000, 2550, 500, 0, 10);
    const image = await decodeImage(tiff(samples, { width: 2, height: 1, channels: 3 }));
    expect([...image.rgb]).toEqual([0, 100, 255, 50, 0, 1]);
    const floats = Float32Array.from(samples, (value) => value / 2550);
    const same = await decodeImage(tiff(floats, { width: 2, height: 1, channels: 3 }));
    expect([...same.rgb]).toEqual([...image.rgb]);
  });

  test('8 bits stay as they are, orientation applied', async () => {
    const image = await decodeImage(tiff(rgb, { width: WIDTH, height: HEIGHT, channels: 3 }, 3));
    expect([image.range, image.rgb[0]]).toEqual([null, rgb.at(-3)]);
  });
});

describe('bitmaps', () => {
  const palette = [
    [0, 0, 255, 0],
    [0, 255, 0, 0],
    [255, 0, 0, 0],
  ] as const;
  const red = [255, 0, 0];
  const green = [0, 255, 0];
  const blue = [0, 0, 255];

  test.each([
    [
      '24 bits',
      { width: 1, height: 2, bits: 24, pixels: [3, 2, 1, 0, 6, 5, 4, 0] },
      [4, 5, 6, 1, 2, 3],
    ],
    [
      'top-down',
      { width: 1, height: -2, bits: 24, pixels: [3, 2, 1, 0, 6, 5, 4, 0] },
      [1, 2, 3, 4, 5, 6],
    ],
    ['32 bits', { width: 1, height: 1, bits: 32, pixels: [3, 2, 1, 99] }, [1, 2, 3]],
    ['16 bits', { width: 1, height: 1, bits: 16, pixels: [0x1f, 0x7c, 0, 0] }, [255, 0, 255]],
    [
      '16 bits with 5-6-5 masks',
      {
        width: 1,
        height: 1,
        bits: 16,
        compression: 3,
        masks: [0xf800, 0x7e0, 0x1f],
        pixels: [0xe0, 0x07, 0, 0],
      },
      green,
    ],
    ['8 bits', { width: 2, height: 1, bits: 8, palette, pixels: [2, 0, 0, 0] }, [...blue, ...red]],
    [
      '4 bits',
      { width: 2, height: 1, bits: 4, palette, pixels: [0x12, 0, 0, 0] },
      [...green, ...blue],
    ],
    [
      '1 bit',
      { width: 3, height: 1, bits: 1, palette, pixels: [0b01000000, 0, 0, 0] },
      [...red, ...green, ...red],
    ],
    [
      'RLE8 with a literal run, a line end and a jump',
      {
        width: 3,
        height: 2,
        bits: 8,
        compression: 1,
        palette,
        pixels: [2, 1, 1, 2, 0, 0, 0, 3, 0, 1, 2, 0, 0, 1],
      },
      [...red, ...green, ...blue, ...green, ...green, ...blue],
    ],
    [
      'RLE4',
      { width: 3, height: 1, bits: 4, compression: 2, palette, pixels: [3, 0x12, 0, 1] },
      [...green, ...blue, ...green],
    ],
  ] as const)('of %s are read', async (_, parts, expected) => {
    const image = await decodeImage(bmp(parts));
    expect([image.format, ...image.rgb]).toEqual(['bmp', ...expected]);
  });

  test.each([
    [
      'cut short',
      bmp({ width: 9, height: 9, bits: 24, pixels: [1, 2, 3] }),
      'IMAGE_DAMAGED',
      /cut short/,
    ],
    [
      'with endless runs',
      bmp({ width: 2, height: 2, bits: 8, compression: 1, palette, pixels: [1, 1] }),
      'IMAGE_DAMAGED',
      /end-of-bitmap/,
    ],
    [
      'in an unknown compression',
      bmp({ width: 1, height: 1, bits: 24, compression: 4, pixels: [] }),
      'IMAGE_UNSUPPORTED',
      /compression 4/,
    ],
    ['of no size', bmp({ width: 0, height: 1, bits: 24, pixels: [] }), 'IMAGE_DAMAGED', /0x1/],
    [
      'of absurd size',
      bmp({ width: 2e9, height: 2e9, bits: 24, pixels: [] }),
      'IMAGE_TOO_LARGE',
      /2000000000x2000000000/,
    ],
    ['of 20 bytes', new Uint8Array(20).fill(0x42).fill(0x4d, 1, 2), 'IMAGE_DAMAGED', /26 bytes/],
  ] as const)('%s are refused', async (_, file, code, message) => {
    await expect(decodeImage(file)).rejects.toEqual(refusal(code, message));
  });
});

describe('files that are no images', () => {
  test.each([
    ['empty', new Uint8Array(0), 'IMAGE_EMPTY', /empty file/],
    ['text', new TextEncoder().encode('hello'), 'IMAGE_UNSUPPORTED', /JPEG, PNG, WebP/],
    [
      'SVG',
      new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg"/>'),
      'IMAGE_UNSUPPORTED',
      /convert/,
    ],
    ['a PNG head alone', png(4, 4).subarray(0, 20), 'IMAGE_DAMAGED', /whole PNG/],
    ['a PNG with half its rows', png(64, 64, 30), 'IMAGE_DAMAGED', /whole PNG/],
    ['a JPEG head alone', Uint8Array.of(0xff, 0xd8, 0xff, 0xe0), 'IMAGE_DAMAGED', /whole JPEG/],
  ])('%s: one clear error', async (_, file, code, message) => {
    await expect(decodeImage(file)).rejects.toEqual(refusal(code as string, message as RegExp));
  });

  test('a truncated JPEG is refused, not shown half grey', async () => {
    const whole = await sharp({
      create: {
        width: 300,
        height: 300,
        channels: 3,
        background: '#a37',
        noise: { type: 'gaussian', mean: 90, sigma: 50 },
      },
    })
      .jpeg()
      .toBuffer();
    for (const share of [0.3, 0.6, 0.95])
      await expect(decodeImage(whole.subarray(0, whole.length * share))).rejects.toEqual(
        refusal('IMAGE_DAMAGED', /whole JPEG/),
      );
  });

  test('a missing file and a folder are named', async () => {
    await expect(decodeImage(join(folder, 'absent.png'))).rejects.toEqual(
      refusal('IMAGE_UNREADABLE', /ENOENT.*absent\.png/),
    );
    await expect(decodeImage(folder)).rejects.toEqual(
      refusal('IMAGE_UNREADABLE', /regular file|EISDIR/),
    );
  });

  test('a wrong extension does not matter', async () => {
    const path = join(folder, 'really-a-png.jpg');
    writeFileSync(path, await raw().png().toBuffer());
    expect((await decodeImage(path)).format).toBe('png');
  });
});

describe('limits', () => {
  test('30000 x 20000 is refused by its header alone, with the size in the message', async () => {
    await expect(decodeImage(png(30000, 20000, 1))).rejects.toEqual(
      refusal('IMAGE_TOO_LARGE', /at most 144 million pixels, found 30000x20000 \(600 million\)/),
    );
  });

  test('can be set', async () => {
    await expect(decodeImage(png(20, 20), { maxPixels: 399 })).rejects.toEqual(
      refusal('IMAGE_TOO_LARGE', /20x20/),
    );
    expect((await decodeImage(png(20, 20), { maxPixels: 400 })).width).toBe(20);
  });

  test('one pixel is an image', async () => {
    const image = await decodeImage(png(1, 1));
    expect([image.width, image.height, [...image.rgb]]).toEqual([1, 1, [0, 0, 0]]);
  });

  test('an aborted signal stops before decoding', async () => {
    const signal = AbortSignal.abort(new Error('closed'));
    await expect(decodeImage(png(2, 2), { signal })).rejects.toThrow('closed');
  });
});
