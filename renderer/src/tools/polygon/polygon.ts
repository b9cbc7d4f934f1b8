// Polygon: draw a new outline, or edit that of an object.
import { imagePoint } from '../../geometry/viewport.ts';
import { objectsAt } from '../hitTest.ts';
import type { Tool, ToolContext, ToolEvent, ToolResult } from '../types.ts';
import { begin, draw } from './draw.ts';
import { edit, startEditing } from './outline.ts';
import { IDLE, type PolygonState, type Rings } from './state.ts';

export const polygonTool: Tool<PolygonState> = {
  initial: IDLE,
  busy: (state) => state.kind !== 'idle',
  reduce(state, event, context) {
    if (state.kind === 'editing') return edit(state, event, context);
    if (state.kind === 'drawing') return draw(state, event, context);
    if (event.kind !== 'down') return { state };
    if (context.options.polygonMode === 'edit') return pick(event, context);
    return { state: begin(event, context) };
  },
  pressed(state) {
    if (state.kind === 'drawing')
      return state.stroke === undefined ? null : imagePoint(state.cursor.x, state.cursor.y);
    const at = state.kind === 'editing' ? (state.drag?.at ?? state.box?.to) : undefined;
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
