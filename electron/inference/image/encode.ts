// Pixels to files: PNG for maps and overlays, small JPEGs for lists, and the sizes they get.
import { decodeImage } from './decode.ts';
import type { RgbPixels } from './resize.ts';
import { loadSharp } from '../sharp.ts';

/** The largest size with the same aspect that fits into `longSide`; never larger than the image. */
export function fittedSize(
  { width, height }: { readonly width: number; readonly height: number },
  longSide: number,
): { width: number; height: number } {
  const scale = Math.min(1, longSide / Math.max(width, height));
  return {
    width: Math.max(1, Math.round(width * scale)),
    height: Math.max(1, Math.round(height * scale)),
  };
}

/** An RGB image as PNG bytes. */
export async function encodePng({ width, height, rgb }: RgbPixels): Promise<Uint8Array> {
  const sharp = await loadSharp();
  return new Uint8Array(
    await sharp(rgb, { raw: { width, height, channels: 3 } })
      .png()
      .toBuffer(),
  );
}

/** A small oriented JPEG of an image file. Throws ImageError as decodeImage does. */
export async function thumbnailJpeg(
  source: string | Uint8Array,
  longSide: number,
): Promise<{ width: number; height: number; jpeg: Uint8Array }> {
  const sharp = await loadSharp();
  const image = await decodeImage(source);
  const size = fittedSize(image, longSide);
  const jpeg = await sharp(image.rgb, {
    raw: { width: image.width, height: image.height, channels: 3 },
  })
    .resize(size.width, size.height, { fit: 'fill' })
    .jpeg({ quality: 82 })
    .toBuffer();
  return { ...size, jpeg: new Uint8Array(jpeg) };
}
