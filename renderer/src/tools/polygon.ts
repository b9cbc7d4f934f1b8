// Polygon: draw point by point, or edit the outline of an object. Editing keeps every pixel that the
// moved points did not touch: only the difference of the two polygons is applied to the exact mask.
import type { AnnotationId, RleMask } from '../../../electron/api/types.ts';
import { fillRings } from '../../../electron/masks/polygon.ts';
import { imagePoint } from '../geometry/viewport.ts';
import { text } from '../text/text.ts';
import { remask } from './edits.ts';
import { edgeAt, objectsAt, vertexAt } from './hitTest.ts';
import { useShape } from './shapes.ts';
import type { Tool, ToolContext, ToolEvent, ToolResult, TransactionDraft } from './types.ts';
import { subtract, union } from '../../../electron/masks/combine.ts';
import { ringsOf } from '../../../electron/masks/rings.ts';
import { simplifyRing } from '../../../electron/masks/simplify.ts';

interface XY {
  readonly x: number;
  readonly y: number;
}

type Rings = readonly (readonly number[])[];

export type PolygonState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'drawing'; readonly points: readonly number[]; readonly cursor: XY }
  | {
      readonly kind: 'editing';
      readonly id: AnnotationId;
      /** That the outline was taken from. */
      readonly mask: RleMask;
      readonly rings: Rings;
      /** Rings before any point moved, for the difference. */
      readonly before: Rings;
      readonly detail: number;
      /** Largest error of the simplified outline, in pixels. */
      readonly error: number;
      readonly hover: { readonly ring: number; readonly index: number } | null;
      /** Point being dragged, with where it was. */
      readonly drag: {
        readonly ring: number;
        readonly index: number;
        readonly from: XY;
        readonly at: XY;
        /** Drags an edge: two neighbours move alike. */
        readonly edge: boolean;
        /** Rings when the drag began. */
        readonly start: Rings;
      } | null;
    };

type Editing = PolygonState & { kind: 'editing' };

/** Screen pixels within which a point or an edge is taken. */
const REACH = 12;
const IDLE: PolygonState = { kind: 'idle' };

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
      const [had, has] = [before.kind === 'drawing' ? before.points.length : 0, after.points.length];
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

/** Outline points of a mask at a detail, ready to be edited. */
export function startEditing(id: AnnotationId, mask: RleMask, detail: number): Editing {
  const simplified = ringsOf(mask).map((ring) => simplifyRing(ring.points, detail, 'keepWhole'));
  const rings = simplified.map(({ ring }) => ring);
  return {
    kind: 'editing',
    id,
    mask,
    rings,
    before: rings,
    detail,
    error: Math.max(0, ...simplified.map(({ errorPx }) => errorPx)),
    hover: null,
    drag: null,
  };
}

function edit(state: Editing, event: ToolEvent, context: ToolContext): ToolResult<PolygonState> {
  const { point, kind } = event;
  const reach = REACH / context.scale;
  if (kind === 'cancel') return { state: IDLE };
  if (kind === 'confirm') return finish(state, context);
  if (kind === 'hover') return { state: { ...state, hover: vertexAt(state.rings, point, reach) } };
  if (kind === 'down') return grab(state, event, context);
  if (kind === 'move' && state.drag)
    return {
      state: { ...state, rings: dragged(state, point), drag: { ...state.drag, at: point } },
    };
  if (kind === 'up' && state.drag) return { state: { ...state, drag: null } };
  if (kind === 'back' && state.hover) return { state: without(state, state.hover) };
  return { state };
}

function grab(state: Editing, event: ToolEvent, context: ToolContext): ToolResult<PolygonState> {
  const { point } = event;
  const reach = REACH / context.scale;
  const vertex = vertexAt(state.rings, point, reach);
  const pressed = { at: point, start: state.rings };
  if (vertex && event.alt) return { state: without(state, vertex) };
  if (vertex) {
    const ring = state.rings[vertex.ring]!;
    const from = { x: ring[2 * vertex.index]!, y: ring[2 * vertex.index + 1]! };
    const drag = { ...vertex, ...pressed, from, edge: false };
    return { state: { ...state, hover: vertex, drag } };
  }
  const edge = edgeAt(state.rings, point, reach * 0.7);
  if (!edge) return finish(state, context);
  const ring = state.rings[edge.ring]!;
  const middleX = (ring[2 * edge.index]! + ring[(2 * edge.index + 2) % ring.length]!) / 2;
  const middleY = (ring[2 * edge.index + 1]! + ring[(2 * edge.index + 3) % ring.length]!) / 2;
  const nearMiddle = Math.hypot(middleX - point.x, middleY - point.y) <= reach;
  if (!nearMiddle)
    return {
      state: {
        ...state,
        drag: { ...pressed, ring: edge.ring, index: edge.index, from: point, edge: true },
      },
    };
  // The ghost point at the middle of an edge becomes a real one.
  const index = edge.index + 1;
  const grown = ring.toSpliced(2 * index, 0, point.x, point.y);
  return {
    state: {
      ...state,
      rings: state.rings.with(edge.ring, grown),
      hover: { ring: edge.ring, index },
      drag: { ...pressed, ring: edge.ring, index, from: { x: middleX, y: middleY }, edge: false },
    },
  };
}

function dragged(state: Editing, to: XY): Rings {
  const { ring: r, index, from, edge, start: begun } = state.drag!;
  const ring = [...state.rings[r]!];
  if (edge) {
    const start = begun[r]!;
    for (const i of [index, (index + 1) % (ring.length / 2)]) {
      ring[2 * i] = start[2 * i]! + to.x - from.x;
      ring[2 * i + 1] = start[2 * i + 1]! + to.y - from.y;
    }
  } else {
    ring[2 * index] = to.x;
    ring[2 * index + 1] = to.y;
  }
  return state.rings.with(r, ring);
}

/** The outline with one point somewhere else: one step of its own. */
export function withPointAt(
  state: Editing,
  { ring: r, index }: { readonly ring: number; readonly index: number },
  to: XY,
): Editing {
  const ring = state.rings[r]!;
  if (ring[2 * index] === to.x && ring[2 * index + 1] === to.y) return state;
  return {
    ...state,
    rings: state.rings.with(r, ring.toSpliced(2 * index, 2, to.x, to.y)),
    hover: { ring: r, index },
    drag: null,
  };
}

/** The outline with one point less; a ring that holds nothing then is gone. */
export function without(
  state: Editing,
  { ring: r, index }: { ring: number; index: number },
): Editing {
  const ring = state.rings[r]!;
  // A ring of two points holds nothing: taking a point from a triangle takes the ring.
  const rings =
    ring.length <= 6
      ? state.rings.toSpliced(r, 1)
      : state.rings.with(r, ring.toSpliced(2 * index, 2));
  return { ...state, rings, hover: null, drag: null };
}

function finish(state: Editing, context: ToolContext): ToolResult<PolygonState> {
  return { state: IDLE, transaction: outlineEdit(state, context) };
}

/** What moved points do to their object; undefined when nothing changes or the object is gone. */
export function outlineEdit(
  { id, before: from, rings }: Pick<Editing, 'id' | 'before' | 'rings'>,
  context: Pick<ToolContext, 'image' | 'objectById' | 'nameOf'>,
): TransactionDraft | undefined {
  const object = context.objectById(id);
  if (!object || rings === from) return undefined;
  const { width, height } = context.image;
  const before = fillRings(from, width, height);
  const after = fillRings(rings, width, height);
  const grown = union(object.mask, subtract(after, before));
  const change = remask(object, subtract(grown, subtract(before, after)));
  if (!change) return undefined;
  return { label: text.label.history.points(context.nameOf(object)), changes: [change] };
}
