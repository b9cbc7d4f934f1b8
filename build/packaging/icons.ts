// The icon in the sizes that Linux desktops look for: their theme knows no folder for the one large picture, and
// shows a blank for a program that has nothing else.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';

export const ICON_SIZES = [16, 24, 32, 48, 64, 128, 256, 512];

/** Writes `<size>x<size>.png` for each of them into `folder`. */
export async function writeIcons(source: string, folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  for (const size of ICON_SIZES)
    await sharp(source)
      .resize(size, size)
      .png()
      .toFile(join(folder, `${size}x${size}.png`));
}
