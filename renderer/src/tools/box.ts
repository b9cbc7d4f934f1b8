// Rectangle or ellipse: drag from corner to corner, Shift keeps it even.
import { fillRings } from '../../../electron/masks/outlines/polygon.ts';
import { imagePoint } from '../geometry/viewport.ts';
import { useShape } from './shapes.ts';
import type { Tool, ToolEvent } from './types.ts';

export interface BoxState {
  readonly drag: { readonly from: XY; readonly to: XY } | null;
}
interface XY {
  readonly x: number;
  readonly y: number;
}

const IDLE: BoxState = { drag: null };

export const boxTool: Tool<BoxState> = {
  initial: IDLE,
  busy: (state) => state.drag !== null,
  reduce(state, event, context) {
    if (event.kind === 'down') return { state: { drag: { from: event.point, to: event.point } } };
    if (event.kind === 'move' && state.drag)
      return { state: { drag: { from: state.drag.from, to: corner(state.drag.from, event) } } };
    if (event.kind === 'up' && state.drag) {
      const { from } = state.drag;
      const to = corner(from, event);
      const [x0, x1] = [from.x, to.x].map(Math.round).sort((a, b) => a - b) as [number, number];
      const [y0, y1] = [from.y, to.y].map(Math.round).sort((a, b) => a - b) as [number, number];
      if (x1 - x0 < 1 || y1 - y0 < 1) return { state: IDLE };
      const { width, height } = context.image;
      const ring =
        context.options.boxShape === 'ellipse'
          ? ellipseIn(x0, y0, x1, y1)
          : [x0, y0, x1, y0, x1, y1, x0, y1];
      const mask = fillRings([ring], width, height);
      return useShape(IDLE, mask, context.options.shapeMode, context);
    }
    if (event.kind === 'cancel') return { state: IDLE };
    return { state };
  },
  pressed: ({ drag }) => drag && imagePoint(drag.to.x, drag.to.y),
};

/** The ellipse inside a box, in corners whose sides stay within a tenth of a pixel of it. */
function ellipseIn(x0: number, y0: number, x1: number, y1: number): number[] {
  const [rx, ry] = [(x1 - x0) / 2, (y1 - y0) / 2];
  // A chord of angle a leaves the arc by r (1 - cos(a / 2)).
  const angle = 2 * Math.acos(1 - Math.min(1, 0.1 / Math.max(rx, ry)));
  const corners = Math.max(12, Math.ceil((2 * Math.PI) / angle));
  return Array.from({ length: corners }, (_, i) => (2 * Math.PI * i) / corners).flatMap((at) => [
    x0 + rx + rx * Math.cos(at),
    y0 + ry + ry * Math.sin(at),
  ]);
}

function corner(from: XY, { point, shift }: ToolEvent): XY {
  if (!shift) return point;
  const side = Math.max(Math.abs(point.x - from.x), Math.abs(point.y - from.y));
  return {
    x: from.x + Math.sign(point.x - from.x || 1) * side,
    y: from.y + Math.sign(point.y - from.y || 1) * side,
  };
}
