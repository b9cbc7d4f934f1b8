// Select's marks: handles and dotted box of the selection, the rubber band, an object being moved.
import type { Annotation, Box } from '../../../../electron/api/types.ts';
import type { View } from '../../geometry/viewport.ts';
import { handlesOf } from '../../tools/hitTest.ts';
import { resizedBox, type SelectState } from '../../tools/select.ts';
import type { XY } from '../../tools/polygon/state.ts';
import { levelOf, pathOf } from '../paths.ts';

interface Frame {
  readonly view: View;
  readonly selected: readonly Annotation[];
  readonly colorOf: (annotation: Annotation) => string;
}

const HANDLE = 7;

export function drawHandles(
  context: CanvasRenderingContext2D,
  frame: Frame,
  state: SelectState,
): void {
  const { view, selected } = frame;
  if (state.kind === 'moving') return drawMoved(context, frame, state);
  for (const object of selected) {
    if (object.area === 0) continue;
    const box = state.kind === 'resizing' ? resizedBox(state, state.to) : object.box;
    dottedBox(context, view, box);
    if (object.locked || selected.length > 1) continue;
    for (const handle of handlesOf(box)) {
      const x = Math.round(handle.x * view.scale + view.x) - HANDLE / 2;
      const y = Math.round(handle.y * view.scale + view.y) - HANDLE / 2;
      context.fillStyle = '#fff';
      context.fillRect(x, y, HANDLE, HANDLE);
      context.lineWidth = 1;
      context.strokeStyle = '#222';
      context.strokeRect(x, y, HANDLE, HANDLE);
    }
  }
}

export function drawMarquee(
  context: CanvasRenderingContext2D,
  { view }: Frame,
  state: SelectState,
): void {
  if (state.kind === 'marquee') drawBox(context, view, state);
}

/** The box of a drag that takes what is in it. */
export function drawBox(
  context: CanvasRenderingContext2D,
  view: View,
  { from, to }: { readonly from: XY; readonly to: XY },
): void {
  const x = Math.min(from.x, to.x) * view.scale + view.x;
  const y = Math.min(from.y, to.y) * view.scale + view.y;
  const width = Math.abs(to.x - from.x) * view.scale;
  const height = Math.abs(to.y - from.y) * view.scale;
  context.fillStyle = 'rgba(157,179,255,0.14)';
  context.fillRect(x, y, width, height);
  context.lineWidth = 1;
  context.strokeStyle = '#000';
  context.strokeRect(x + 0.5, y + 0.5, width, height);
  context.setLineDash([4, 4]);
  context.strokeStyle = '#fff';
  context.strokeRect(x + 0.5, y + 0.5, width, height);
  context.setLineDash([]);
}

function dottedBox(context: CanvasRenderingContext2D, view: View, [x, y, w, h]: Box): void {
  const rect = [
    Math.round(x * view.scale + view.x) + 0.5,
    Math.round(y * view.scale + view.y) + 0.5,
    Math.round(w * view.scale),
    Math.round(h * view.scale),
  ] as const;
  context.lineWidth = 1;
  context.strokeStyle = 'rgba(0,0,0,0.55)';
  context.strokeRect(...rect);
  context.setLineDash([2, 3]);
  context.strokeStyle = '#fff';
  context.strokeRect(...rect);
  context.setLineDash([]);
}

function drawMoved(
  context: CanvasRenderingContext2D,
  { view, selected, colorOf }: Frame,
  state: SelectState & { kind: 'moving' },
): void {
  const dx = Math.round(state.to.x - state.from.x);
  const dy = Math.round(state.to.y - state.from.y);
  for (const object of selected) {
    if (object.locked) continue;
    context.save();
    context.translate(view.x + dx * view.scale, view.y + dy * view.scale);
    context.scale(view.scale, view.scale);
    const path = pathOf(object.mask, levelOf(view.scale));
    context.globalAlpha = 0.3;
    context.fillStyle = colorOf(object);
    context.fill(path, 'evenodd');
    context.globalAlpha = 1;
    context.lineWidth = 1.5 / view.scale;
    context.strokeStyle = '#fff';
    context.stroke(path);
    context.restore();
  }
}
