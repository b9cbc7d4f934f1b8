// All idle masks, fills and contours, as one bitmap of the window's size. Few masks are painted at once; many are
// painted a few milliseconds at a time, and what was there before, moved and scaled, is shown until they are.
import Konva from 'konva';
import type { View } from '../../geometry/viewport.ts';
import {
  changesBetween,
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
/** Fills and contours in one frame: without a GPU a bitmap is filled after the clock was asked. */
const MOST_AT_ONCE = 200;
/** A scale that rested this long is painted: while it changes, painting many masks would be wasted. */
const SETTLE_MS = 80;

export interface IdleShape {
  readonly shape: Konva.Shape;
  want(scene: IdleScene): void;
}

export function makeIdleShape(layer: Konva.Layer, paint: PaintIdle): IdleShape {
  let scene: IdleScene | null = null;
  let shown: Painted | null = null;
  let coming: Painted | null = null;
  let isWaiting = false;
  /** The scale of the frame before, and when it last became another. */
  let scale = 0;
  let scaledAtMs = -Infinity;

  /** Paints until the time is up. */
  function advance(wanted: IdleScene): 'painting' | 'zooming' | 'done' {
    const nowMs = performance.now();
    const endMs = nowMs + BUDGET;
    if (scale !== wanted.view.scale) scaledAtMs = nowMs;
    scale = wanted.view.scale;
    const isZooming = nowMs - scaledAtMs < SETTLE_MS;
    if (shown && showsOthers(shown.scene, wanted)) shown = null;
    const isStale =
      coming !== null &&
      (showsOthers(coming.scene, wanted) || (shown !== null && coming.scene.view.scale !== scale));
    if (isStale) coming = null;
    for (;;) {
      if (coming) {
        if (!paintOn(coming, paint, endMs)) return 'painting';
        shown = coming;
        coming = null;
      }
      const repaint: Repaint = shown ? changesBetween(shown.scene, wanted) : { kind: 'all' };
      if (repaint.kind === 'nothing') return 'done';
      if (repaint.kind === 'parts') {
        paintParts(shown!, wanted, repaint, paint);
        shown = { ...shown!, scene: wanted };
        return 'done';
      }
      if (shown && isZooming && wanted.looks.length > MOST_AT_ONCE) return 'zooming';
      coming = { canvas: canvasFor(wanted), scene: wanted, count: 0 };
    }
  }

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
      const state = advance(scene);
      if (state !== 'done') goOn(state);
      const picture = shown ?? coming;
      if (picture) place(context._context, picture, scene.view);
    },
  });
  return {
    shape,
    want(next) {
      scene = next;
    },
  };
}

/** An element outside the page: an OffscreenCanvas is copied whole after every frame that drew on it. */
function canvasFor({ stage, ratio }: IdleScene): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(stage.width * ratio));
  canvas.height = Math.max(1, Math.round(stage.height * ratio));
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
