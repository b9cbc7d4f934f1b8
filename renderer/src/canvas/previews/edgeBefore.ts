// Where the other edge of an object runs, before or after a click model drew it, and the clicks that it was given.
import type { ClickPoint } from '../../../../electron/api/clicks/clicks.ts';
import type { RleMask } from '../../../../electron/api/types.ts';
import type { View } from '../../geometry/viewport.ts';
import { levelOf, pathOf } from '../paths.ts';
import { drawPoints } from './segment.ts';

export interface EdgeLook {
  /** None where the edge stayed and the refused one is not shown. */
  readonly before: readonly RleMask[];
  readonly points: readonly ClickPoint[];
}

export function drawEdgeBefore(
  context: CanvasRenderingContext2D,
  view: View,
  { before, points }: EdgeLook,
): void {
  context.save();
  context.translate(view.x, view.y);
  context.scale(view.scale, view.scale);
  context.lineCap = 'round';
  for (const [width, color] of [
    [3.6, 'rgba(0,0,0,0.62)'],
    [1.8, '#fff'],
  ] as const) {
    context.lineWidth = width / view.scale;
    context.strokeStyle = color;
    context.setLineDash([0.1 / view.scale, 4.5 / view.scale]);
    for (const mask of before) context.stroke(pathOf(mask, levelOf(view.scale)));
  }
  context.restore();
  drawPoints(context, view, points);
}
