// Draws one pane of the viewer: photograph, map, patch grid, mask edge, patch under the cursor.
import type { RleMask } from '../../../../../electron/api/types.ts';
import { drawPhoto } from '../../../canvas/layers/image.ts';
import { levelOf, pathOf } from '../../../canvas/paths.ts';
import { scorePicture } from '../../../canvas/scoreCanvas.ts';
import type { Size, View } from '../../../geometry/viewport.ts';
import type { Level } from '../../../state/view/photo.svelte.ts';
import type { PlacedTile } from '../../../state/view/tiles.svelte.ts';
import { differenceColor, type DifferenceMap } from '../maps/mapMath.ts';
import { STANDARD_BLEND } from '../view.svelte.ts';
import type { ScoreMap } from '../../../../../electron/api/run.ts';

export interface Pane {
  readonly view: View;
  readonly image: Size;
  readonly level: Level | null;
  /** Finer parts of a large image. */
  readonly tiles: ReadonlyMap<string, PlacedTile>;
  readonly map: ScoreMap | null;
  readonly difference: DifferenceMap | null;
  readonly dropped: readonly number[];
  /** Patch maps are squares, blurred ones smooth. */
  readonly smooth: boolean;
  /** 0 photo alone, STANDARD_BLEND dimmed photo under the map, 1 map alone. */
  readonly blend: number;
  readonly masks: readonly RleMask[];
  readonly grid: { readonly rows: number; readonly columns: number } | null;
  readonly cursor: {
    readonly row: number;
    readonly column: number;
    readonly rows: number;
    readonly columns: number;
  } | null;
  readonly focus: string;
}

const SURROUND = '#0c0c0e';

export function paintPane(canvas: HTMLCanvasElement, pane: Pane): void {
  const ratio = window.devicePixelRatio;
  const width = Math.max(1, Math.round(canvas.clientWidth * ratio));
  const height = Math.max(1, Math.round(canvas.clientHeight * ratio));
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
  }
  const context = canvas.getContext('2d')!;
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, width, height);
  if (pane.image.width === 0) return;
  const { scale, x, y } = pane.view;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  const box = [x, y, pane.image.width * scale, pane.image.height * scale] as const;
  paintPhoto(context, pane, box);
  paintMap(context, pane, box);
  if (pane.grid) paintGrid(context, pane.grid, box);
  if (pane.masks.length > 0) paintEdges(context, pane);
  if (pane.cursor) paintCursor(context, pane, box);
}

type Box = readonly [x: number, y: number, width: number, height: number];

/** 0 to 1 while the photo is dimmed under the map, then 0 to 1 while the map takes over. */
function stages(blend: number): { dim: number; over: number } {
  return {
    dim: Math.min(1, blend / STANDARD_BLEND),
    over: Math.max(0, (blend - STANDARD_BLEND) / (1 - STANDARD_BLEND)),
  };
}

function paintPhoto(context: CanvasRenderingContext2D, pane: Pane, box: Box): void {
  context.fillStyle = SURROUND;
  context.fillRect(...box);
  if (!pane.level) return;
  const hasMap = pane.map !== null || pane.difference !== null;
  const { dim, over } = hasMap ? stages(pane.blend) : { dim: 0, over: 0 };
  context.save();
  if (dim > 0) context.filter = `saturate(${1 - 0.85 * dim}) brightness(${1 - 0.38 * dim})`;
  drawPhoto(context, { ...pane, ...pane.image });
  context.restore();
  if (over === 0) return;
  // Not a fainter photograph: where a tile covers the coarse picture it would be twice as strong.
  context.save();
  context.globalAlpha = over;
  context.fillRect(...box);
  context.restore();
}

function paintMap(context: CanvasRenderingContext2D, pane: Pane, box: Box): void {
  const { dim, over } = stages(pane.blend);
  context.save();
  context.imageSmoothingQuality = 'high';
  context.imageSmoothingEnabled = pane.smooth;
  if (pane.difference) {
    context.globalAlpha = Math.min(1, dim * 0.9 + over * 0.1);
    context.drawImage(differencePicture(pane.difference), ...box);
  } else if (pane.map) {
    const picture = scorePicture(pane.map, { dropped: pane.dropped, blend: dim });
    context.drawImage(picture.canvas, ...box);
    if (over > 0) {
      context.globalAlpha = over;
      const solid = scorePicture(pane.map, { dropped: pane.dropped, opaque: true });
      context.drawImage(solid.canvas, ...box);
    }
  }
  context.restore();
}

function differencePicture({ rows, columns, values }: DifferenceMap): OffscreenCanvas {
  const canvas = new OffscreenCanvas(columns, rows);
  const context = canvas.getContext('2d')!;
  const image = context.createImageData(columns, rows);
  for (let i = 0; i < values.length; i += 1)
    image.data.set([...differenceColor(values[i]!), 255], 4 * i);
  context.putImageData(image, 0, 0);
  return canvas;
}

function paintGrid(
  context: CanvasRenderingContext2D,
  { rows, columns }: { rows: number; columns: number },
  [x, y, width, height]: Box,
): void {
  context.beginPath();
  for (let c = 1; c < columns; c += 1) {
    const at = Math.round(x + (c / columns) * width) + 0.5;
    context.moveTo(at, y);
    context.lineTo(at, y + height);
  }
  for (let r = 1; r < rows; r += 1) {
    const at = Math.round(y + (r / rows) * height) + 0.5;
    context.moveTo(x, at);
    context.lineTo(x + width, at);
  }
  context.lineWidth = 1;
  context.strokeStyle = 'rgba(255, 255, 255, 0.1)';
  context.stroke();
}

/** White dots on a black casing: it holds on every salience colour. */
function paintEdges(context: CanvasRenderingContext2D, pane: Pane): void {
  const { scale, x, y } = pane.view;
  context.save();
  context.beginPath();
  context.rect(x, y, pane.image.width * scale, pane.image.height * scale);
  context.clip();
  context.translate(x, y);
  context.scale(scale, scale);
  context.lineJoin = 'round';
  context.lineCap = 'round';
  for (const mask of pane.masks) {
    const path = pathOf(mask, levelOf(scale));
    context.setLineDash([]);
    context.lineWidth = 3.2 / scale;
    context.strokeStyle = 'rgba(0, 0, 0, 0.62)';
    context.stroke(path);
    context.setLineDash([1.5 / scale, 3.6 / scale]);
    context.lineWidth = 1.8 / scale;
    context.strokeStyle = '#fff';
    context.stroke(path);
  }
  context.restore();
}

function paintCursor(context: CanvasRenderingContext2D, pane: Pane, box: Box): void {
  const cursor = pane.cursor!;
  const [x, y, width, height] = box;
  const left = x + (cursor.column / cursor.columns) * width;
  const top = y + (cursor.row / cursor.rows) * height;
  const w = width / cursor.columns;
  const h = height / cursor.rows;
  context.lineWidth = 3;
  context.strokeStyle = 'rgba(0, 0, 0, 0.6)';
  context.strokeRect(left, top, w, h);
  context.lineWidth = 1.5;
  context.strokeStyle = pane.focus;
  context.strokeRect(left, top, w, h);
}
