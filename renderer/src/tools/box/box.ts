// Rectangle or ellipse: drag from corner to corner, Shift keeps it even. A turned box is set side by side.
import { fillRings } from '../../../../electron/masks/outlines/polygon.ts';
import { imagePoint } from '../../geometry/viewport.ts';
import { useShape } from '../shapes.ts';
import type { Tool, ToolContext, ToolEvent, ToolResult } from '../types.ts';
import { figuresOf, ringOf, type BoxState, type XY } from './rings.ts';
import { beginTurned, turned } from './turned.ts';

const IDLE: BoxState = { kind: 'idle' };

export const boxTool: Tool<BoxState> = {
  initial: IDLE,
  busy: ({ kind }) => kind !== 'idle',
  reduce(state, event, context) {
    if (state.kind === 'idle')
      return event.kind === 'down' ? { state: begin(event, context) } : { state };
    if (state.kind === 'turned') {
      const { state: next, isDone } = turned(state, event, context);
      return isDone ? drawn(next, context) : { state: next };
    }
    const { from } = state;
    if (event.kind === 'move') return { state: { kind: 'drag', from, to: corner(from, event) } };
    if (event.kind === 'up') {
      const done: BoxState = { kind: 'drag', from, to: corner(from, event) };
      const sides = figuresOf(done);
      return !sides?.height || sides.width < 1 ? { state: IDLE } : drawn(done, context);
    }
    return { state: event.kind === 'cancel' ? IDLE : state };
  },
  pressed(state) {
    if (state.kind === 'drag') return imagePoint(state.to.x, state.to.y);
    if (state.kind !== 'turned' || !state.held) return null;
    return imagePoint(state.cursor.x, state.cursor.y);
  },
  step(before, after) {
    const [had, has] = [before, after].map((one) =>
      one.kind === 'turned' ? one.points.length : 0,
    ) as [number, number];
    return has > had ? { kind: 'point', number: has / 2 } : null;
  },
};

function begin(event: ToolEvent, { options }: ToolContext): BoxState {
  if (options.boxShape === 'turned') return beginTurned(event);
  return { kind: 'drag', from: event.point, to: event.point };
}

function drawn(state: BoxState, context: ToolContext): ToolResult<BoxState> {
  const { image, options } = context;
  const mask = fillRings([ringOf(state, options.boxShape)], image.width, image.height);
  return useShape(IDLE, mask, options.shapeMode, context);
}

function corner(from: XY, { point, shift }: ToolEvent): XY {
  if (!shift) return point;
  const side = Math.max(Math.abs(point.x - from.x), Math.abs(point.y - from.y));
  return {
    x: from.x + Math.sign(point.x - from.x || 1) * side,
    y: from.y + Math.sign(point.y - from.y || 1) * side,
  };
}
