// Polygon: draw point by point, or edit the outline of an object.
import { fillRings } from '../../../../electron/masks/polygon.ts';
import { imagePoint } from '../../geometry/viewport.ts';
import { objectsAt } from '../hitTest.ts';
import { useShape } from '../shapes.ts';
import type { Tool, ToolContext, ToolEvent, ToolResult } from '../types.ts';
import { edit, startEditing } from './outline.ts';
import { IDLE, REACH, type PolygonState, type Rings } from './state.ts';

export const polygonTool: Tool<PolygonState> = {
  initial: IDLE,
  busy: (state) => state.kind !== 'idle',
  reduce(state, event, context) {
    if (state.kind === 'editing') return edit(state, event, context);
    if (state.kind === 'drawing') return draw(state, event, context);
    if (event.kind !== 'down') return { state };
    if (context.options.polygonMode === 'edit') return pick(event, context);
    const { x, y } = event.point;
    return { state: { kind: 'drawing', points: [x, y], cursor: event.point } };
  },
  pressed(state) {
    const at = state.kind === 'editing' ? state.drag?.at : undefined;
    return at ? imagePoint(at.x, at.y) : null;
  },
  step(before, after) {
    if (after.kind === 'drawing') {
      const [had, has] = [
        before.kind === 'drawing' ? before.points.length : 0,
        after.points.length,
      ];
      return has > had ? { kind: 'point', number: has / 2 } : null;
    }
    if (before.kind !== 'editing' || after.kind !== 'editing') return null;
    if (before.id !== after.id || before.rings === after.rings) return null;
    const [had, has] = [coordinatesOf(before.rings), coordinatesOf(after.rings)];
    return { kind: has > had ? 'addPoint' : has < had ? 'deletePoint' : 'movePoint' };
  },
};

const coordinatesOf = (rings: Rings) => rings.reduce((sum, ring) => sum + ring.length, 0);

function draw(
  state: PolygonState & { kind: 'drawing' },
  event: ToolEvent,
  context: ToolContext,
): ToolResult<PolygonState> {
  const { points } = state;
  const { point, kind } = event;
  if (kind === 'hover' || kind === 'move') return { state: { ...state, cursor: point } };
  if (kind === 'down') {
    const reach = REACH / context.scale;
    const closes =
      points.length >= 6 && Math.hypot(point.x - points[0]!, point.y - points[1]!) < reach;
    if (closes) return close(state, context);
    const [lastX, lastY] = points.slice(-2) as [number, number];
    const same = Math.hypot(point.x - lastX, point.y - lastY) * context.scale < 2;
    return {
      state: same ? state : { ...state, points: [...points, point.x, point.y], cursor: point },
    };
  }
  if (kind === 'confirm' || kind === 'double') return close(state, context);
  if (kind === 'back')
    return { state: points.length > 2 ? { ...state, points: points.slice(0, -2) } : IDLE };
  if (kind === 'cancel') return { state: IDLE };
  return { state };
}

/** Points of which nothing can be made stay, with the reason. */
function close(
  state: PolygonState & { kind: 'drawing' },
  context: ToolContext,
): ToolResult<PolygonState> {
  const { points } = state;
  if (points.length < 6) return { state, note: { kind: 'fewPoints' } };
  const mask = fillRings([points], context.image.width, context.image.height);
  const mode = context.options.polygonMode === 'cut' ? 'cut' : context.options.shapeMode;
  const result = useShape<PolygonState>(IDLE, mask, mode, context);
  return result.transaction ? result : { ...result, state };
}

/** Takes the object under the pointer (or the selected one) for editing. */
function pick(event: ToolEvent, context: ToolContext): ToolResult<PolygonState> {
  const selected = context.selected.find((object) => !object.locked);
  const object = objectsAt(context.objects, event.point)[0] ?? selected;
  if (!object) return { state: IDLE };
  return {
    state: startEditing(object.id, object.mask, context.options.detail),
    selection: [object.id],
  };
}
