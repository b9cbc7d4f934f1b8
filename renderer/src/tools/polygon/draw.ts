// Drawing a polygon: click by click, by hand while the button is held, in eighths of a turn with Shift, along the
// outline of a neighbour with Alt, along the edges of the photograph with Ctrl or where that is switched on.
import { fillRings } from '../../../../electron/masks/outlines/polygon.ts';
import { simplifyLine } from '../../../../electron/masks/outlines/simplify.ts';
import { useShape } from '../shapes.ts';
import type { ToolContext, ToolEvent, ToolResult } from '../types.ts';
import { sharedWith, snapTo } from './borders.ts';
import type { Way } from './edges.ts';
import {
  IDLE,
  REACH,
  type Drawing,
  type PolygonState,
  type Shared,
  type Snap,
  type XY,
} from './state.ts';

/** Screen pixels of a drag before it draws by hand, and between the points that it sets. */
const DRAG = 8;
const EVERY = 6;
/** What a drawn line may lose, in image pixels. */
const LOSS = 0.75;
const EIGHTH = Math.PI / 4;
const STRAIGHT: Way = { line: null, waits: false };

/** The first point of a new polygon. */
export function begin(event: ToolEvent, context: ToolContext): PolygonState {
  const edges = followsEdges(event, context) ? context.edges() : null;
  const { point: at, snap } = placeOf(event, context, null);
  const point = edges && !snap ? edges.near(at) : at;
  return { kind: 'drawing', points: [point.x, point.y], cursor: point, ...(snap ? { snap } : {}) };
}

export function draw(
  state: Drawing,
  event: ToolEvent,
  context: ToolContext,
): ToolResult<PolygonState> {
  const { points } = state;
  switch (event.kind) {
    case 'hover':
      return { state: hovered(state, event, context) };
    case 'move':
      return { state: dragged(state, event, context) };
    case 'up':
      return { state: released(state) };
    case 'down':
      return pressed(state, event, context);
    case 'confirm':
    case 'double':
      return close(released(state), context);
    case 'back':
      if (points.length <= 2) return { state: IDLE };
      return { state: { ...withoutWire(state), points: points.slice(0, -2) } };
    case 'cancel':
      return { state: IDLE };
  }
}

function hovered(state: Drawing, event: ToolEvent, context: ToolContext): Drawing {
  const { point, snap } = placeOf(event, context, state);
  const rest = withoutWire(state);
  if (snap) return { ...rest, cursor: point, shared: sharedTo(state, snap, event, context) };
  if (!followsEdges(event, context)) return { ...rest, cursor: point };
  const { line } = wayOf(state, point, context);
  // Nothing is said of an edge before the first answer.
  if (line === undefined) return { ...rest, cursor: point };
  return { ...rest, cursor: line?.end ?? point, wire: line?.between ?? null };
}

const followsEdges = ({ ctrl }: ToolEvent, { options }: ToolContext) =>
  options.polygonEdges !== ctrl;

/** The way along an edge from the last point; none where the photograph is not here. */
function wayOf({ points }: Drawing, to: XY, context: ToolContext): Way {
  const [x, y] = points.slice(-2) as [number, number];
  return context.edges()?.way({ x, y }, to) ?? STRAIGHT;
}

const sharedTo = (state: Drawing, snap: Snap, { shift }: ToolEvent, context: ToolContext): Shared =>
  sharedWith(context.objectById(snap.id), state.snap, snap, shift);

/** Without what is shown of the next side. */
function withoutWire({ wire: _, shared: _shared, ...rest }: Drawing): Drawing {
  return rest;
}

function pressed(state: Drawing, event: ToolEvent, context: ToolContext): ToolResult<PolygonState> {
  const { points } = state;
  const reach = REACH / context.scale;
  const isStart = Math.hypot(event.point.x - points[0]!, event.point.y - points[1]!) < reach;
  if (points.length >= 6 && isStart) return close(state, context);
  const { point: at, snap } = placeOf(event, context, state);
  const way = !snap && followsEdges(event, context) ? wayOf(state, at, context) : STRAIGHT;
  // What is not known yet is not made a side of: it would not be the one that is shown a moment later.
  if (way.waits) return { state, waits: true };
  const wire = way.line;
  const point = wire?.end ?? at;
  const [lastX, lastY] = points.slice(-2) as [number, number];
  if (Math.hypot(point.x - lastX, point.y - lastY) * context.scale < 2) return { state };
  const border = snap ? sharedTo(state, snap, event, context).between : [];
  const { snap: _, ...rest } = withoutWire(state);
  return {
    state: {
      ...rest,
      points: [...points, ...(wire?.between ?? border), point.x, point.y],
      cursor: point,
      ...(snap ? { snap } : {}),
    },
  };
}

/** While the button is held the line follows the pointer, from the point that the press set. */
function dragged(state: Drawing, event: ToolEvent, { scale }: ToolContext): Drawing {
  const { points } = state;
  const { x, y } = event.point;
  const [lastX, lastY] = points.slice(-2) as [number, number];
  const far = Math.hypot(x - lastX, y - lastY) * scale;
  if (far < (state.stroke === undefined ? DRAG : EVERY)) return { ...state, cursor: event.point };
  const { snap: _, ...rest } = withoutWire(state);
  return {
    ...rest,
    points: [...points, x, y],
    cursor: event.point,
    stroke: state.stroke ?? points.length,
  };
}

/** The line that was drawn by hand, in as few points as it needs: one step. */
function released(state: Drawing): Drawing {
  if (state.stroke === undefined) return state;
  const { stroke, ...rest } = state;
  // The point before it belongs to the line, but stands already.
  const line = simplifyLine(state.points.slice(stroke - 2), LOSS);
  return { ...rest, points: [...state.points.slice(0, stroke), ...line.slice(2)] };
}

/** Where a press would set a point. */
function placeOf(
  { point, shift, alt }: ToolEvent,
  { objects, scale, options }: ToolContext,
  state: Drawing | null,
): { point: XY; snap: ReturnType<typeof snapTo> } {
  const snap = options.polygonBorders !== alt ? snapTo(objects, point, REACH / scale) : null;
  if (snap) return { point: { x: snap.x, y: snap.y }, snap };
  const [lastX, lastY] = state?.points.slice(-2) ?? [];
  if (!shift || lastX === undefined || lastY === undefined) return { point, snap: null };
  const [dx, dy] = [point.x - lastX, point.y - lastY];
  const angle = Math.round(Math.atan2(dy, dx) / EIGHTH) * EIGHTH;
  const length = dx * Math.cos(angle) + dy * Math.sin(angle);
  return {
    point: { x: lastX + length * Math.cos(angle), y: lastY + length * Math.sin(angle) },
    snap: null,
  };
}

/** Points of which nothing can be made stay, with the reason. */
function close(state: Drawing, context: ToolContext): ToolResult<PolygonState> {
  const { points } = state;
  if (points.length < 6) return { state, note: { kind: 'fewPoints' } };
  const mask = fillRings([points], context.image.width, context.image.height);
  const result = useShape<PolygonState>(IDLE, mask, context.options.shapeMode, context);
  return result.transaction ? result : { ...result, state };
}
