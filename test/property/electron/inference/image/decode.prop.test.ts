// Damaged image files: every mutation decodes within its own size or fails with one clear error.
import fc from 'fast-check';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { decodeImage } from '../../../../../electron/inference/image/decode.ts';
import { ImageError } from '../../../../../electron/inference/image/imageError.ts';
import { bmp, png, tiff } from '../../../../helpers/fixtures/imageFiles.ts';
import { mutated } from '../../../../helpers/fixtures/mutatedBytes.ts';

const noise = Uint8Array.from({ length: 20 * 12 * 3 }, (_, at) => (at * 2654435761) >>> 24);
const raw = () => sharp(noise, { raw: { width: 20, height: 12, channels: 3 } });
const palette = Array.from({ length: 256 }, (_, i) => [i, 255 - i, i, 0] as const);

const files: Readonly<Record<string, () => Promise<Uint8Array>>> = {
  jpeg: async () => raw().jpeg().toBuffer(),
  png: async () => png(20, 12),
  webp: async () => raw().webp().toBuffer(),
  gif: async () => raw().gif().toBuffer(),
  tiff: async () => tiff(Float32Array.from(noise), { width: 20, height: 12, channels: 3 }),
  bmp: async () => bmp({ width: 20, height: 12, bits: 24, pixels: [...noise] }),
  'bmp with runs': async () =>
    bmp({
      width: 9,
      height: 3,
      bits: 8,
      compression: 1,
      palette,
      pixels: [9, 1, 0, 0, 0, 3, 1, 2, 3, 0, 0, 2, 1, 1, 0, 1],
    }),
};

const MAX_PIXELS = 250_000;

test.each(Object.keys(files))('a damaged %s is an image or an ImageError', async (name) => {
  const whole = new Uint8Array(await (files[name] as () => Promise<Uint8Array>)());
  await fc.assert(
    fc.asyncProperty(mutated(whole), async (bytes) => {
      try {
        const image = await decodeImage(bytes, { maxPixels: MAX_PIXELS });
        expect(image.rgb.length).toBe(image.width * image.height * 3);
        expect(image.width * image.height).toBeLessThanOrEqual(MAX_PIXELS);
      } catch (error) {
        expect(error).toBeInstanceOf(ImageError);
        expect((error as ImageError).message.length).toBeLessThan(400);
      }
    }),
    { numRuns: 200 },
  );
});
