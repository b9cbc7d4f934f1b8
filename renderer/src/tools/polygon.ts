// Polygon: draw point by point, or edit the outline of an object. Editing keeps every pixel that the
// moved points did not touch: only the difference of the two polygons is applied to the exact mask.
import type { AnnotationId, RleMask } from '../../../electron/api/types.ts';
import { fillRings } from '../../../electron/masks/polygon.ts';
import { text } from '../text/text.ts';
import { remask } from './edits.ts';
import { edgeAt, objectsAt, vertexAt } from './hitTest.ts';
import { useShape } from './shapes.ts';
import type { Tool, ToolContext, ToolEvent, ToolResult } from './types.ts';
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
        /** Drags an edge: two neighbours move alike. */
        readonly edge: boolean;
      } | null;
      readonly undo: readonly Rings[];
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
};

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
    if (closes) return close(points, context);
    const [lastX, lastY] = points.slice(-2) as [number, number];
    const same = Math.hypot(point.x - lastX, point.y - lastY) * context.scale < 2;
    return {
      state: same ? state : { ...state, points: [...points, point.x, point.y], cursor: point },
    };
  }
  if (kind === 'confirm' || kind === 'double') return close(points, context);
  if (kind === 'back')
    return { state: points.length > 2 ? { ...state, points: points.slice(0, -2) } : IDLE };
  if (kind === 'cancel') return { state: IDLE };
  return { state };
}

function close(points: readonly number[], context: ToolContext): ToolResult<PolygonState> {
  if (points.length < 6) return { state: IDLE };
  const mask = fillRings([points], context.image.width, context.image.height);
  const mode = context.options.polygonMode === 'cut' ? 'cut' : context.options.shapeMode;
  return useShape<PolygonState>(IDLE, mask, mode, context);
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
    rings,
    before: rings,
    detail,
    error: Math.max(0, ...simplified.map(({ errorPx }) => errorPx)),
    hover: null,
    drag: null,
    undo: [],
  };
}

function edit(state: Editing, event: ToolEvent, context: ToolContext): ToolResult<PolygonState> {
  const { point, kind } = event;
  const reach = REACH / context.scale;
  if (kind === 'cancel') return { state: IDLE };
  if (kind === 'confirm') return finish(state, context);
  if (kind === 'hover') return { state: { ...state, hover: vertexAt(state.rings, point, reach) } };
  if (kind === 'down') return grab(state, event, context);
  if (kind === 'move' && state.drag) return { state: { ...state, rings: dragged(state, point) } };
  if (kind === 'up' && state.drag) return { state: { ...state, drag: null } };
  if (kind === 'back') {
    if (state.hover) return { state: without(state, state.hover) };
    const last = state.undo.at(-1);
    return { state: last ? { ...state, rings: last, undo: state.undo.slice(0, -1) } : state };
  }
  return { state };
}

function grab(state: Editing, event: ToolEvent, context: ToolContext): ToolResult<PolygonState> {
  const { point } = event;
  const reach = REACH / context.scale;
  const vertex = vertexAt(state.rings, point, reach);
  const undo = [...state.undo, state.rings];
  if (vertex && event.alt) return { state: without(state, vertex) };
  if (vertex) {
    const ring = state.rings[vertex.ring]!;
    const from = { x: ring[2 * vertex.index]!, y: ring[2 * vertex.index + 1]! };
    return { state: { ...state, hover: vertex, undo, drag: { ...vertex, from, edge: false } } };
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
        undo,
        drag: { ring: edge.ring, index: edge.index, from: point, edge: true },
      },
    };
  // The ghost point at the middle of an edge becomes a real one.
  const index = edge.index + 1;
  const grown = ring.toSpliced(2 * index, 0, point.x, point.y);
  return {
    state: {
      ...state,
      rings: state.rings.with(edge.ring, grown),
      undo,
      hover: { ring: edge.ring, index },
      drag: { ring: edge.ring, index, from: { x: middleX, y: middleY }, edge: false },
    },
  };
}

function dragged(state: Editing, to: XY): Rings {
  const { ring: r, index, from, edge } = state.drag!;
  const ring = [...state.rings[r]!];
  if (edge) {
    const start = state.undo.at(-1)?.[r] ?? ring;
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
    undo: [...state.undo, state.rings],
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
  const undo = [...state.undo, state.rings];
  // A ring of two points holds nothing: taking a point from a triangle takes the ring.
  const rings =
    ring.length <= 6
      ? state.rings.toSpliced(r, 1)
      : state.rings.with(r, ring.toSpliced(2 * index, 2));
  return { ...state, rings, undo, hover: null, drag: null };
}

function finish(state: Editing, context: ToolContext): ToolResult<PolygonState> {
  const object = context.objects.find((candidate) => candidate.id === state.id);
  if (!object || state.rings === state.before) return { state: IDLE };
  const { width, height } = context.image;
  const before = fillRings(state.before, width, height);
  const after = fillRings(state.rings, width, height);
  const grown = union(object.mask, subtract(after, before));
  const change = remask(object, subtract(grown, subtract(before, after)));
  if (!change) return { state: IDLE };
  return {
    state: IDLE,
    transaction: { label: text.label.history.points(context.nameOf(object)), changes: [change] },
  };
}
