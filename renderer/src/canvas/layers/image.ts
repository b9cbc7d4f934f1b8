// Layer 1: the photograph. Drawn again when it, the zoom or the place changes; tones are a filter on
// the layer's own element, so that masks keep their colours.
import Konva from 'konva';
import type { TileBox } from '../../../../electron/api/rules/tiles.ts';
import type { View } from '../../geometry/viewport.ts';
import type { Level } from '../../state/view/photo.svelte.ts';
import type { PlacedTile } from '../../state/view/tiles.svelte.ts';
import type { Tones } from '../../state/view/viewport.svelte.ts';

/** A photograph in what was fetched of it. */
export interface PhotoModel {
  readonly view: View;
  readonly width: number;
  readonly height: number;
  readonly level: Level | null;
  /** Finer parts of a large image, drawn over the level where they are. */
  readonly tiles: ReadonlyMap<string, PlacedTile>;
}

export interface ImageModel extends PhotoModel {
  /** Scale at which all of the image is in sight. */
  readonly fitScale: number;
  readonly tones: Tones;
  /** Dimmed and grey under a salience map; 0-1. */
  readonly dim: number;
}

/** A small image is large when it fits: its grid waits until somebody zooms in. */
export function showsGrid({ view, fitScale }: Pick<ImageModel, 'view' | 'fitScale'>): boolean {
  return view.scale >= GRID_FROM && view.scale > fitScale * 1.02;
}

/** Image pixels in view: left, top, right, bottom. */
type Part = readonly [left: number, top: number, right: number, bottom: number];

/** From this zoom on pixels are squares; from the next a grid shows them. */
const SMOOTH_BELOW = 3;
const GRID_FROM = 8;

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
        if (!model) return;
        const part = drawPhoto(context._context, model);
        if (part && showsGrid(model)) drawGrid(context._context, model.view, part);
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

/** Draws what is in view, coarse under fine, and says which part that is; null when there is nothing. */
export function drawPhoto(context: CanvasRenderingContext2D, model: PhotoModel): Part | null {
  const { view, width, height, level } = model;
  if (!level || width === 0) return null;
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
  if (right <= left || bottom <= top) return null;
  const part: Part = [left, top, right, bottom];
  const whole = { x: 0, y: 0, width, height };
  const exactly = (at: number) => at;
  drawPart(context, view, part, { ...level, box: whole, place: exactly });
  // Coarse ones first, so that a fine tile covers what is under it.
  const tiles = [...model.tiles.values()].sort((a, b) => b.octave - a.octave);
  for (const { bitmap, octave, box } of tiles)
    if (2 ** -octave > level.scale) {
      const scale = bitmap.width / box.width;
      // On whole screen pixels: between tiles there is no seam.
      drawPart(context, view, part, { bitmap, scale, box, place: Math.round });
    }
  return part;
}

interface Placed extends Level {
  /** What of the image the bitmap shows. */
  readonly box: TileBox;
  /** Where a screen position falls. */
  readonly place: (position: number) => number;
}

/** Draws what a bitmap shows of the part in view. */
function drawPart(
  context: CanvasRenderingContext2D,
  view: View,
  [left, top, right, bottom]: Part,
  { bitmap, scale, box, place }: Placed,
): void {
  const x0 = Math.max(left, box.x);
  const y0 = Math.max(top, box.y);
  const x1 = Math.min(right, box.x + box.width);
  const y1 = Math.min(bottom, box.y + box.height);
  if (x1 <= x0 || y1 <= y0) return;
  const sx0 = place(x0 * view.scale + view.x);
  const sy0 = place(y0 * view.scale + view.y);
  context.drawImage(
    bitmap,
    (x0 - box.x) * scale,
    (y0 - box.y) * scale,
    (x1 - x0) * scale,
    (y1 - y0) * scale,
    sx0,
    sy0,
    place(x1 * view.scale + view.x) - sx0,
    place(y1 * view.scale + view.y) - sy0,
  );
}

function drawGrid(
  context: CanvasRenderingContext2D,
  view: View,
  [left, top, right, bottom]: Part,
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
