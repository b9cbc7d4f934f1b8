// Layer 3: contours of idle masks, as one bitmap. Casing and line are two strokes of one path; widths
// and dashes are screen pixels.
import Konva from 'konva';
import type { View } from '../../geometry/viewport.ts';
import { drawContour } from '../drawMask.ts';
import { onDevicePixels } from '../idle/changes.ts';
import { makeIdleShape } from '../idle/idlePicture.ts';
import type { ObjectLook } from '../look.ts';

export interface ShapesModel {
  readonly view: View;
  readonly stage: { readonly width: number; readonly height: number };
  /** Idle ones, back to front. */
  readonly objects: readonly ObjectLook[];
}

export interface ShapesLayer {
  readonly layer: Konva.Layer;
  update(model: ShapesModel): void;
}

export function makeShapesLayer(): ShapesLayer {
  const layer = new Konva.Layer({ listening: false });
  const idle = makeIdleShape(layer, drawContour);
  layer.add(idle.shape);
  return {
    layer,
    update({ view, stage, objects }) {
      const ratio = layer.getCanvas().getPixelRatio();
      const looks = objects;
      idle.want({ view: onDevicePixels(view, ratio), stage, ratio, opacity: 1, looks });
      layer.batchDraw();
    },
  };
}
