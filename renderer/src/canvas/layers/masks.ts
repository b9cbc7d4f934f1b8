// Layer 2: idle masks, as one bitmap, and the salience map. Neither hovering nor a stroke under way touches it.
// Widths and dashes of contours are screen pixels.
import Konva from 'konva';
import type { View } from '../../geometry/viewport.ts';
import { drawContour, drawFill } from '../drawMask.ts';
import { onDevicePixels, partsOfLooks, type IdlePart } from '../idle/changes.ts';
import { makeIdleShape } from '../idle/idlePicture.ts';
import { fillAlpha, type ObjectLook } from '../look.ts';
import type { ScorePicture } from '../scoreCanvas.ts';

export interface MasksModel {
  readonly view: View;
  readonly stage: { readonly width: number; readonly height: number };
  readonly image: { readonly width: number; readonly height: number };
  /** Idle ones, back to front: those with a fill, and those with a contour. */
  readonly filled: readonly ObjectLook[];
  readonly outlined: readonly ObjectLook[];
  readonly opacity: number;
  readonly salience: ScorePicture | null;
  /** Masks that were not there before fade in: a run has just ended. */
  readonly arriving: boolean;
}

export interface MasksLayer {
  readonly layer: Konva.Layer;
  update(model: MasksModel): void;
}

/** Long enough to be seen coming, short enough not to be waited for. */
const FADE_SECONDS = 0.18;

export function makeMasksLayer(): MasksLayer {
  const layer = new Konva.Layer({ listening: false });
  let model: MasksModel | null = null;
  let known: ReadonlySet<string> = new Set();
  /** Keys of masks that fade in, painted by themselves until they are there. */
  let coming: ReadonlySet<string> = new Set();
  const idle = makeIdleShape(layer, (context, scene, { look, kind }) => {
    if (kind === 'contour') drawContour(context, scene, look);
    else drawFill(context, scene, look, { alpha: fillAlpha(look.fill, scene.opacity) });
  });
  const parts = rememberParts();
  const shapeOf = (draw: (context: CanvasRenderingContext2D, model: MasksModel) => void) =>
    new Konva.Shape({
      listening: false,
      perfectDrawEnabled: false,
      sceneFunc: (context) => {
        if (model) draw(context._context, model);
      },
    });
  const salience = shapeOf((context, { salience: picture, ...now }) => {
    if (picture) drawSalience(context, now, picture);
  });
  const fresh = shapeOf((context, now) => {
    const shown = fresh.opacity();
    for (const look of now.filled)
      if (coming.has(look.key))
        drawFill(context, now, look, { alpha: fillAlpha(look.fill, now.opacity), shown });
  });
  layer.add(salience, idle.shape, fresh);

  function fadeIn(keys: ReadonlySet<string>): void {
    coming = keys;
    fresh.opacity(0);
    fresh.to({
      opacity: 1,
      duration: FADE_SECONDS,
      onFinish: () => {
        if (coming !== keys) return;
        coming = new Set();
        show();
      },
    });
  }

  function show(): void {
    if (!model) return;
    const { stage, opacity, filled, outlined } = model;
    const there = coming.size === 0 ? filled : filled.filter((look) => !coming.has(look.key));
    const looks = parts(there, outlined);
    const ratio = layer.getCanvas().getPixelRatio();
    idle.want({ view: model.view, stage, ratio, opacity, looks });
    layer.batchDraw();
  }

  return {
    layer,
    update(next) {
      const view = onDevicePixels(next.view, layer.getCanvas().getPixelRatio());
      model = { ...next, view };
      const keys = new Set(next.filled.map((look) => look.key));
      if (next.arriving) {
        const added = [...keys].filter((key) => !known.has(key));
        if (added.length > 0) fadeIn(new Set(added));
      }
      known = keys;
      show();
    },
  };
}

/** The same list while fills and contours are the same: moving the view compares no looks. */
function rememberParts(): typeof partsOfLooks {
  let last: [filled: readonly ObjectLook[], outlined: readonly ObjectLook[]] = [[], []];
  let made: IdlePart[] = [];
  return (filled, outlined) => {
    if (filled === last[0] && outlined === last[1]) return made;
    last = [filled, outlined];
    return (made = partsOfLooks(filled, outlined));
  };
}

function drawSalience(
  context: CanvasRenderingContext2D,
  { view, image }: Pick<MasksModel, 'view' | 'image'>,
  picture: ScorePicture,
): void {
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
