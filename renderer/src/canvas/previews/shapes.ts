// Boxes, wand and knife while they are being drawn.
import type { RleMask } from '../../../../electron/api/types.ts';
import type { View } from '../../geometry/viewport.ts';
import { ringOf, type BoxState } from '../../tools/box/rings.ts';
import type { ToolOptions } from '../../tools/types.ts';
import type { SplitState } from '../../tools/split.ts';
import { levelOf, pathOf } from '../paths.ts';
import { strokePath } from '../strokePath.ts';

interface Frame {
  readonly view: View;
  readonly color: string;
}

export function drawBox(
  context: CanvasRenderingContext2D,
  { view, color }: Frame,
  state: BoxState,
  shape: ToolOptions['boxShape'],
): void {
  const ring = ringOf(state, shape);
  if (ring.length === 0) return;
  const path = new Path2D();
  for (let at = 0; at < ring.length; at += 2) path.lineTo(ring[at]!, ring[at + 1]!);
  if (ring.length > 4) path.closePath();
  inImage(context, view, () => {
    context.globalAlpha = 0.24;
    context.fillStyle = color;
    context.fill(path);
    context.globalAlpha = 1;
    strokePath(context, path, view.scale, { color, line: 1.8, dash: [], selected: false });
  });
}

/** Hatched until it is taken. */
export function drawMaskPreview(
  context: CanvasRenderingContext2D,
  { view, color }: Frame,
  mask: RleMask | null,
): void {
  if (!mask) return;
  const path = pathOf(mask, levelOf(view.scale));
  inImage(context, view, () => {
    context.save();
    context.clip(path, 'evenodd');
    const step = 7 / view.scale;
    const reach = mask.width + mask.height;
    // Only lines that can be seen: a large image at a high zoom has too many others.
    const from = Math.max(0, (-view.x - view.y) / view.scale - 10);
    const to = Math.min(reach, (-view.x - view.y + 8000) / view.scale);
    context.beginPath();
    for (let at = Math.floor(from / step) * step; at < to; at += step) {
      context.moveTo(at, 0);
      context.lineTo(at - mask.height, mask.height);
    }
    context.globalAlpha = 0.75;
    context.lineWidth = 2.5 / view.scale;
    context.strokeStyle = color;
    context.stroke();
    context.restore();
    strokePath(context, path, view.scale, { color, line: 1.6, dash: [4, 3], selected: false });
  });
}

export function drawSplitLine(
  context: CanvasRenderingContext2D,
  { view }: Frame,
  state: SplitState,
): void {
  const points = state.cursor ? [...state.points, state.cursor] : state.points;
  if (state.points.length === 0) return;
  for (const [width, color, dash] of [
    [4, 'rgba(0,0,0,0.7)', []],
    [2, '#fff', [7, 4]],
  ] as const) {
    context.beginPath();
    points.forEach((point, i) => {
      const x = point.x * view.scale + view.x;
      const y = point.y * view.scale + view.y;
      if (i === 0) context.moveTo(x, y);
      else context.lineTo(x, y);
    });
    context.lineWidth = width;
    context.strokeStyle = color;
    context.setLineDash([...dash]);
    context.stroke();
  }
  context.setLineDash([]);
}

/** Draws in image pixels. */
export function inImage(context: CanvasRenderingContext2D, view: View, draw: () => void): void {
  context.save();
  context.translate(view.x, view.y);
  context.scale(view.scale, view.scale);
  draw();
  context.restore();
}
