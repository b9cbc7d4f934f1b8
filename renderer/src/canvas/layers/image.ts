// Layer 1: the photograph. Drawn again when it, the zoom or the place changes; tones are a filter on
// the layer's own element, so that masks keep their colours.
import Konva from 'konva';
import type { View } from '../../geometry/viewport.ts';
import type { Level } from '../../state/photo.svelte.ts';
import type { Tones } from '../../state/viewport.svelte.ts';

export interface ImageModel {
  readonly view: View;
  readonly width: number;
  readonly height: number;
  readonly level: Level | null;
  readonly tones: Tones;
  /** Dimmed and grey under a salience map; 0-1. */
  readonly dim: number;
}

/** From this zoom on pixels are squares; from the next a grid shows them. */
export const SMOOTH_BELOW = 3;
export const GRID_FROM = 8;

export interface ImageLayer {
  readonly layer: Konva.Layer;
  update(model: ImageModel): void;
}

export function makeImageLayer(): ImageLayer {
  const layer = new Konva.Layer({ listening: false });
  let model: ImageModel | null = null;
  layer.add(
    new Konva.Shape({
      listening: false,
      perfectDrawEnabled: false,
      sceneFunc: (context) => {
        if (model) draw(context._context, model);
      },
    }),
  );
  return {
    layer,
    update(next) {
      if (sameTones(model, next)) layer.getNativeCanvasElement().style.filter = filterOf(next);
      model = next;
      layer.batchDraw();
    },
  };
}

function sameTones(before: ImageModel | null, next: ImageModel): boolean {
  return before === null || before.tones !== next.tones || before.dim !== next.dim;
}

/** Grey by 85 % and dark by 38 % under a full salience map; gamma by an SVG filter of the page. */
function filterOf({ tones, dim }: ImageModel): string {
  const parts = [];
  if (tones.brightness !== 0) parts.push(`brightness(${1 + tones.brightness / 100})`);
  if (tones.contrast !== 0) parts.push(`contrast(${1 + tones.contrast / 100})`);
  if (tones.gamma !== 1) parts.push('url(#canvas-gamma)');
  if (dim > 0) parts.push(`saturate(${1 - 0.85 * dim}) brightness(${1 - 0.38 * dim})`);
  return parts.join(' ');
}

function draw(context: CanvasRenderingContext2D, model: ImageModel): void {
  const { view, width, height, level } = model;
  if (!level || width === 0) return;
  const smooth = view.scale < SMOOTH_BELOW;
  context.imageSmoothingEnabled = smooth;
  // Shrinking by more than half needs averaging; less does not, and averaging costs.
  if (smooth) context.imageSmoothingQuality = view.scale < level.scale / 2 ? 'medium' : 'low';
  const stageWidth = context.canvas.clientWidth || context.canvas.width;
  const stageHeight = context.canvas.clientHeight || context.canvas.height;
  // Only the part in view: a canvas 64 times as large as the window is never asked for.
  const left = Math.max(0, Math.floor(-view.x / view.scale));
  const top = Math.max(0, Math.floor(-view.y / view.scale));
  const right = Math.min(width, Math.ceil((stageWidth - view.x) / view.scale));
  const bottom = Math.min(height, Math.ceil((stageHeight - view.y) / view.scale));
  if (right <= left || bottom <= top) return;
  const s = level.scale;
  context.drawImage(
    level.bitmap,
    left * s,
    top * s,
    (right - left) * s,
    (bottom - top) * s,
    left * view.scale + view.x,
    top * view.scale + view.y,
    (right - left) * view.scale,
    (bottom - top) * view.scale,
  );
  if (view.scale >= GRID_FROM) drawGrid(context, view, [left, top, right, bottom]);
}

function drawGrid(
  context: CanvasRenderingContext2D,
  view: View,
  [left, top, right, bottom]: [number, number, number, number],
): void {
  context.beginPath();
  for (let x = left; x <= right; x += 1) {
    const sx = Math.round(x * view.scale + view.x) + 0.5;
    context.moveTo(sx, top * view.scale + view.y);
    context.lineTo(sx, bottom * view.scale + view.y);
  }
  for (let y = top; y <= bottom; y += 1) {
    const sy = Math.round(y * view.scale + view.y) + 0.5;
    context.moveTo(left * view.scale + view.x, sy);
    context.lineTo(right * view.scale + view.x, sy);
  }
  context.lineWidth = 1;
  context.strokeStyle = 'rgba(128,128,128,0.35)';
  context.stroke();
}
