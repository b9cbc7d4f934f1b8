// One mask on a canvas that speaks screen pixels: its fill with the hatch, and its contour. What is out
// of view costs nothing.
import type { Annotation } from '../../../electron/api/types.ts';
import type { Size, View } from '../geometry/viewport.ts';
import { strokeHatch } from './hatch.ts';
import type { ObjectLook } from './look.ts';
import { levelOf, pathOf } from './paths.ts';
import { strokePath } from './strokePath.ts';

export interface Sight {
  readonly view: View;
  readonly stage: Size;
}

export interface FillStrength {
  readonly alpha: number;
  /** Of the fill and its hatch, while they fade in. */
  readonly shown?: number;
}

/** Length of a crowd's marks, in screen pixels. */
const TICK = 6;

/** True when no pixel of the box can be seen. */
function outOfView(
  [x, y, w, h]: readonly [number, number, number, number],
  view: View,
  stage: Size,
): boolean {
  return (
    (x + w) * view.scale + view.x < 0 ||
    (y + h) * view.scale + view.y < 0 ||
    x * view.scale + view.x > stage.width ||
    y * view.scale + view.y > stage.height
  );
}

/** Draws with the path of a mask in image pixels, unless nothing of it is in view. */
function drawInImage(
  context: CanvasRenderingContext2D,
  { view, stage }: Sight,
  annotation: Annotation,
  draw: (path: Path2D, scale: number) => void,
): void {
  if (annotation.area === 0 || outOfView(annotation.box, view, stage)) return;
  context.save();
  context.translate(view.x, view.y);
  context.scale(view.scale, view.scale);
  draw(pathOf(annotation.mask, levelOf(view.scale)), view.scale);
  context.restore();
}

export function drawFill(
  context: CanvasRenderingContext2D,
  scene: Sight,
  look: ObjectLook,
  { alpha, shown = 1 }: FillStrength,
): void {
  drawInImage(context, scene, look.annotation, (path) => {
    context.globalAlpha = alpha * shown;
    context.fillStyle = look.color;
    context.fill(path, 'evenodd');
    if (look.hatch === 0) return;
    context.clip(path, 'evenodd');
    context.globalAlpha = 0.55 * shown;
    drawHatch(context, look, scene);
  });
}

/** The part of the hatch that is in view. */
function drawHatch(
  context: CanvasRenderingContext2D,
  look: ObjectLook,
  { view, stage }: Sight,
): void {
  const [x, y, width, height] = look.annotation.box;
  context.strokeStyle = look.color;
  strokeHatch(
    context,
    look.hatch,
    {
      left: Math.max(x, -view.x / view.scale),
      top: Math.max(y, -view.y / view.scale),
      right: Math.min(x + width, (stage.width - view.x) / view.scale),
      bottom: Math.min(y + height, (stage.height - view.y) / view.scale),
    },
    view.scale,
  );
}

export function drawContour(
  context: CanvasRenderingContext2D,
  scene: Sight,
  look: ObjectLook,
): void {
  drawInImage(context, scene, look.annotation, (path, scale) => {
    strokePath(context, path, scale, look);
    if (look.annotation.isCrowd) strokeTicks(context, path, scale, look.color);
  });
}

/** Short marks from the contour inwards: a crowd. */
function strokeTicks(
  context: CanvasRenderingContext2D,
  path: Path2D,
  scale: number,
  color: string,
): void {
  context.clip(path, 'evenodd');
  context.lineCap = 'butt';
  context.lineWidth = (2 * TICK) / scale;
  context.setLineDash([1.5 / scale, 6.5 / scale]);
  context.strokeStyle = color;
  context.stroke(path);
}
