// Selected and hovered masks, drawn over all idle ones. Hovering repaints these and nothing else.
import { drawContour, drawFill, type Sight } from '../drawMask.ts';
import { fillAlpha, type LiveLook } from '../look.ts';

export interface LiveModel extends Sight {
  /** Those with a fill of their own, and those with a contour. */
  readonly filled: readonly LiveLook[];
  readonly outlined: readonly LiveLook[];
  readonly opacity: number;
}

export function drawLive(context: CanvasRenderingContext2D, model: LiveModel): void {
  for (const look of model.filled) drawOwnFill(context, model, look);
  for (const { look } of model.outlined) drawContour(context, model, look);
}

/** Over an idle fill only what is missing is added. */
function drawOwnFill(
  context: CanvasRenderingContext2D,
  model: LiveModel,
  { look, idle }: LiveLook,
): void {
  const alpha = fillAlpha(look.fill, model.opacity);
  if (idle === null) return drawFill(context, model, look, { alpha });
  const there = fillAlpha(idle.fill, model.opacity);
  const missing = { alpha: (alpha - there) / (1 - there) };
  if (alpha > there) drawFill(context, model, { ...look, hatch: 0 }, missing);
}
