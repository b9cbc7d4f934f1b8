// Samples beyond 8 bits against numpy (test/fixtures/wide/make.py), and JPEG files without their end.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { decodeImage } from '../../../../../../electron/inference/image/decode.ts';
import { ImageError } from '../../../../../../electron/inference/image/imageError.ts';
import { randomFrom } from '../../../../../helpers/fixtures/random.ts';

const FOLDER = join(import.meta.dirname, '../../../../../fixtures/wide');
const expected = JSON.parse(readFileSync(join(FOLDER, 'expected.json'), 'utf8')) as {
  readonly [name: string]: { readonly range: readonly number[]; readonly grey: readonly number[] };
};

describe('samples beyond 8 bits', () => {
  test.each(Object.keys(expected))(
    'of %s are spread over the range that was measured',
    async (name) => {
      const image = await decodeImage(join(FOLDER, name));
      const { range, grey } = expected[name]!;
      expect(image.range!.map(Math.fround)).toEqual(range.map(Math.fround));
      const seen = grey.map((_, i) => image.rgb[3 * i]!);
      const most = Math.max(...grey.map((value, i) => Math.abs(value - seen[i]!)));
      // A value half way between two may round either way.
      expect([seen.length * 3, most <= 1]).toEqual([image.rgb.length, true]);
    },
  );

  test('say what was left out of the range', async () => {
    const notes = async (name: string) => (await decodeImage(join(FOLDER, name))).notes;
    expect(await notes('camera.png')).toEqual(['Samples from 0 to 4000 are shown as 0 to 255.']);
    expect((await notes('tagged.tif'))[1]).toBe(
      'Left out of the range: 96 samples of 0.5, the file\'s "no data" value.',
    );
    expect((await notes('silent.tif')).slice(1)).toEqual([
      'Left out of the range: 32 samples of -32768, far from all others.',
      'Left out of the range: 96 samples of -9999, far from all others.',
    ]);
    expect((await notes('hot.tif'))[1]).toMatch(
      /1 % of the samples, which reach from 500 to 6\d{4}/,
    );
  });

  test('under glass are seen over white, and clear pixels do not set the range', async () => {
    const samples = Uint16Array.of(0, 0, 0, 65535, 2000, 2000, 2000, 65535, 60000, 0, 0, 0);
    const file = await sharp(samples, { raw: { width: 3, height: 1, channels: 4 } })
      .toColourspace('rgb16')
      .png()
      .toBuffer();
    const image = await decodeImage(file);
    expect([image.range, [...image.rgb]]).toEqual([
      [0, 2000],
      [0, 0, 0, 255, 255, 255, 255, 255, 255],
    ]);
  });
});

describe('a JPEG without its end mark', () => {
  /** The same noise each time: with some data the decoder has all pixels before it looks for the mark. */
  const noisy = (options: object) => {
    const random = randomFrom(7);
    const rgb = Uint8Array.from({ length: 90 * 70 * 3 }, () => random() * 256);
    return sharp(rgb, { raw: { width: 90, height: 70, channels: 3 } })
      .jpeg(options)
      .toBuffer();
  };

  test.each([
    ['baseline', {}],
    ['progressive', { progressive: true }],
  ])(
    '%s is read when every pixel is there, and refused when one is missing',
    async (_, options) => {
      const whole = await noisy(options);
      const pixels = (await decodeImage(whole)).rgb;
      for (const cut of [1, 2]) {
        const image = await decodeImage(whole.subarray(0, whole.length - cut));
        expect(Buffer.compare(image.rgb, pixels)).toBe(0);
        expect(image.notes).toEqual([
          'The end mark of this JPEG file is missing; all its pixels are there.',
        ]);
      }
      let refused = 0;
      for (let cut = 3; cut < 60; cut++) {
        const image = await decodeImage(whole.subarray(0, whole.length - cut)).catch(
          (error: unknown) => {
            if (!(error instanceof ImageError && /premature end/.test(error.message))) throw error;
            refused++;
          },
        );
        // The last bytes may be padding: then nothing is missing.
        if (image) expect([cut, Buffer.compare(image.rgb, pixels)]).toEqual([cut, 0]);
      }
      expect(refused).toBeGreaterThan(50);
    },
  );
});
