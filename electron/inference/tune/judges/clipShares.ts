// CLIP asked about masks one by one: which share does each mask's picture give to its own name, among the
// names that are asked for together. What drops classes that are not there.
import type { RleMask } from '../../../api/types.ts';
import { bitmapFromMask } from '../../../masks/bitmap.ts';
import { normaliseToChw } from '../../image/color.ts';
import { resizeBicubic } from '../../image/resize.ts';
import type { RgbImage } from '../../image/rgbImage.ts';
import { dot, maskedPixels, type ClipJudge } from './clipJudge.ts';
import { share } from './reward.ts';

export interface SharesInput {
  readonly image: RgbImage;
  readonly names: readonly string[];
  /** One per name; null, or one that is empty, shows the whole image. */
  readonly masks: readonly (RleMask | null)[];
}

export async function ownShares(
  { model, texts }: ClipJudge,
  { image, names, masks }: SharesInput,
  stop: () => void,
): Promise<number[]> {
  const side = model.info.nativeSide;
  const rgb = resizeBicubic(image, side, side);
  const vectors: Float32Array[] = [];
  for (const name of names) {
    stop();
    vectors.push(await texts.vector(name));
  }
  const shares: number[] = [];
  for (const [place, mask] of masks.entries()) {
    stop();
    const shown = mask ? shownPart(rgb, side, mask) : rgb;
    const pixels = normaliseToChw(shown, side * side, model.info);
    const vector = await model.embedImage(pixels, side, side);
    const fits = vectors.map((text) => model.info.scale * dot(vector, text));
    shares.push(share(fits, place));
  }
  return shares;
}

function shownPart(rgb: Uint8Array, side: number, mask: RleMask): Uint8Array {
  const cells = bitmapFromMask(mask);
  if (!cells.includes(1)) return rgb;
  return maskedPixels(rgb, side, { cells, rows: mask.height, columns: mask.width });
}
