// Crops for review: the shape of a tile where the image allows, the mask outlined, whatever its size.
import fc from 'fast-check';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { outlinePath } from '../../../../../electron/inference/pictures/outline.ts';
import { writeCrop } from '../../../../../electron/inference/pictures/pictures.ts';
import { rectangle } from '../../../../helpers/drivers/engineBench.ts';
import { temporaryFolder } from '../../../../helpers/drivers/temporaryFolder.ts';

/** Rings of path data as lists of corners. */
function ringsOf(path: string): [number, number][][] {
  return path
    .split('Z')
    .filter(Boolean)
    .map((ring) =>
      ring
        .slice(1)
        .split('L')
        .map((corner) => corner.split(' ').map(Number) as [number, number]),
    );
}
const areaOf = (ring: readonly [number, number][]) =>
  ring.reduce((sum, [x, y], i) => {
    const [nextX, nextY] = ring[(i + 1) % ring.length]!;
    return sum + (x * nextY - nextX * y) / 2;
  }, 0);

describe('an outline', () => {
  it('of one pixel is its four corners, scaled', () => {
    const bitmap = new Uint8Array([0, 0, 0, 0, 1, 0]);
    expect(outlinePath(bitmap, 3, 2, 10)).toBe('M10 10L20 10L20 20L10 20Z');
  });

  it('has rings whose areas, holes taken off, are the set pixels', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9 }),
        fc.array(fc.constantFrom(0, 1), { minLength: 1, maxLength: 80 }),
        (width, pixels) => {
          const height = Math.ceil(pixels.length / width);
          const bitmap = Uint8Array.from({ length: width * height }, (_, i) => pixels[i] ?? 0);
          const rings = ringsOf(outlinePath(bitmap, width, height, 1));
          const area = rings.reduce((sum, ring) => sum + areaOf(ring), 0);
          expect(Math.abs(area)).toBe(bitmap.reduce((sum, bit) => sum + bit, 0));
        },
      ),
    );
  });
});

describe('a crop', () => {
  const size = { width: 120, height: 90 };
  const image = { ...size, rgb: new Uint8Array(size.width * size.height * 3).fill(200) };
  const look = { color: '#2244dd', doubtful: false };

  it('has the shape of a tile and shows where the mask ends', async () => {
    await using folder = await temporaryFolder();
    const target = join(folder.path, 'a', 'crop.webp');
    const mask = rectangle(50, 40, 12, 10, size);
    const { width, height, bytes } = await writeCrop(image, mask, look, { target, longSide: 300 });
    expect([width, height]).toEqual([300, 200]);
    const file = await readFile(target);
    expect(file.length).toBe(bytes);
    const { data } = await sharp(file).removeAlpha().raw().toBuffer({ resolveWithObject: true });
    const at = (x: number, y: number) => [
      ...data.subarray((y * width + x) * 3, (y * width + x) * 3 + 3),
    ];
    // Outside the photograph, inside a tint of the class's colour, between them a dark casing.
    expect(at(3, 3).every((value) => Math.abs(value - 200) < 8)).toBe(true);
    const [red, , blue] = at(150, 100);
    expect(blue! - red!).toBeGreaterThan(20);
    let darkest = 255;
    for (let x = 0; x < 150; x += 1) darkest = Math.min(darkest, ...at(x, 100));
    expect(darkest).toBeLessThan(110);
  });

  it('of a mask at the edge stays inside the image, and of a huge one is the image', async () => {
    await using folder = await temporaryFolder();
    const target = join(folder.path, 'crop.webp');
    const corner = await writeCrop(image, rectangle(0, 0, 3, 3, size), look, {
      target,
      longSide: 300,
    });
    expect(corner.width / corner.height).toBeCloseTo(1.5, 1);
    const whole = await writeCrop(image, rectangle(0, 0, 120, 90, size), look, {
      target,
      longSide: 240,
    });
    expect([whole.width, whole.height]).toEqual([240, 180]);
  });

  it('with a map shows it in ember where it is high, and a dark grey photograph elsewhere', async () => {
    await using folder = await temporaryFolder();
    const target = join(folder.path, 'crop.webp');
    const map = { rows: 1, columns: 2, values: Uint8Array.from([0, 255]), maximum: 1 };
    const { width } = await writeCrop(
      image,
      rectangle(0, 0, 120, 90, size),
      { map },
      { target, longSide: 240 },
    );
    const { data } = await sharp(await readFile(target))
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    const at = (x: number) => [...data.subarray((90 * width + x) * 3, (90 * width + x) * 3 + 3)];
    // 200 darkened by 38 %; the last ember colour #fff3b8 at 0.86 over it.
    const near = (found: number[], meant: number[]) =>
      expect(Math.max(...found.map((value, i) => Math.abs(value - meant[i]!)))).toBeLessThan(8);
    near(at(40), [124, 124, 124]);
    near(at(200), [237, 226, 176]);
  });

  it('of a mask that is not of this image is refused', async () => {
    await expect(
      writeCrop(image, rectangle(0, 0, 1, 1), look, { target: '/nowhere', longSide: 100 }),
    ).rejects.toThrow(/does not fit an image of 120x90/);
  });
});
