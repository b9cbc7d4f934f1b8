// One tile of a decoded image as a file: without loss, since it is what a person sees at 100 %.
import type { TileBox } from '../../api/tiles.ts';
import { writeWhole } from '../../files/wholeFile.ts';
import type { RgbImage } from '../image/rgbImage.ts';
import { loadSharp } from '../sharp.ts';
import type { Picture } from './pictures.ts';

/** Light compression: the file is read once or twice on this computer, making it must not take long. */
const PNG = { compressionLevel: 1 };

/** Writes the part `box` of the image as PNG, reduced by 2 per octave. */
export async function writeTile(
  { width, height, rgb }: RgbImage,
  { box, octave, target }: { box: TileBox; octave: number; target: string },
): Promise<Picture> {
  if (box.x < 0 || box.y < 0 || box.x + box.width > width || box.y + box.height > height)
    throw new RangeError(
      `a tile of ${box.width}x${box.height} at ${box.x},${box.y} is not inside an image of ${width}x${height}`,
    );
  const part = new Uint8Array(box.width * box.height * 3);
  for (let y = 0; y < box.height; y++) {
    const from = ((box.y + y) * width + box.x) * 3;
    part.set(rgb.subarray(from, from + box.width * 3), y * box.width * 3);
  }
  const size = {
    width: Math.max(1, Math.round(box.width / 2 ** octave)),
    height: Math.max(1, Math.round(box.height / 2 ** octave)),
  };
  const sharp = await loadSharp();
  const whole = sharp(part, { raw: { width: box.width, height: box.height, channels: 3 } });
  const fitted = octave === 0 ? whole : whole.resize(size.width, size.height, { fit: 'fill' });
  const bytes = await fitted.png(PNG).toBuffer();
  await writeWhole(target, bytes, { sync: false });
  return { ...size, bytes: bytes.length };
}
