// The stroke under way, on a canvas of the window's size: each frame repaints only what the brush
// touched, so that a 4096 px image costs no more than a small one.
import type { View } from '../../geometry/viewport.ts';
import { BLOCKED, COVERED, PAINTED, TILE, type Rect, type Stroke } from '../../masks/stroke.ts';
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
        repaint(context, stroke.bits, rect, frame, color, stroke.erase);
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
  { view, fillAlpha }: Frame,
  color: string,
  erase: boolean,
): void {
  const [r, g, b] = rgbOf(color);
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
      const image = new ImageData(width, height);
      for (let y = 0; y < height; y += 1)
        for (let x = 0; x < width; x += 1) {
          const value = tile[(y0 + y - ty * TILE) * TILE + x0 + x - tx * TILE]!;
          const painted = (value & (PAINTED | BLOCKED)) === PAINTED;
          const covered = (value & COVERED) !== 0;
          if (erase ? covered && !painted : covered || painted) {
            const at = 4 * (y * width + x);
            image.data[at] = r;
            image.data[at + 1] = g;
            image.data[at + 2] = b;
            image.data[at + 3] = alpha;
          }
        }
      place(context, image, x0, y0, view);
    }
}

let scratch: OffscreenCanvas | null = null;

/** Puts image pixels onto the window's pixels; what was there before is replaced. */
function place(
  context: OffscreenCanvasRenderingContext2D,
  image: ImageData,
  x0: number,
  y0: number,
  view: View,
): void {
  if (!scratch || scratch.width < image.width || scratch.height < image.height)
    scratch = new OffscreenCanvas(TILE, TILE);
  scratch.getContext('2d', { willReadFrequently: true })!.putImageData(image, 0, 0);
  const left = x0 * view.scale + view.x;
  const top = y0 * view.scale + view.y;
  const width = image.width * view.scale;
  const height = image.height * view.scale;
  // Whole screen pixels, so that neighbouring parts meet without a seam.
  const sx = Math.floor(left);
  const sy = Math.floor(top);
  const ex = Math.ceil(left + width);
  const ey = Math.ceil(top + height);
  context.save();
  context.beginPath();
  context.rect(sx, sy, ex - sx, ey - sy);
  context.clip();
  context.clearRect(left, top, width, height);
  context.imageSmoothingEnabled = false;
  context.drawImage(scratch, 0, 0, image.width, image.height, left, top, width, height);
  context.restore();
}

function rgbOf(color: string): [number, number, number] {
  return [1, 3, 5].map((i) => parseInt(color.slice(i, i + 2), 16) || 0) as [number, number, number];
}
