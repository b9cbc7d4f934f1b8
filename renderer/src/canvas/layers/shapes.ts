// Layer 3: contours. Casing and line are two strokes of one path; widths and dashes are screen pixels.
import Konva from 'konva';
import type { View } from '../../geometry/viewport.ts';
import type { ObjectLook } from '../look.ts';
import { makeReconcile, type Work } from '../reconcile.ts';
import { drawInImage } from './masks.ts';
import { strokePath } from '../strokePath.ts';

export interface ShapesModel {
  readonly view: View;
  readonly stage: { readonly width: number; readonly height: number };
  readonly objects: readonly ObjectLook[];
}

export interface ShapesLayer {
  readonly layer: Konva.Layer;
  update(model: ShapesModel): Work;
}

/** Length of a crowd's marks, in screen pixels. */
const TICK = 6;

export function makeShapesLayer(): ShapesLayer {
  const layer = new Konva.Layer({ listening: false });
  let model: ShapesModel | null = null;
  const reconcile = makeReconcile<ObjectLook, Konva.Shape>({
    create(item) {
      const shape = new Konva.Shape({ listening: false, perfectDrawEnabled: false });
      bind(shape, item);
      layer.add(shape);
      return shape;
    },
    update: bind,
    remove: (shape) => shape.destroy(),
    order: (nodes) => nodes.forEach((shape) => shape.moveToTop()),
  });
  function bind(shape: Konva.Shape, item: ObjectLook): void {
    shape.sceneFunc((context) => {
      if (model) drawContour(context._context, model, item);
    });
  }
  return {
    layer,
    update(next) {
      model = next;
      const work = reconcile(next.objects);
      layer.batchDraw();
      return work;
    },
  };
}

function drawContour(
  context: CanvasRenderingContext2D,
  model: ShapesModel,
  look: ObjectLook,
): void {
  drawInImage(context, model, look.annotation, (path, scale) => {
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
