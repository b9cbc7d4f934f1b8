// A box at any angle: its first side by two clicks or one drag, then its other side. Shift turns by fifteen
// degrees, then makes it even.
import type { ToolContext, ToolEvent } from '../types.ts';
import { depthOf, type BoxState, type Turned, type XY } from './rings.ts';

const STEP = Math.PI / 12;
/** Screen pixels below which two presses are one place. */
const SAME = 3;
/** Image pixels below which a side is none. */
const THIN = 1;

export const beginTurned = ({ point }: ToolEvent): Turned => ({
  kind: 'turned',
  points: [point.x, point.y],
  cursor: point,
  held: true,
  setAt: point,
});

/** `isDone`: the box stands as it is meant. */
export function turned(
  state: Turned,
  event: ToolEvent,
  { scale }: Pick<ToolContext, 'scale'>,
): { readonly state: BoxState; readonly isDone: boolean } {
  const next = after(state, event, scale);
  const ends =
    event.kind === 'up'
      ? state.held && !isSamePlace(state.setAt, event.point, scale)
      : event.kind === 'confirm' || event.kind === 'double';
  const isWhole = next.kind === 'turned' && state.points.length > 2 && isThick(next);
  return { state: next, isDone: ends && isWhole };
}

/** A press that has just set a corner does no more than that. */
const isSamePlace = (a: XY | null, b: XY, scale: number) =>
  a !== null && Math.hypot(b.x - a.x, b.y - a.y) * scale < SAME;

function after(state: Turned, event: ToolEvent, scale: number): BoxState {
  const cursor = placeOf(state, event);
  const at: Turned = { ...state, cursor };
  switch (event.kind) {
    case 'hover':
    case 'move':
      return at;
    case 'down':
      return pressed(at, event.point, scale);
    case 'up':
      return state.held ? { ...withSide(at, scale), held: false, setAt: null } : state;
    case 'confirm':
    case 'double':
      return state;
    case 'back':
      if (state.points.length > 2) return { ...state, points: state.points.slice(0, 2) };
      return { kind: 'idle' };
    case 'cancel':
      return { kind: 'idle' };
  }
}

function pressed(state: Turned, point: XY, scale: number): Turned {
  const next = withSide(state, scale);
  return { ...next, held: true, setAt: next.points === state.points ? null : point };
}

const isThick = (state: Turned) => Math.abs(depthOf(state)) >= THIN;

/** With the second corner where the pointer is, unless that is the first one's place or it is set. */
function withSide(state: Turned, scale: number): Turned {
  const { points, cursor } = state;
  const far = Math.hypot(cursor.x - points[0]!, cursor.y - points[1]!);
  if (points.length > 2 || far * scale < SAME || far < THIN) return state;
  return { ...state, points: [...points, cursor.x, cursor.y] };
}

function placeOf({ points }: Turned, { point, shift }: ToolEvent): XY {
  const [ax, ay, bx, by] = points as [number, number, number?, number?];
  if (!shift) return point;
  if (bx === undefined || by === undefined) {
    const [dx, dy] = [point.x - ax, point.y - ay];
    const angle = Math.round(Math.atan2(dy, dx) / STEP) * STEP;
    const length = Math.hypot(dx, dy);
    return { x: ax + length * Math.cos(angle), y: ay + length * Math.sin(angle) };
  }
  const side: Turned = { kind: 'turned', points, cursor: point, held: false, setAt: null };
  const even = depthOf(side) < 0 ? -1 : 1;
  return { x: bx - even * (by - ay), y: by + even * (bx - ax) };
}
