// Masks in PNG files of any kind: what is seen of them is the mask.
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import {
  bytesOfBase64,
  maskOfPng,
} from '../../../../../../../electron/engine/dataset/formats/reading/pngArea.ts';
import { encodePng } from '../../../../../../../electron/engine/dataset/png/encode.ts';
import { draw } from '../../../../../../helpers/fixtures/masks.ts';

const meant = draw('.##.', '#..#');
const bits = [0, 1, 1, 0, 1, 0, 0, 1];

const ofPixels = (pixels: readonly number[][]) =>
  sharp(Uint8Array.from(pixels.flat()), {
    raw: { width: 4, height: 2, channels: pixels[0]!.length as 1 | 2 | 3 | 4 },
  })
    .png()
    .toBuffer();

describe('a mask in a PNG', () => {
  it.each([
    ['in colours', bits.map((bit) => [0, 200 * bit, 0])],
    ['in colours without opacity of any use', bits.map((bit) => [bit, 0, 0, 255])],
    ['by opacity, all black', bits.map((bit) => [0, 0, 0, 255 * bit])],
    ['by opacity, all white', bits.map((bit) => [255, 255, 255, 90 * bit])],
    ['grey with opacity', bits.map((bit) => [0, 255 * bit])],
  ])('%s is what is seen', async (_, pixels) => {
    expect(await maskOfPng(await ofPixels(pixels))).toEqual(meant);
  });

  it('of numbers, in a palette or grey, is all but 0, and may stand in an address', async () => {
    const data = Uint8Array.from(bits);
    const palette = Uint8Array.of(9, 9, 9, 0, 0, 0);
    expect(await maskOfPng(await encodePng({ kind: 'grey', data }, 4, 2))).toEqual(meant);
    const indexed = await encodePng({ kind: 'palette', palette, data }, 4, 2);
    const address = `data:image/png;base64,${Buffer.from(indexed).toString('base64')}`;
    expect(await maskOfPng(bytesOfBase64(address))).toEqual(meant);
  });
});
