// Clicks and boxes of the image as the model takes them: in its square, by the index of a pixel.
import { intoFrame } from '../../../models/sam/frame.ts';
import type { SegmentPrompt } from '../../../models/sam/prompts.ts';
import type { ClickPrompt } from '../../api/clicks/clicks.ts';
import type { PixelBox } from '../../masks/runs/rle.ts';
import type { Framed } from './logitMask.ts';

/** Where a prompt is decoded. */
export interface PromptPlace {
  readonly framed: Framed;
  readonly crop: PixelBox | null;
  /** Box of the mask that was started from; the prompt's own box goes before it. */
  readonly maskBox?: PixelBox | null;
}

/**
 * The model adds half a pixel to what it takes, since it counts pixels; a click says where it is. What
 * lies outside of the crop is left out.
 */
export function modelPrompt(
  { points, box }: ClickPrompt,
  { framed, crop, maskBox = null }: PromptPlace,
): SegmentPrompt {
  const [left, top] = [crop?.x ?? 0, crop?.y ?? 0];
  const { frame, width, height } = framed;
  const placed = (x: number, y: number) => {
    const place = intoFrame(frame, framed, { x: x - left, y: y - top });
    return { x: place.x - 0.5, y: place.y - 0.5 };
  };
  const inside = ({ x, y }: { x: number; y: number }) =>
    x >= left && y >= top && x <= left + width && y <= top + height;
  const asked = box ?? (maskBox && [maskBox.x, maskBox.y, maskBox.width, maskBox.height]);
  const corners = asked && {
    from: placed(asked[0], asked[1]),
    to: placed(asked[0] + asked[2], asked[1] + asked[3]),
  };
  return {
    points: points
      .filter(inside)
      .map((point) => ({ ...placed(point.x, point.y), label: point.adds ? 1 : 0 })),
    box: corners && {
      x0: Math.max(0, corners.from.x),
      y0: Math.max(0, corners.from.y),
      x1: Math.min(frame.width - 1, corners.to.x),
      y1: Math.min(frame.height - 1, corners.to.y),
    },
  };
}
