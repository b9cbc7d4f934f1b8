// Select: click takes the topmost by its pixels, a second click the next below; drag on empty ground
// draws a box; dragging a selected object moves it, its handles resize it.
import type { AnnotationId, Box } from '../../../electron/api/types.ts';
import { fitMask, moveMask } from '../../../electron/masks/changes/transform.ts';
import { imagePoint } from '../geometry/viewport.ts';
import { text } from '../text/text.ts';
import { remask } from './edits.ts';
import { dragHandle, handleAt, objectsAt, pickAt, type HandleId } from './hitTest.ts';
import type { Tool, ToolContext, ToolEvent, ToolResult } from './types.ts';

interface XY {
  readonly x: number;
  readonly y: number;
}

export type SelectState =
  | { readonly kind: 'idle' }
  /** Pressed on an object; not yet clear whether it is a click or a move. */
  | { readonly kind: 'pressing'; readonly from: XY; readonly wasSelected: boolean }
  | { readonly kind: 'marquee'; readonly from: XY; readonly to: XY; readonly add: boolean }
  | { readonly kind: 'moving'; readonly from: XY; readonly to: XY }
  | {
      readonly kind: 'resizing';
      readonly handle: HandleId;
      readonly from: XY;
      readonly to: XY;
      readonly box: Box;
    };

/** Screen pixels before a press becomes a drag. */
const DRAG = 4;
const HANDLE_REACH = 8;
const IDLE: SelectState = { kind: 'idle' };

export const selectTool: Tool<SelectState> = {
  initial: IDLE,
  busy: (state) => state.kind !== 'idle' && state.kind !== 'pressing',
  reduce(state, event, context) {
    if (event.kind === 'cancel') return { state: IDLE };
    if (event.kind === 'down') return press(event, context);
    if (event.kind === 'move') return { state: drag(state, event, context) };
    if (event.kind === 'up') return release(state, event, context);
    return { state };
  },
  pressed(state) {
    const at = 'to' in state ? state.to : null;
    return at && imagePoint(at.x, at.y);
  },
};

const idsOf = (objects: readonly { readonly id: AnnotationId }[]) => objects.map((o) => o.id);

function press(event: ToolEvent, context: ToolContext): ToolResult<SelectState> {
  const { selected, objects, scale } = context;
  const from = event.point;
  const single = selected.length === 1 ? selected[0] : undefined;
  if (single && !single.locked) {
    const handle = handleAt(single.box, from, HANDLE_REACH / scale);
    if (handle) return { state: { kind: 'resizing', handle, from, to: from, box: single.box } };
  }
  const under = objectsAt(objects, from);
  const top = under[0];
  if (!top) return { state: { kind: 'marquee', from, to: from, add: event.shift } };
  const ids = new Set(idsOf(selected));
  if (event.shift) {
    if (ids.has(top.id)) ids.delete(top.id);
    else ids.add(top.id);
    return { state: IDLE, selection: [...ids] };
  }
  // Whatever is selected under the pointer can be dragged at once.
  if (under.some((object) => ids.has(object.id)))
    return { state: { kind: 'pressing', from, wasSelected: true } };
  return { state: { kind: 'pressing', from, wasSelected: false }, selection: [top.id] };
}

function drag(state: SelectState, event: ToolEvent, context: ToolContext): SelectState {
  const to = event.point;
  if (state.kind === 'pressing') {
    const far = Math.hypot(to.x - state.from.x, to.y - state.from.y) * context.scale > DRAG;
    const movable = context.selected.some((object) => !object.locked);
    // The first drag on an object only selects it: nothing moves by accident.
    if (!far || !movable || !state.wasSelected) return state;
    return { kind: 'moving', from: state.from, to };
  }
  if (state.kind === 'marquee' || state.kind === 'moving' || state.kind === 'resizing')
    return { ...state, to };
  return state;
}

function release(
  state: SelectState,
  event: ToolEvent,
  context: ToolContext,
): ToolResult<SelectState> {
  const { selected, objects, nameOf } = context;
  if (state.kind === 'pressing') {
    if (!state.wasSelected) return { state: IDLE };
    const next = pickAt(objects, event.point, new Set(idsOf(selected)));
    return { state: IDLE, selection: next ? [next.id] : idsOf(selected) };
  }
  if (state.kind === 'marquee') {
    const inside = insideMarquee(state, context);
    return {
      state: IDLE,
      selection: state.add ? [...new Set([...idsOf(selected), ...inside])] : inside,
    };
  }
  if (state.kind === 'moving') {
    const dx = Math.round(event.point.x - state.from.x);
    const dy = Math.round(event.point.y - state.from.y);
    if (dx === 0 && dy === 0) return { state: IDLE };
    const usable = selected.filter((object) => !object.locked);
    const changes = usable
      .map((object) => remask(object, moveMask(object.mask, dx, dy)))
      .filter((change) => change !== null);
    const label = text.label.history.move(usable[0] ? nameOf(usable[0]) : '');
    return { state: IDLE, transaction: { label, changes } };
  }
  if (state.kind === 'resizing') {
    const single = selected[0];
    const box = resizedBox(state, event.point);
    if (!single || box.every((value, i) => value === state.box[i])) return { state: IDLE };
    const change = remask(single, fitMask(single.mask, box));
    return {
      state: IDLE,
      transaction: change
        ? { label: text.label.history.move(nameOf(single)), changes: [change] }
        : undefined,
    };
  }
  return { state: IDLE };
}

/** The box that a resize would give, in whole pixels. */
export function resizedBox(state: SelectState & { kind: 'resizing' }, to: XY): Box {
  const box = dragHandle(
    state.box,
    state.handle,
    Math.round(to.x - state.from.x),
    Math.round(to.y - state.from.y),
  );
  return box.map(Math.round) as unknown as Box;
}

function insideMarquee(
  { from, to }: SelectState & { kind: 'marquee' },
  { objects, scale }: ToolContext,
): AnnotationId[] {
  const left = Math.min(from.x, to.x);
  const top = Math.min(from.y, to.y);
  const right = Math.max(from.x, to.x);
  const bottom = Math.max(from.y, to.y);
  // A click on empty ground takes the selection away.
  if ((right - left) * scale < DRAG && (bottom - top) * scale < DRAG) return [];
  return objects
    .filter(({ box: [x, y, w, h], locked }) => {
      return !locked && x < right && x + w > left && y < bottom && y + h > top;
    })
    .map((object) => object.id);
}
