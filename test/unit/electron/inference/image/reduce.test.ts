// Smaller copies: within the limit, upright, whole or not there at all, and never over another file.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { decodeImage } from '../../../../../electron/inference/image/decode.ts';
import { withinPixels, writeSmaller } from '../../../../../electron/inference/image/reduce.ts';
import { png, tiff } from '../../../../helpers/fixtures/imageFiles.ts';
import { temporaryFolder } from '../../../../helpers/drivers/temporaryFolder.ts';

/** Left half red, right half blue. */
const halves = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#ff0000' } }).composite([
    {
      input: { create: { width: width / 2, height, channels: 3, background: '#0000ff' } },
      left: width / 2,
      top: 0,
    },
  ]);

describe('the size of a smaller copy', () => {
  it('keeps the aspect and never exceeds the limit', () => {
    expect(withinPixels({ width: 21_400, height: 18_200 }, 144e6)).toEqual({
      width: 13_012,
      height: 11_066,
    });
    expect(withinPixels({ width: 100, height: 50 }, 1e6)).toEqual({ width: 100, height: 50 });
    for (const [width, height] of [
      [1, 900],
      [900, 1],
      [7, 311],
      [1000, 999],
    ] as const) {
      const size = withinPixels({ width, height }, 100);
      expect(size.width * size.height).toBeLessThanOrEqual(100);
      expect(Math.min(size.width, size.height)).toBeGreaterThanOrEqual(1);
    }
  });
});

describe('a smaller copy', () => {
  it('of a turned photograph is upright and shows the whole of it', async () => {
    await using folder = await temporaryFolder();
    const source = join(folder.path, 'a.jpg');
    // Orientation 6: what is stored left is shown at the top.
    await halves(400, 200).jpeg().withMetadata({ orientation: 6 }).toFile(source);
    const before = await readFile(source);
    const target = join(folder.path, 'b.jpg');
    const copy = await writeSmaller(source, target, { maxPixels: 20_000 });
    expect(copy).toMatchObject({ width: 100, height: 200, ending: '.jpg' });
    const image = await decodeImage(target);
    expect([image.format, image.width, image.height, image.orientation]).toEqual([
      'jpeg',
      100,
      200,
      1,
    ]);
    const at = (x: number, y: number) => [...image.rgb.subarray(3 * (y * 100 + x)).slice(0, 3)];
    expect(at(50, 20)[0]).toBeGreaterThan(200);
    expect(at(50, 180)[2]).toBeGreaterThan(200);
    expect(await readFile(source)).toEqual(before);
  });

  it('of a 16-bit TIFF keeps 16 bits', async () => {
    await using folder = await temporaryFolder();
    const source = join(folder.path, 'a.tif');
    const samples = Uint16Array.from({ length: 64 * 64 * 3 }, (_, i) => 100 + (i % 7));
    await writeFile(source, tiff(samples, { width: 64, height: 64, channels: 3 }));
    const target = join(folder.path, 'b.part');
    const { ending } = await writeSmaller(source, target, { maxPixels: 1024 });
    expect(ending).toBe('.tif');
    expect(await sharp(target).metadata()).toMatchObject({
      format: 'tiff',
      width: 32,
      height: 32,
      depth: 'ushort',
    });
  });

  it('of a 16-bit PNG keeps 16 bits, and the range that is spread when it is shown', async () => {
    await using folder = await temporaryFolder();
    const source = join(folder.path, 'a.png');
    const samples = Uint16Array.from({ length: 64 * 64 * 3 }, (_, i) => Math.floor(i / 192) * 60);
    await sharp(samples, { raw: { width: 64, height: 64, channels: 3 } })
      .toColourspace('rgb16')
      .png()
      .toFile(source);
    const target = join(folder.path, 'b.part');
    const { ending } = await writeSmaller(source, target, { maxPixels: 1024 });
    const { range, width } = await decodeImage(target);
    expect([ending, width, (await sharp(target).metadata()).depth]).toEqual(['.png', 32, 'ushort']);
    // The mean of two rows each: 30 to 3750 of 0 to 3780.
    expect(range![0]).toBeLessThan(60);
    expect(range![1]).toBeGreaterThan(3700);
  });

  it('never takes the place of a file that is there', async () => {
    await using folder = await temporaryFolder();
    const source = join(folder.path, 'a.png');
    await halves(40, 40).png().toFile(source);
    await writeFile(join(folder.path, 'b.png'), 'mine');
    await expect(
      writeSmaller(source, join(folder.path, 'b.png'), { maxPixels: 100 }),
    ).rejects.toMatchObject({ code: 'EEXIST' });
    expect(await readFile(join(folder.path, 'b.png'), 'utf8')).toBe('mine');
  });

  it('of a damaged or far too large file is refused and leaves nothing', async () => {
    await using folder = await temporaryFolder();
    const cut = join(folder.path, 'cut.png');
    await writeFile(cut, png(400, 400, 100));
    const target = join(folder.path, 'b.png');
    await expect(writeSmaller(cut, target, { maxPixels: 100 })).rejects.toMatchObject({
      code: 'IMAGE_DAMAGED',
    });
    const claims = join(folder.path, 'claims.png');
    await writeFile(claims, png(60_000, 60_000, 1));
    await expect(writeSmaller(claims, target)).rejects.toMatchObject({ code: 'IMAGE_TOO_LARGE' });
    expect((await readdir(folder.path)).sort()).toEqual(['claims.png', 'cut.png']);
  });

  it('that nobody wants any more ends at once and leaves nothing', async () => {
    await using folder = await temporaryFolder();
    const source = join(folder.path, 'a.png');
    await halves(3000, 3000).png({ compressionLevel: 1 }).toFile(source);
    let looks = 0;
    await expect(
      writeSmaller(source, join(folder.path, 'b.png'), {
        maxPixels: 8e6,
        cancelled: () => (looks += 1) > 1,
      }),
    ).rejects.toMatchObject({ name: 'AbortError' });
    await expect.poll(() => readdir(folder.path)).toEqual(['a.png']);
  });
});
