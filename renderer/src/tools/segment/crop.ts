// The crop that a click model reads: the visible part, or the surroundings of a small box. The model reads
// about a thousand pixels, too few for small things in a large image.
import type { Box } from '../../../../electron/api/types.ts';
import type { Size } from '../../geometry/viewport.ts';

/** Longer side of the square that the published models see. */
const MODEL_SIDE = 1024;
/** An image up to here is seen well enough as a whole. */
const LARGE_IMAGE = 1536;
/** A box below this, in the model's pixels, is small. */
const SMALL_BOX = 96;
/** The least that is looked at. */
const LEAST_SIDE = 256;
/** Corners lie on a lattice of this share of the longer side, so that a small pan needs no new reading. */
const LATTICE = 1 / 16;

/** The crop that is chosen without asking; null = the whole image. */
export function automaticCrop(image: Size, shown: Box, box: Box | null): Box | null {
  const longer = Math.max(image.width, image.height);
  if (box && (Math.max(box[2], box[3]) * MODEL_SIDE) / longer < SMALL_BOX && longer > MODEL_SIDE)
    return snapped(grown(box, 0.5), image);
  if (longer > LARGE_IMAGE && Math.max(shown[2], shown[3]) < longer / 2)
    return snapped(shown, image);
  return null;
}

/** The crop around what is shown, as somebody asked for it; null where that is the whole image. */
export function askedCrop(image: Size, shown: Box, box: Box | null): Box | null {
  const crop = snapped(box ? grown(box, 0.5) : shown, image);
  return crop[2] >= image.width && crop[3] >= image.height ? null : crop;
}

/** The crop half as large again about its centre, for a mask that reaches its edge. */
export function widerCrop(crop: Box, image: Size): Box | null {
  return askedCrop(image, grown(crop, 0.25), null);
}

/** Grown by a share of its side on every side. */
function grown([x, y, width, height]: Box, share: number): Box {
  return [x - width * share, y - height * share, width * (1 + 2 * share), height * (1 + 2 * share)];
}

function snapped([x, y, width, height]: Box, image: Size): Box {
  const longer = Math.max(width, height);
  const scale = Math.max(1, LEAST_SIDE / longer);
  const [wide, tall] = [width * scale, height * scale];
  const step = Math.max(1, Math.round(Math.max(wide, tall) * LATTICE));
  const side = (from: number, length: number, most: number) => {
    const low = Math.max(0, Math.floor(from / step) * step);
    const high = Math.min(most, Math.ceil((from + length) / step) * step);
    return [low, Math.max(1, high - low)] as const;
  };
  const [left, across] = side(x - (wide - width) / 2, wide, image.width);
  const [top, down] = side(y - (tall - height) / 2, tall, image.height);
  return [left, top, across, down];
}
