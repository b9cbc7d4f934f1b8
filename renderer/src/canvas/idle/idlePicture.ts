// All idle masks, fills and contours. A bitmap of the window's size keeps them from frame to frame. A frame that
// shares nothing with the one before, such as a step of a zoom, has no use for it: few masks are painted on the
// layer itself. Many are painted a few milliseconds at a time, and what was there before, moved and scaled, is
// shown until they are.
import Konva from 'konva';
import type { View } from '../../geometry/viewport.ts';
import {
  changesBetween,
  frameOf,
  isPaintedAnew,
  MOST_AT_ONCE,
  showsOthers,
  type IdlePart,
  type IdleScene,
  type Repaint,
} from './changes.ts';

/** Paints a fill or a contour; the context speaks screen pixels. */
export type PaintIdle = (
  context: CanvasRenderingContext2D,
  scene: IdleScene,
  part: IdlePart,
) => void;

interface Painted {
  readonly canvas: HTMLCanvasElement;
  readonly scene: IdleScene;
  /** How many masks of the scene are on it. */
  count: number;
}

/** Milliseconds of painting in one frame: half of it is left to everything else. */
const BUDGET = 8;
/** A scale that rested this long is painted: while it changes, painting many masks would be wasted. */
const SETTLE_MS = 80;

export interface IdleShape {
  readonly shape: Konva.Shape;
  want(scene: IdleScene): void;
}

export function makeIdleShape(layer: Konva.Layer, paint: PaintIdle): IdleShape {
  let scene: IdleScene | null = null;
  let isWaiting = false;
  const picture = new IdlePicture(paint);

  function goOn(state: 'painting' | 'zooming'): void {
    if (isWaiting) return;
    isWaiting = true;
    const draw = () => {
      isWaiting = false;
      if (layer.getStage()) layer.draw();
    };
    if (state === 'painting') requestAnimationFrame(draw);
    else setTimeout(draw, SETTLE_MS);
  }

  const shape = new Konva.Shape({
    listening: false,
    perfectDrawEnabled: false,
    sceneFunc: (context) => {
      if (!scene) return;
      const state = picture.advance(scene);
      if (state === 'bare') {
        for (const part of scene.looks) paint(context._context, scene, part);
        return;
      }
      if (state !== 'done') goOn(state);
      if (picture.best) place(context._context, picture.best, scene.view);
    },
  });
  return {
    shape,
    want(next) {
      scene = next;
    },
  };
}

class IdlePicture {
  readonly #paint: PaintIdle;
  #shown: Painted | null = null;
  #coming: Painted | null = null;
  /** Nothing on it is shown any more: a zoom would make a new one at every step. */
  #spare: HTMLCanvasElement | null = null;
  /** What the frame before wanted, and when the scale last became another. */
  #before: IdleScene | null = null;
  #scaledAtMs = -Infinity;
  /** What the frame before painted itself. */
  #bare: IdleScene | null = null;

  constructor(paint: PaintIdle) {
    this.#paint = paint;
  }

  /** What comes nearest to what is wanted. */
  get best(): Painted | null {
    return this.#shown ?? this.#coming;
  }

  /** Paints until the time is up; `bare` leaves the masks to the frame itself. */
  advance(wanted: IdleScene): 'painting' | 'zooming' | 'done' | 'bare' {
    const nowMs = performance.now();
    const before = this.#before;
    this.#before = wanted;
    if (before?.view.scale !== wanted.view.scale) this.#scaledAtMs = nowMs;
    const isZooming = nowMs - this.#scaledAtMs < SETTLE_MS;
    if (isPaintedAnew(before, wanted)) {
      this.#spare = (this.#shown ?? this.#coming)?.canvas ?? this.#spare;
      this.#shown = this.#coming = null;
      this.#bare = wanted;
      return 'bare';
    }
    if (this.#bare) this.#shown = this.#wholeOf(this.#bare);
    this.#bare = null;
    this.#forget(wanted);
    for (;;) {
      if (this.#coming) {
        if (!paintOn(this.#coming, this.#paint, nowMs + BUDGET)) return 'painting';
        this.#spare = this.#shown?.canvas ?? this.#spare;
        this.#shown = this.#coming;
        this.#coming = null;
      }
      const shown = this.#shown;
      const repaint: Repaint = shown ? changesBetween(shown.scene, wanted) : { kind: 'all' };
      if (repaint.kind === 'nothing') return 'done';
      if (shown && repaint.kind === 'parts') {
        paintParts(shown, wanted, repaint, this.#paint);
        this.#shown = { ...shown, scene: wanted };
        return 'done';
      }
      if (shown && isZooming && wanted.looks.length > MOST_AT_ONCE) return 'zooming';
      this.#coming = this.#emptyFor(wanted);
    }
  }

  #emptyFor(scene: IdleScene): Painted {
    const canvas = canvasFor(scene, this.#spare);
    this.#spare = null;
    return { canvas, scene, count: 0 };
  }

  /** Few masks, in one go. */
  #wholeOf(scene: IdleScene): Painted {
    const painted = this.#emptyFor(scene);
    paintOn(painted, this.#paint, Infinity);
    return painted;
  }

  /** Masks of another image, and what is painted for another scale. */
  #forget(wanted: IdleScene): void {
    if (this.#shown && showsOthers(this.#shown.scene, wanted)) this.#shown = null;
    const { scene } = this.#coming ?? {};
    if (!scene) return;
    const isLate = this.#shown !== null && scene.view.scale !== wanted.view.scale;
    if (!isLate && !showsOthers(scene, wanted)) return;
    this.#spare = this.#coming?.canvas ?? this.#spare;
    this.#coming = null;
  }
}

/** As large as the layer, in an element outside the page: an OffscreenCanvas is copied whole after every frame. */
function canvasFor(scene: IdleScene, spare: HTMLCanvasElement | null): HTMLCanvasElement {
  const [, , width, height] = frameOf(scene);
  if (spare?.width === width && spare.height === height) {
    const context = spare.getContext('2d')!;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, width, height);
    return spare;
  }
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  return canvas;
}

/** True when all masks are on it. */
function paintOn(painted: Painted, paint: PaintIdle, endMs: number): boolean {
  const { canvas, scene } = painted;
  const context = canvas.getContext('2d')!;
  context.setTransform(scene.ratio, 0, 0, scene.ratio, 0, 0);
  const most = painted.count + MOST_AT_ONCE;
  while (painted.count < scene.looks.length) {
    if (painted.count === most || performance.now() > endMs) return false;
    paint(context, scene, scene.looks[painted.count]!);
    painted.count += 1;
  }
  return true;
}

function paintParts(
  { canvas }: Painted,
  scene: IdleScene,
  { move: [dx, dy], parts, looks }: Repaint & { kind: 'parts' },
  paint: PaintIdle,
): void {
  const context = canvas.getContext('2d')!;
  context.save();
  context.setTransform(1, 0, 0, 1, 0, 0);
  if (dx !== 0 || dy !== 0) {
    context.globalCompositeOperation = 'copy';
    context.drawImage(canvas, dx, dy);
    context.globalCompositeOperation = 'source-over';
  }
  context.beginPath();
  for (const [left, top, right, bottom] of parts) {
    context.clearRect(left, top, right - left, bottom - top);
    context.rect(left, top, right - left, bottom - top);
  }
  context.clip();
  context.setTransform(scene.ratio, 0, 0, scene.ratio, 0, 0);
  for (const look of looks) paint(context, scene, look);
  context.restore();
}

/** Where a picture of another view lies in this one. */
function place(context: CanvasRenderingContext2D, { canvas, scene }: Painted, view: View): void {
  const by = view.scale / scene.view.scale;
  const x = Math.round((view.x - scene.view.x * by) * scene.ratio);
  const y = Math.round((view.y - scene.view.y * by) * scene.ratio);
  context.save();
  context.setTransform(1, 0, 0, 1, 0, 0);
  // Scaled it is shown for a moment only: smoothing would cost more than painting.
  context.imageSmoothingEnabled = false;
  context.drawImage(canvas, x, y, canvas.width * by, canvas.height * by);
  context.restore();
}
