// Masks turned by an EXIF orientation, compared with how sharp turns the same pixels.
import sharp from 'sharp';
import { expect, it } from 'vitest';
import { bitmapFromMask, maskFromBitmap } from '../../../../../electron/masks/runs/bitmap.ts';
import { uprightMask } from '../../../../../electron/masks/changes/turn.ts';

it.each([1, 2, 3, 4, 5, 6, 7, 8])(
  'orientation %i is turned as sharp turns it',
  async (orientation) => {
    const [width, height] = [5, 3];
    const pixels = Uint8Array.from({ length: width * height }, (_, i) => Number((i * 7) % 4 === 0));
    const mask = maskFromBitmap(pixels, width, height);
    const jpeg = await sharp(Buffer.from(pixels.map((p) => p * 255)), {
      raw: { width, height, channels: 1 },
    })
      .tiff()
      .withMetadata({ orientation })
      .toBuffer();
    const { data, info } = await sharp(jpeg)
      .autoOrient()
      .toColourspace('b-w')
      .raw()
      .toBuffer({ resolveWithObject: true });
    const upright = uprightMask(mask, orientation);
    expect([upright.width, upright.height]).toEqual([info.width, info.height]);
    expect([...bitmapFromMask(upright)]).toEqual(
      Array.from({ length: width * height }, (_, i) => Number(data[i * info.channels]! > 127)),
    );
  },
);
