// Copies for lists: they fit, keep the aspect and stand upright, read reduced or from decoded pixels.
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, expect, test } from 'vitest';
import { decodeImage, imageInfo } from '../../../../../electron/inference/image/decode.ts';
import { writeReduced, writeScaled } from '../../../../../electron/inference/pictures/pictures.ts';

const folder = mkdtempSync(join(tmpdir(), 'pictures-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** 400 x 100, left half red, lying on its side: upright it is 100 x 400. */
const lying = join(folder, 'lying.jpg');
await sharp({ create: { width: 400, height: 100, channels: 3, background: '#0000ff' } })
  .composite([
    {
      input: { create: { width: 200, height: 100, channels: 3, background: '#ff0000' } },
      left: 0,
      top: 0,
    },
  ])
  .jpeg()
  .withMetadata({ orientation: 6 })
  .toFile(lying);

test.each([
  ['read reduced', (target: string, side: number) => writeReduced(lying, target, side)],
  [
    'of decoded pixels',
    async (target: string, side: number) => writeScaled(await decodeImage(lying), target, side),
  ],
])('a copy %s fits, keeps the aspect and is oriented', async (name, write) => {
  const target = join(folder, `${name}.webp`);
  const written = await write(target, 80);
  expect(written).toEqual({ width: 20, height: 80, bytes: statSync(target).size });
  expect(await imageInfo(target)).toMatchObject({ format: 'webp', width: 20, height: 80 });
  const { rgb } = await decodeImage(target);
  const isRed = (row: number) => rgb[3 * 20 * row]! > 200 && rgb[3 * 20 * row + 2]! < 60;
  expect([isRed(8), isRed(72)]).toEqual([true, false]);
});

test('a small image is never made larger', async () => {
  const target = join(folder, 'small.webp');
  expect(await writeScaled(await decodeImage(lying), target, 5000)).toMatchObject({
    width: 100,
    height: 400,
  });
});
