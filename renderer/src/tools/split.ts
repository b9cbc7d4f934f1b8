// Split by line: drag a line, or click corners and press Enter. Cuts what is selected, else what it crosses.
import type { AnnotationChange, AnnotationId } from '../../../electron/api/types.ts';
import { splitByLine, type Point } from '../../../electron/masks/regions/split.ts';
import { imagePoint } from '../geometry/viewport.ts';
import { text } from '../text/text.ts';
import { added, changed, withMask } from './edits.ts';
import type { Tool, ToolContext, ToolResult } from './types.ts';

export interface SplitState {
  readonly points: readonly Point[];
  /** Where the pointer is: the open end of the line. */
  readonly cursor: Point | null;
  readonly pressed: boolean;
}

const IDLE: SplitState = { points: [], cursor: null, pressed: false };
const DRAG = 6;

export const splitTool: Tool<SplitState> = {
  initial: IDLE,
  busy: (state) => state.points.length > 0,
  reduce(state, event, context) {
    const at: Point = event.point;
    const { kind } = event;
    if (kind === 'down')
      return { state: { points: [...state.points, at], cursor: at, pressed: true } };
    if (kind === 'move' || kind === 'hover') return { state: { ...state, cursor: at } };
    if (kind === 'up') {
      const last = state.points.at(-1);
      const dragged = last && Math.hypot(at.x - last.x, at.y - last.y) * context.scale > DRAG;
      if (state.pressed && dragged) {
        const result = cut([...state.points, at], context);
        const keeps = !result.transaction && state.points.length > 1;
        return keeps ? { ...result, state: { ...state, pressed: false } } : result;
      }
      return { state: { ...state, pressed: false } };
    }
    if (kind === 'confirm' || kind === 'double') {
      const result = cut(state.points, context);
      // A line that cuts nothing stays: it can be gone on with.
      return result.transaction ? result : { ...result, state };
    }
    if (kind === 'back') return { state: { ...state, points: state.points.slice(0, -1) } };
    return { state: IDLE };
  },
  pressed: ({ pressed, cursor }) => (pressed && cursor ? imagePoint(cursor.x, cursor.y) : null),
  step: (before, after) =>
    after.points.length > before.points.length
      ? { kind: 'point', number: after.points.length }
      : null,
};

function cut(line: readonly Point[], context: ToolContext): ToolResult<SplitState> {
  if (line.length < 2) return { state: IDLE };
  const usable = (context.selected.length > 0 ? context.selected : context.objects).filter(
    (object) => !object.locked,
  );
  const changes: AnnotationChange[] = [];
  const selection: AnnotationId[] = [];
  let name = '';
  for (const object of usable) {
    const parts = splitByLine(object.mask, line);
    if (parts.length < 2) continue;
    name ||= context.nameOf(object);
    changes.push(changed(object, withMask(object, parts[0]!)));
    selection.push(object.id);
    for (const mask of parts.slice(1)) {
      const id = context.newId();
      changes.push(added({ ...withMask(object, mask), id, extra: null }));
      selection.push(id);
    }
  }
  if (changes.length === 0) return { state: IDLE, note: { kind: 'nothing' } };
  return {
    state: IDLE,
    transaction: { label: text.label.history.split(name), changes },
    selection,
  };
}
