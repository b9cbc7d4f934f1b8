// Tiles as files: what is written is what was decoded.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeTile } from '../../../../../electron/inference/pictures/tiles.ts';

describe('a tile', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'salience-tiles-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const [width, height] = [37, 23];
  const image = {
    width,
    height,
    rgb: Uint8Array.from({ length: width * height * 3 }, (_, at) => (at * 101) % 256),
  };

  it('has the very pixels of its part', async () => {
    const target = join(folder, 'deep', 'a.png');
    const box = { x: 30, y: 4, width: 7, height: 19 };
    const picture = await writeTile(image, { box, octave: 0, target });
    expect([picture.width, picture.height]).toEqual([7, 19]);
    const { data, info } = await sharp(target).raw().toBuffer({ resolveWithObject: true });
    expect([info.width, info.height, info.channels]).toEqual([7, 19, 3]);
    const expected: number[] = [];
    for (let y = 0; y < box.height; y++)
      for (let i = 0; i < box.width * 3; i++)
        expected.push(image.rgb[((box.y + y) * width + box.x) * 3 + i]!);
    expect([...data]).toEqual(expected);
  });

  it('has half the pixels per side from octave to octave, at least one', async () => {
    const target = join(folder, 'b.png');
    const box = { x: 0, y: 0, width: 37, height: 1 };
    await writeTile(image, { box, octave: 2, target });
    const { width: wide, height: tall } = await sharp(target).metadata();
    expect([wide, tall]).toEqual([9, 1]);
  });

  it('outside the image is refused', async () => {
    const box = { x: 30, y: 0, width: 8, height: 1 };
    await expect(
      writeTile(image, { box, octave: 0, target: join(folder, 'c.png') }),
    ).rejects.toThrow(/8x1 at 30,0 is not inside an image of 37x23/);
  });
});
