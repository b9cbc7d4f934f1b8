// Logits of one choice to the mask that a person sees: cut, cleaned and placed in the image.
import type { ClickCut, ClickMask, CropSides } from '../../api/clicks/clicks.ts';
import type { RleMask } from '../../api/types.ts';
import { components, dropSmall, fillHoles } from '../../masks/regions/components.ts';
import { crop as cropMask, paste } from '../../masks/runs/crop.ts';
import { boundingBox } from '../../masks/runs/measure.ts';
import { area, isInside, type PixelBox } from '../../masks/runs/rle.ts';
import { logitsOfMask, maskOfLogits, type Framed } from './logitMask.ts';

export interface ClickMaskInput {
  readonly logits: Float32Array;
  readonly framed: Framed;
  readonly crop: PixelBox | null;
  readonly imageWidth: number;
  readonly imageHeight: number;
  readonly cut: ClickCut;
}

/** Specks up to this many pixels are removed, */
const SPECK_PX = 16;
/** and up to this share of the mask. */
const SPECK_SHARE = 0.0005;
/** A mask this near to the side of a crop may continue beyond it. */
const NEAR_PX = 2;

export function clickMask(input: ClickMaskInput): ClickMask {
  const { logits, framed, crop, imageWidth, imageHeight, cut } = input;
  let mask = maskOfLogits(logits, framed, cut.cut);
  if (cut.specks) mask = withoutSpecks(mask);
  if (cut.part) mask = partAt(mask, cut.part.x - (crop?.x ?? 0), cut.part.y - (crop?.y ?? 0));
  if (crop === null) return { mask, meets: NOWHERE };
  return {
    mask: paste(mask, { x: crop.x, y: crop.y, width: imageWidth, height: imageHeight }),
    meets: sidesMet(mask, crop, imageWidth, imageHeight),
  };
}

/** Logits of a mask of the image, in the frame of a crop or of all of it. */
export function startLogits(
  mask: RleMask,
  crop: PixelBox | null,
  framed: Framed,
  low: number,
): Float32Array {
  return logitsOfMask(crop === null ? mask : cropMask(mask, crop), framed, low);
}

const NOWHERE: CropSides = { left: false, top: false, right: false, bottom: false };

function withoutSpecks(mask: RleMask): RleMask {
  const small = Math.max(SPECK_PX, Math.floor(area(mask) * SPECK_SHARE));
  const kept = dropSmall(mask, small);
  // A mask that is nothing but a speck was meant.
  return fillHoles(area(kept) > 0 ? kept : mask, small);
}

function partAt(mask: RleMask, x: number, y: number): RleMask {
  const [column, row] = [Math.floor(x), Math.floor(y)];
  const part = components(mask).find((one) => isInside(one, column, row));
  return part ?? mask;
}

function sidesMet(mask: RleMask, crop: PixelBox, width: number, height: number): CropSides {
  const box = boundingBox(mask);
  if (box.width === 0) return NOWHERE;
  return {
    left: crop.x > 0 && box.x <= NEAR_PX,
    top: crop.y > 0 && box.y <= NEAR_PX,
    right: crop.x + crop.width < width && box.x + box.width >= crop.width - NEAR_PX,
    bottom: crop.y + crop.height < height && box.y + box.height >= crop.height - NEAR_PX,
  };
}
