// Layer 2: fills of all idle masks and the salience map. A stroke under way does not touch it.
import Konva from 'konva';
import type { Annotation } from '../../../../electron/api/types.ts';
import type { View } from '../../geometry/viewport.ts';
import { fillAlpha, type ObjectLook } from '../look.ts';
import { strokeHatch } from '../hatch.ts';
import { levelOf, pathOf } from '../paths.ts';
import { makeReconcile, type Work } from '../reconcile.ts';
import type { ScorePicture } from '../scoreCanvas.ts';

export interface MasksModel {
  readonly view: View;
  readonly stage: { readonly width: number; readonly height: number };
  readonly image: { readonly width: number; readonly height: number };
  readonly objects: readonly ObjectLook[];
  readonly opacity: number;
  readonly salience: ScorePicture | null;
  /** Masks that were not there before fade in: a run has just ended. */
  readonly arriving: boolean;
}

export interface MasksLayer {
  readonly layer: Konva.Layer;
  update(model: MasksModel): Work;
}

/** Long enough to be seen coming, short enough not to be waited for. */
const FADE_SECONDS = 0.18;

export function makeMasksLayer(): MasksLayer {
  const layer = new Konva.Layer({ listening: false });
  const fills = new Konva.Group({ listening: false });
  let model: MasksModel | null = null;
  const salience = new Konva.Shape({
    listening: false,
    perfectDrawEnabled: false,
    sceneFunc: (context) => {
      if (model?.salience) drawSalience(context._context, model, model.salience);
    },
  });
  layer.add(salience, fills);

  const reconcile = makeReconcile<ObjectLook, Konva.Shape>({
    create(item) {
      const shape = new Konva.Shape({ listening: false, perfectDrawEnabled: false });
      bind(shape, item);
      fills.add(shape);
      if (model?.arriving) {
        shape.opacity(0);
        shape.to({ opacity: 1, duration: FADE_SECONDS });
      }
      return shape;
    },
    update: bind,
    remove: (shape) => shape.destroy(),
    order: (nodes) => nodes.forEach((shape) => shape.moveToTop()),
  });
  function bind(shape: Konva.Shape, item: ObjectLook): void {
    shape.sceneFunc((context) => {
      if (model) drawFill(context._context, model, item, shape.opacity());
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

/** True when no pixel of the box can be seen. */
function outOfView(
  [x, y, w, h]: readonly [number, number, number, number],
  view: View,
  stage: { readonly width: number; readonly height: number },
): boolean {
  return (
    (x + w) * view.scale + view.x < 0 ||
    (y + h) * view.scale + view.y < 0 ||
    x * view.scale + view.x > stage.width ||
    y * view.scale + view.y > stage.height
  );
}

/** Draws with the path of a mask in image pixels, unless nothing of it is in view. */
export function drawInImage(
  context: CanvasRenderingContext2D,
  { view, stage }: Pick<MasksModel, 'view' | 'stage'>,
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

function drawFill(
  context: CanvasRenderingContext2D,
  model: MasksModel,
  look: ObjectLook,
  shown: number,
): void {
  drawInImage(context, model, look.annotation, (path) => {
    context.globalAlpha = fillAlpha(look.fill, model.opacity) * shown;
    context.fillStyle = look.color;
    context.fill(path, 'evenodd');
    if (look.hatch === 0) return;
    context.clip(path, 'evenodd');
    context.globalAlpha = 0.55 * shown;
    drawHatch(context, look, model);
  });
}

/** The part of the hatch that is in view. */
function drawHatch(
  context: CanvasRenderingContext2D,
  look: ObjectLook,
  { view, stage }: MasksModel,
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

function drawSalience(
  context: CanvasRenderingContext2D,
  model: MasksModel,
  picture: ScorePicture,
): void {
  const { view, image } = model;
  context.save();
  context.imageSmoothingEnabled = picture.smooth;
  context.imageSmoothingQuality = 'high';
  context.drawImage(
    picture.canvas,
    view.x,
    view.y,
    image.width * view.scale,
    image.height * view.scale,
  );
  context.restore();
}
