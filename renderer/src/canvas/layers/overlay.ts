// Layer 3: whatever follows the pointer: the masks under it, handles, rubber bands, points, the stroke under way, the brush.
import Konva from 'konva';
import type { View } from '../../geometry/viewport.ts';
import type { ToolState } from '../../tools/armed/table.ts';
import type { ToolOptions } from '../../tools/types.ts';
import { drawHandles, drawMarquee } from '../previews/select.ts';
import { drawBrushRing } from '../previews/brushRing.ts';
import { drawBox, drawMaskPreview, drawSplitLine } from '../previews/shapes.ts';
import { drawClicks, type ClicksModel } from '../previews/segment.ts';
import { drawDifference, type Difference } from '../previews/difference.ts';
import { drawEdgeBefore, type EdgeLook } from '../previews/edgeBefore.ts';
import { drawGuides } from '../previews/guides.ts';
import { drawLive } from '../previews/live.ts';
import { drawPolygon } from '../previews/polygon.ts';
import { makeStrokePreview } from '../previews/stroke.ts';
import { drawUnfinished, type OpenShape } from '../previews/unfinished.ts';
import { onDevicePixels } from '../idle/changes.ts';
import type { LiveLook } from '../look.ts';
import type { Annotation } from '../../../../electron/api/types.ts';

export interface OverlayModel {
  readonly view: View;
  readonly stage: { readonly width: number; readonly height: number };
  readonly tool: ToolState;
  readonly options: ToolOptions;
  readonly selected: readonly Annotation[];
  /** Selected and hovered masks: their fills, and their contours. */
  readonly live: { readonly filled: readonly LiveLook[]; readonly outlined: readonly LiveLook[] };
  /** Of all fills, by the setting. */
  readonly opacity: number;
  /** Pointer in image pixels; null = not over the canvas, or nothing is drawn at it. */
  readonly pointer: { readonly x: number; readonly y: number } | null;
  /** Colour of what is drawn. */
  readonly color: string;
  /** Shapes that were left open. */
  readonly unfinished: readonly OpenShape[];
  /** What the segment tool's clicks mean. */
  readonly clicks: ClicksModel;
  readonly colorOf: (annotation: Annotation) => string;
  readonly fillAlpha: number;
  /** Alt turns the brush into an eraser. */
  readonly alt: boolean;
  /** Handles are hidden while panning or peeking. */
  readonly quiet: boolean;
  readonly focus: string;
  /** Canvas cursor moved by keys. */
  readonly keyCursor: boolean;
  /** Lines through the pointer, for tools that place corners. */
  readonly crossHair: boolean;
  /** What cleaning would change. */
  readonly differences: readonly Difference[];
  /** How the edge of the selected object was found. */
  readonly edge: EdgeLook | null;
}

export interface OverlayLayer {
  readonly layer: Konva.Layer;
  update(model: OverlayModel): void;
}

export function makeOverlayLayer(): OverlayLayer {
  const layer = new Konva.Layer({ listening: false });
  const stroke = makeStrokePreview();
  let model: OverlayModel | null = null;
  layer.add(
    new Konva.Shape({
      listening: false,
      perfectDrawEnabled: false,
      sceneFunc: (context) => {
        if (model) draw(context._context, model);
      },
    }),
  );

  function draw(context: CanvasRenderingContext2D, m: OverlayModel): void {
    const { tool } = m.tool;
    const view = onDevicePixels(m.view, layer.getCanvas().getPixelRatio());
    drawLive(context, { view, stage: m.stage, opacity: m.opacity, ...m.live });
    for (const difference of m.differences) drawDifference(context, m.view, difference);
    if (m.edge && !m.quiet) drawEdgeBefore(context, m.view, m.edge);
    if (!m.quiet) for (const shape of m.unfinished) drawUnfinished(context, m.view, shape);
    if (tool === 'brush' || tool === 'eraser') {
      stroke.draw(context);
      if (m.pointer && !m.quiet) drawBrushRing(context, m, (tool === 'eraser') !== m.alt);
      return;
    }
    if (tool === 'select') {
      if (!m.quiet) drawHandles(context, m, m.tool.state);
      drawMarquee(context, m, m.tool.state);
    } else if (tool === 'box') drawBox(context, m, m.tool.state, m.options.boxShape);
    else if (tool === 'segment') drawClicks(context, m, m.tool.state, m.clicks);
    else if (tool === 'wand') drawMaskPreview(context, m, m.tool.state.press?.mask ?? null);
    else if (tool === 'split') drawSplitLine(context, m, m.tool.state);
    else if (tool === 'polygon') drawPolygon(context, m, m.tool.state);
    if (m.crossHair && !m.quiet) drawGuides(context, m);
    if (m.keyCursor && m.pointer) drawKeyCursor(context, m);
  }

  return {
    layer,
    update(next) {
      model = next;
      const brush =
        next.tool.tool === 'brush' || next.tool.tool === 'eraser' ? next.tool.state : null;
      stroke.update(brush, next);
      layer.batchDraw();
    },
  };
}

function drawKeyCursor(
  context: CanvasRenderingContext2D,
  { view, pointer, focus }: OverlayModel,
): void {
  const x = pointer!.x * view.scale + view.x;
  const y = pointer!.y * view.scale + view.y;
  for (const [width, color] of [
    [4, '#000'],
    [2, focus],
  ] as const) {
    context.beginPath();
    for (const [dx, dy] of [
      [1, 0],
      [-1, 0],
      [0, 1],
      [0, -1],
    ] as const) {
      context.moveTo(x + dx * 4, y + dy * 4);
      context.lineTo(x + dx * 14, y + dy * 14);
    }
    context.lineWidth = width;
    context.strokeStyle = color;
    context.stroke();
  }
}
