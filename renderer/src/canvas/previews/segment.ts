// Clicks, their box and the mask that they mean, and the mask that a click here would mean.
import type { ClickPoint } from '../../../../electron/api/clicks/clicks.ts';
import type { RleMask } from '../../../../electron/api/types.ts';
import type { View } from '../../geometry/viewport.ts';
import {
  boxBetween,
  cornersOf,
  type ClickStep,
  type SegmentState,
} from '../../tools/segment/state.ts';
import { levelOf, pathOf } from '../paths.ts';
import { strokePath } from '../strokePath.ts';
import { drawMaskPreview, inImage } from './shapes.ts';

/** Everything drawn besides the clicks themselves. */
export interface ClicksModel {
  readonly mask: RleMask | null;
  /** Made of a smaller picture or of salience still to come: waits are drawn as rings. */
  readonly waits: boolean;
  /** What would be cut out of the object. */
  readonly cuts: boolean;
  readonly preview: RleMask | null;
  /** Where salience sought its edges. */
  readonly window: readonly [number, number, number, number] | null;
  /** Sides of the crop behind which the mask may go on. */
  readonly crop: readonly [number, number, number, number] | null;
}

interface Frame {
  readonly view: View;
  readonly stage: { readonly width: number; readonly height: number };
  readonly color: string;
}

const DISC = 8;
const ADDS = '#1d7a45';
const TAKES = '#b9271d';
const CASING = 'rgba(0,0,0,0.62)';

export function drawClicks(
  context: CanvasRenderingContext2D,
  frame: Frame,
  state: SegmentState,
  model: ClicksModel,
): void {
  const { view, color } = frame;
  if (model.preview) drawHover(context, frame, model.preview);
  if (model.mask)
    if (model.cuts) drawMaskPreview(context, frame, model.mask);
    else drawPending(context, view, color, model.mask);
  if (model.crop) drawDashed(context, view, model.crop, '#fff');
  if (model.window) drawDashed(context, view, model.window, '#e8792b');
  const { press } = state;
  const drawn = press && !press.grabbed && press.dragged ? press : null;
  const box = drawn && boxBetween(drawn.from, drawn.at, { width: Infinity, height: Infinity });
  for (const step of state.steps) {
    if (step.kind === 'box' && box) continue;
    drawStep(context, view, placed(step, state), model.waits);
  }
  if (box) drawStep(context, view, { kind: 'box', box }, model.waits);
}

/** Clicks that a click model was given, without their box. */
export function drawPoints(
  context: CanvasRenderingContext2D,
  view: View,
  points: readonly ClickPoint[],
): void {
  for (const point of points) drawDisc(context, view, point, false);
}

/** A step where it is held just now. */
function placed(step: ClickStep, { press, steps }: SegmentState): ClickStep {
  const grabbed = press?.grabbed;
  if (!press || !grabbed || !press.dragged || steps[grabbed.step] !== step) return step;
  if (step.kind === 'click') return { ...step, x: press.at.x, y: press.at.y };
  const opposite = cornersOf(step.box)[((grabbed.corner ?? 0) + 2) % 4]!;
  const box = boxBetween(opposite, press.at, { width: Infinity, height: Infinity });
  return box ? { kind: 'box', box } : step;
}

function drawHover(context: CanvasRenderingContext2D, { view, color }: Frame, mask: RleMask): void {
  const path = pathOf(mask, levelOf(view.scale));
  inImage(context, view, () => {
    context.globalAlpha = 0.3;
    context.fillStyle = color;
    context.fill(path, 'evenodd');
    context.globalAlpha = 1;
    strokePath(context, path, view.scale, { color, line: 2, dash: [3, 3], selected: false });
  });
}

function drawPending(
  context: CanvasRenderingContext2D,
  view: View,
  color: string,
  mask: RleMask,
): void {
  const path = pathOf(mask, levelOf(view.scale));
  inImage(context, view, () => {
    context.globalAlpha = 0.36;
    context.fillStyle = color;
    context.fill(path, 'evenodd');
    context.globalAlpha = 1;
    context.lineJoin = 'round';
    for (const [width, style] of [
      [5.4, CASING],
      [4, '#fff'],
      [2, color],
    ] as const) {
      context.lineWidth = width / view.scale;
      context.strokeStyle = style;
      context.stroke(path);
    }
  });
}

function drawStep(
  context: CanvasRenderingContext2D,
  view: View,
  step: ClickStep,
  waits: boolean,
): void {
  if (step.kind === 'click') return drawDisc(context, view, step, waits);
  const [x, y, width, height] = step.box;
  const left = x * view.scale + view.x;
  const top = y * view.scale + view.y;
  const size = [width * view.scale, height * view.scale] as const;
  for (const [line, style] of [
    [3.4, CASING],
    [1.6, '#fff'],
  ] as const) {
    context.lineWidth = line;
    context.strokeStyle = style;
    context.setLineDash(waits ? [5, 4] : []);
    context.strokeRect(left, top, ...size);
  }
  context.setLineDash([]);
  for (const corner of cornersOf(step.box)) {
    const [cx, cy] = [corner.x * view.scale + view.x, corner.y * view.scale + view.y];
    context.fillStyle = CASING;
    context.fillRect(cx - 5, cy - 5, 10, 10);
    context.fillStyle = '#fff';
    context.fillRect(cx - 4, cy - 4, 8, 8);
  }
}

function drawDisc(
  context: CanvasRenderingContext2D,
  view: View,
  { x, y, adds }: ClickPoint,
  waits: boolean,
): void {
  const [cx, cy] = [x * view.scale + view.x, y * view.scale + view.y];
  const circle = (radius: number) => {
    context.beginPath();
    context.arc(cx, cy, radius, 0, 2 * Math.PI);
  };
  circle(DISC + 0.8);
  context.lineWidth = 4.6;
  context.strokeStyle = CASING;
  context.stroke();
  context.setLineDash(waits ? [3, 3] : []);
  context.lineWidth = 1.6;
  context.strokeStyle = '#fff';
  context.stroke();
  context.setLineDash([]);
  if (!waits) {
    circle(DISC);
    context.fillStyle = adds ? ADDS : TAKES;
    context.fill();
  }
  // The sign tells them apart; the colour is only quicker.
  context.lineWidth = 2;
  context.beginPath();
  context.moveTo(cx - 4, cy);
  context.lineTo(cx + 4, cy);
  if (adds) {
    context.moveTo(cx, cy - 4);
    context.lineTo(cx, cy + 4);
  }
  context.stroke();
}

function drawDashed(
  context: CanvasRenderingContext2D,
  view: View,
  [x, y, width, height]: readonly [number, number, number, number],
  color: string,
): void {
  const rect = [
    x * view.scale + view.x,
    y * view.scale + view.y,
    width * view.scale,
    height * view.scale,
  ] as const;
  for (const [line, style] of [
    [3, CASING],
    [1.4, color],
  ] as const) {
    context.lineWidth = line;
    context.strokeStyle = style;
    context.setLineDash([3, 3]);
    context.strokeRect(...rect);
  }
  context.setLineDash([]);
}
