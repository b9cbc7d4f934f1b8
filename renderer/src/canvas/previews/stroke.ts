// The stroke under way, on a canvas of the window's size: each frame repaints only what the brush
// touched, so that a 4096 px image costs no more than a small one.
import type { View } from '../../geometry/viewport.ts';
import {
  BLOCKED,
  COVERED,
  PAINTED,
  TILE,
  type Rect,
  type Stroke,
} from '../../../../electron/masks/changes/stroke.ts';
import type { BrushState } from '../../tools/brush.ts';
import type { Annotation } from '../../../../electron/api/types.ts';
import { levelOf, pathOf } from '../paths.ts';

interface Frame {
  readonly view: View;
  readonly stage: { readonly width: number; readonly height: number };
  readonly color: string;
  readonly colorOf: (annotation: Annotation) => string;
  readonly fillAlpha: number;
}

export interface StrokePreview {
  update(state: BrushState | null, frame: Frame): void;
  draw(context: CanvasRenderingContext2D): void;
}

export function makeStrokePreview(): StrokePreview {
  let canvas: OffscreenCanvas | null = null;
  let shown: Stroke | null = null;
  let view: View | null = null;

  return {
    update(state, frame) {
      const stroke = state?.stroke;
      if (!stroke) {
        shown = null;
        return;
      }
      const fresh = shown !== stroke.bits || view !== frame.view;
      if (!canvas || canvas.width !== frame.stage.width || canvas.height !== frame.stage.height)
        canvas = new OffscreenCanvas(
          Math.max(1, frame.stage.width),
          Math.max(1, frame.stage.height),
        );
      const context = canvas.getContext('2d')!;
      const color = stroke.target ? frame.colorOf(stroke.target) : frame.color;
      if (fresh) {
        context.clearRect(0, 0, canvas.width, canvas.height);
        if (stroke.target) fillTarget(context, stroke.target, frame, color);
        // A moved view shows everything that was painted so far, not only what is new.
        if (shown === stroke.bits) stroke.dirty.push(...wholeView(stroke.bits, frame));
        shown = stroke.bits;
        view = frame.view;
      }
      for (const rect of stroke.dirty.splice(0))
        repaint(context, stroke.bits, rect, { ...frame, color, erase: stroke.erase });
    },
    draw(context) {
      if (shown && canvas) context.drawImage(canvas, 0, 0);
    },
  };
}

function fillTarget(
  context: OffscreenCanvasRenderingContext2D,
  target: Annotation,
  { view, fillAlpha }: Frame,
  color: string,
): void {
  context.save();
  context.translate(view.x, view.y);
  context.scale(view.scale, view.scale);
  context.globalAlpha = fillAlpha;
  context.fillStyle = color;
  context.fill(pathOf(target.mask, levelOf(view.scale)), 'evenodd');
  context.restore();
}

function wholeView(bits: Stroke, { view, stage }: Frame): Rect[] {
  const x = Math.max(0, Math.floor(-view.x / view.scale));
  const y = Math.max(0, Math.floor(-view.y / view.scale));
  const right = Math.min(bits.width, Math.ceil((stage.width - view.x) / view.scale));
  const bottom = Math.min(bits.height, Math.ceil((stage.height - view.y) / view.scale));
  return right > x && bottom > y ? [{ x, y, width: right - x, height: bottom - y }] : [];
}

/** Draws the bits of one part of the image anew, tile by tile. */
function repaint(
  context: OffscreenCanvasRenderingContext2D,
  bits: Stroke,
  rect: Rect,
  { view, fillAlpha, color, erase }: Frame & { readonly erase: boolean },
): void {
  const [r, g, b] = rgbOf(color);
  pixels ??= new ImageData(TILE, TILE);
  const alpha = Math.round(255 * fillAlpha);
  const lastX = Math.floor((rect.x + rect.width - 1) / TILE);
  const lastY = Math.floor((rect.y + rect.height - 1) / TILE);
  for (let ty = Math.floor(rect.y / TILE); ty <= lastY; ty += 1)
    for (let tx = Math.floor(rect.x / TILE); tx <= lastX; tx += 1) {
      const tile = bits.tileAt(tx, ty);
      if (!tile) continue;
      const x0 = Math.max(rect.x, tx * TILE);
      const y0 = Math.max(rect.y, ty * TILE);
      const width = Math.min(rect.x + rect.width, (tx + 1) * TILE) - x0;
      const height = Math.min(rect.y + rect.height, (ty + 1) * TILE) - y0;
      if (width <= 0 || height <= 0) continue;
      const { data } = pixels;
      for (let y = 0; y < height; y += 1) {
        let from = (y0 + y - ty * TILE) * TILE + x0 - tx * TILE;
        let at = 4 * y * TILE;
        for (let x = 0; x < width; x += 1, from += 1, at += 4) {
          const value = tile[from]!;
          const painted = (value & (PAINTED | BLOCKED)) === PAINTED;
          const covered = (value & COVERED) !== 0;
          const on = erase ? covered && !painted : covered || painted;
          data[at] = r;
          data[at + 1] = g;
          data[at + 2] = b;
          data[at + 3] = on ? alpha : 0;
        }
      }
      place(context, pixels, { x: x0, y: y0, width, height }, view);
    }
}

/** Puts the top left part of a tile's pixels onto the window's; what was there before is replaced. */
function place(
  context: OffscreenCanvasRenderingContext2D,
  pixels: ImageData,
  part: Rect,
  view: View,
): void {
  scratch ??= new OffscreenCanvas(TILE, TILE);
  scratch
    .getContext('2d', { willReadFrequently: true })!
    .putImageData(pixels, 0, 0, 0, 0, part.width, part.height);
  const left = part.x * view.scale + view.x;
  const top = part.y * view.scale + view.y;
  const width = part.width * view.scale;
  const height = part.height * view.scale;
  // Whole screen pixels, so that neighbouring parts meet without a seam.
  const sx = Math.floor(left);
  const sy = Math.floor(top);
  context.save();
  context.beginPath();
  context.rect(sx, sy, Math.ceil(left + width) - sx, Math.ceil(top + height) - sy);
  context.clip();
  context.clearRect(left, top, width, height);
  context.imageSmoothingEnabled = false;
  context.drawImage(scratch, 0, 0, part.width, part.height, left, top, width, height);
  context.restore();
}

/** One tile of pixels and its canvas, used over and over: a stroke allocates nothing. */
let scratch: OffscreenCanvas | null = null;
let pixels: ImageData | null = null;

function rgbOf(color: string): [number, number, number] {
  return [1, 3, 5].map((i) => parseInt(color.slice(i, i + 2), 16) || 0) as [number, number, number];
}
