// PNG numbers: written ones against another decoder, foreign ones against what another encoder was given.
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { decodePng } from '../../../../../../electron/engine/dataset/png/decode.ts';
import { encodePng } from '../../../../../../electron/engine/dataset/png/encode.ts';

const ramp = (n: number, step = 1) => Uint8Array.from({ length: n }, (_, i) => (i * step) % 256);

describe('PNG masks', () => {
  it('written with a palette show the palette colour of every index elsewhere', async () => {
    const palette = ramp(768, 7);
    const data = ramp(16 * 16);
    const png = await encodePng({ kind: 'palette', palette, data }, 16, 16);
    const { data: rgb, info } = await sharp(png).raw().toBuffer({ resolveWithObject: true });
    expect([info.width, info.height, info.channels]).toEqual([16, 16, 3]);
    expect([...rgb]).toEqual([...data].flatMap((i) => [...palette.subarray(3 * i, 3 * i + 3)]));
    const back = await decodePng(png);
    expect(back).toMatchObject({ width: 16, height: 16, channels: 1 });
    expect(back.data).toEqual(data);
    expect(back.palette).toEqual(palette);
  });

  it('written as 16-bit grey and RGB hold the same numbers elsewhere', async () => {
    const grey = Uint16Array.from({ length: 35 }, (_, i) => (i * 1999) % 65536);
    const png = await encodePng({ kind: 'grey', data: grey }, 7, 5);
    const raw = await sharp(png).toColourspace('grey16').raw({ depth: 'ushort' }).toBuffer();
    expect(new Uint16Array(new Uint8Array(raw).buffer)).toEqual(grey);
    expect((await decodePng(png)).data).toEqual(grey);
    const rgb = ramp(7 * 5 * 3, 5);
    const colour = await encodePng({ kind: 'rgb', data: rgb }, 7, 5);
    expect(new Uint8Array(await sharp(colour).raw().toBuffer())).toEqual(rgb);
    expect((await decodePng(colour)).data).toEqual(rgb);
  });

  it.each([1, 2, 3, 4])('of %i channels with predicted rows are read as they were', async (n) => {
    const width = 23;
    const height = 17;
    const data = Uint8Array.from({ length: width * height * n }, (_, i) => (i * i) % 251);
    const channels = n as 1 | 2 | 3 | 4;
    const png = await sharp(data, { raw: { width, height, channels } })
      .toColourspace(n < 3 ? 'b-w' : 'srgb')
      .png({ adaptiveFiltering: true })
      .toBuffer();
    const back = await decodePng(png);
    expect(back.channels).toBe(n);
    expect(back.data).toEqual(data);
  });

  it.each([2, 4, 16])('with a small palette of %i colours keep their indices', async (colours) => {
    const width = 19;
    const height = 6;
    const grey = Uint8Array.from({ length: width * height }, (_, i) => (i % colours) * 15);
    const rgb = Uint8Array.from([...grey].flatMap((v) => [v, v, v]));
    const png = await sharp(rgb, { raw: { width, height, channels: 3 } })
      .png({ palette: true, colours })
      .toBuffer();
    const { data, palette } = await decodePng(png);
    const shown = [...data].flatMap((i) => [...palette!.subarray(3 * i, 3 * i + 3)]);
    expect(shown).toEqual([...(await sharp(png).removeAlpha().raw().toBuffer())]);
  });

  it('that are broken give one clear error', async () => {
    const png = Buffer.from(await encodePng({ kind: 'grey', data: ramp(12) }, 4, 3));
    await expect(decodePng(Buffer.from('GIF89a'))).rejects.toThrow(/not a PNG/);
    await expect(decodePng(png.subarray(0, 50))).rejects.toThrow(/breaks off/);
    const flipped = Buffer.from(png);
    flipped[45]! ^= 1;
    await expect(decodePng(flipped)).rejects.toThrow(/checksum/);
    const interlaced = await sharp(ramp(64), { raw: { width: 8, height: 8, channels: 1 } })
      .png({ progressive: true })
      .toBuffer();
    await expect(decodePng(interlaced)).rejects.toThrow(/without interlacing/);
    await expect(encodePng({ kind: 'grey', data: ramp(5) }, 4, 3)).rejects.toThrow(/4 x 3/);
  });
});
