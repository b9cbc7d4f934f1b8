// The picture that devices are compared on: made up, so that every computer sees the same.
import type { RgbImage } from '../image/rgbImage.ts';

const SIDE = 96;
/** The disc in it, by its centre. */
const DISC = { x: 40, y: 50, radiusSquared: 600 };

/** Smooth colours with an edge: enough structure for maps that are not constant. */
export function testImage(): RgbImage {
  const rgb = new Uint8Array(SIDE * SIDE * 3);
  for (let y = 0; y < SIDE; y += 1)
    for (let x = 0; x < SIDE; x += 1) {
      const isInside = (x - DISC.x) ** 2 + (y - DISC.y) ** 2 < DISC.radiusSquared;
      rgb.set(isInside ? [210, 120, 40] : [x * 2, y * 2, 128], (y * SIDE + x) * 3);
    }
  return { width: SIDE, height: SIDE, rgb };
}
