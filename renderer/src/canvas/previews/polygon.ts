// Points of a polygon: squares of 8 px, ghosts at edge middles, the dragged one round and filled.
import type { View } from '../../geometry/viewport.ts';
import type { PolygonState } from '../../tools/polygon/state.ts';
import { crossingOf } from '../../geometry/crossing.ts';
import { pathThrough } from '../paths.ts';
import { strokePath } from '../strokePath.ts';
import { drawBox } from './select.ts';

interface Frame {
  readonly view: View;
  readonly color: string;
  /** Of borders that are shared with a neighbour. */
  readonly focus: string;
}

const POINT = 8;
/** Light enough over its dark casing on any photograph. */
const WARNING = '#ffb067';
/** Ghosts need room: no ghost on an edge shorter than this on screen. */
const GHOST_EDGE = 26;

export function drawPolygon(
  context: CanvasRenderingContext2D,
  frame: Frame,
  state: PolygonState,
): void {
  if (state.kind === 'drawing') drawOpen(context, frame, state);
  else if (state.kind === 'editing') drawEdited(context, frame, state);
}

function drawOpen(
  context: CanvasRenderingContext2D,
  { view, color, focus }: Frame,
  state: PolygonState & { kind: 'drawing' },
): void {
  const { x, y } = state.cursor;
  const { shared } = state;
  const next = [...(state.wire ?? shared?.between ?? []), x, y];
  const points = [...state.points, ...next];
  scaled(context, view, () => {
    context.globalAlpha = 0.18;
    context.fillStyle = color;
    context.fill(pathThrough(points, true));
    context.globalAlpha = 1;
    const stroke = { color, line: 1.8, selected: false };
    // What follows an edge is dashed until a press fixes it.
    const fixed = state.wire ? state.points : points;
    strokePath(context, pathThrough(fixed, false), view.scale, { ...stroke, dash: [] });
    if (shared && shared.px > 0) {
      const border = pathThrough([...state.points.slice(-2), ...next], false);
      strokePath(context, border, view.scale, { ...stroke, color: focus, line: 3, dash: [] });
    }
    if (!state.wire) return;
    const open = pathThrough([...state.points.slice(-2), ...next], false);
    strokePath(context, open, view.scale, { ...stroke, dash: [5, 4] });
  });
  for (let i = 0; i < state.points.length; i += 2)
    square(context, screenX(view, state.points[i]!), screenY(view, state.points[i + 1]!), {
      strong: i === 0,
    });
  const crossing = crossingOf(state.points);
  if (crossing) ringed(context, screenX(view, crossing.x), screenY(view, crossing.y));
  if (shared) grabbed(context, screenX(view, x), screenY(view, y), focus);
}

function drawEdited(
  context: CanvasRenderingContext2D,
  { view, color }: Frame,
  state: PolygonState & { kind: 'editing' },
): void {
  scaled(context, view, () => {
    const whole = new Path2D();
    for (const ring of state.rings) whole.addPath(pathThrough(ring, true));
    context.globalAlpha = 0.24;
    context.fillStyle = color;
    context.fill(whole, 'evenodd');
    context.globalAlpha = 1;
    strokePath(context, whole, view.scale, { color, line: 1.8, dash: [], selected: true });
    const old = state.drag?.start[state.drag.ring];
    if (old) {
      context.lineWidth = 1.2 / view.scale;
      context.setLineDash([2 / view.scale, 3 / view.scale]);
      context.strokeStyle = '#fff';
      context.stroke(pathThrough(old, true));
      context.setLineDash([]);
    }
  });
  const chosen = new Set(state.chosen.map(({ ring, index }) => `${ring} ${index}`));
  state.rings.forEach((ring, r) => {
    for (let i = 0; i < ring.length; i += 2) {
      const x = screenX(view, ring[i]!);
      const y = screenY(view, ring[i + 1]!);
      const nx = screenX(view, ring[(i + 2) % ring.length]!);
      const ny = screenY(view, ring[(i + 3) % ring.length]!);
      if (Math.hypot(nx - x, ny - y) >= GHOST_EDGE) ghost(context, (x + nx) / 2, (y + ny) / 2);
      const index = i / 2;
      const isDragged = state.drag?.ring === r && state.drag.index === index && !state.drag.edge;
      const isHovered = state.hover?.ring === r && state.hover.index === index;
      const isChosen = chosen.has(`${r} ${index}`);
      if (isDragged) grabbed(context, x, y, color);
      else
        square(context, x, y, {
          strong: isHovered || isChosen,
          ...(isChosen ? { fill: color } : {}),
        });
    }
  });
  if (state.box) drawBox(context, view, state.box);
}

const screenX = (view: View, x: number) => x * view.scale + view.x;
const screenY = (view: View, y: number) => y * view.scale + view.y;

function square(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  { strong, fill = '#fff' }: { readonly strong: boolean; readonly fill?: string },
): void {
  const size = strong ? POINT + 3 : POINT;
  context.fillStyle = fill;
  context.fillRect(Math.round(x - size / 2), Math.round(y - size / 2), size, size);
  context.lineWidth = strong ? 2 : 1;
  context.strokeStyle = '#1b1b1f';
  context.strokeRect(
    Math.round(x - size / 2) + 0.5,
    Math.round(y - size / 2) + 0.5,
    size - 1,
    size - 1,
  );
}

function ghost(context: CanvasRenderingContext2D, x: number, y: number): void {
  context.beginPath();
  context.arc(x, y, 3, 0, 2 * Math.PI);
  context.fillStyle = 'rgba(255,255,255,0.75)';
  context.fill();
  context.lineWidth = 1;
  context.strokeStyle = 'rgba(0,0,0,0.7)';
  context.stroke();
}

/** A place to look at: where the line crosses itself. */
function ringed(context: CanvasRenderingContext2D, x: number, y: number): void {
  for (const [width, color] of [
    [5, 'rgba(0,0,0,0.62)'],
    [2.5, WARNING],
  ] as const) {
    context.beginPath();
    context.arc(x, y, 10, 0, 2 * Math.PI);
    context.lineWidth = width;
    context.strokeStyle = color;
    context.stroke();
  }
}

function grabbed(context: CanvasRenderingContext2D, x: number, y: number, color: string): void {
  context.beginPath();
  context.arc(x, y, 7, 0, 2 * Math.PI);
  context.fillStyle = color;
  context.fill();
  context.lineWidth = 3;
  context.strokeStyle = '#fff';
  context.stroke();
}

function scaled(context: CanvasRenderingContext2D, view: View, draw: () => void): void {
  context.save();
  context.translate(view.x, view.y);
  context.scale(view.scale, view.scale);
  draw();
  context.restore();
}
