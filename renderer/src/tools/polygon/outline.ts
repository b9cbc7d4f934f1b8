// Editing the outline of an object. Every pixel that the moved points did not touch stays: only the difference of
// the two polygons is applied to the exact mask.
import type { AnnotationId, RleMask } from '../../../../electron/api/types.ts';
import { subtract, union } from '../../../../electron/masks/runs/combine.ts';
import { fillRings } from '../../../../electron/masks/outlines/polygon.ts';
import { ringsOf } from '../../../../electron/masks/outlines/rings.ts';
import { simplifyRing } from '../../../../electron/masks/outlines/simplify.ts';
import { text } from '../../text/text.ts';
import { remask } from '../edits.ts';
import { edgeAt, vertexAt } from '../hitTest.ts';
import type { ToolContext, ToolEvent, ToolResult, TransactionDraft } from '../types.ts';
import { boxed, choose, chosenMoved, isSame, withoutChosen } from './chosen.ts';
import { IDLE, REACH, type Editing, type PolygonState, type Rings, type XY } from './state.ts';

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
    chosen: [],
    drag: null,
  };
}

export function edit(
  state: Editing,
  event: ToolEvent,
  context: ToolContext,
): ToolResult<PolygonState> {
  const { point, kind } = event;
  const reach = REACH / context.scale;
  if (kind === 'cancel') return { state: IDLE };
  if (kind === 'confirm') return finish(state, context);
  if (kind === 'hover') return { state: { ...state, hover: vertexAt(state.rings, point, reach) } };
  if (kind === 'down')
    return event.shift ? { state: choose(state, event, reach) } : grab(state, event, context);
  if (kind === 'move' && state.box)
    return { state: { ...state, box: { ...state.box, to: point } } };
  if (kind === 'up' && state.box) return { state: boxed(state) };
  if (kind === 'move' && state.drag)
    return {
      state: { ...state, rings: dragged(state, point), drag: { ...state.drag, at: point } },
    };
  if (kind === 'up' && state.drag) return { state: { ...state, drag: null } };
  if (kind === 'back' && state.chosen.length > 0) return { state: withoutChosen(state) };
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
    // A press on another point than the chosen ones means that point alone.
    const chosen = state.chosen.some((one) => isSame(one, vertex)) ? state.chosen : [];
    return { state: { ...state, hover: vertex, chosen, drag } };
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
        chosen: [],
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
      chosen: [],
      hover: { ring: edge.ring, index },
      drag: { ...pressed, ring: edge.ring, index, from: { x: middleX, y: middleY }, edge: false },
    },
  };
}

function dragged(state: Editing, to: XY): Rings {
  const { ring: r, index, from, edge, start: begun } = state.drag!;
  // A press on an edge has let go of the chosen points.
  if (state.chosen.length > 0)
    return chosenMoved(begun, state.chosen, { x: to.x - from.x, y: to.y - from.y });
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
  return { ...state, rings, hover: null, chosen: [], drag: null };
}

function finish(state: Editing, context: ToolContext): ToolResult<PolygonState> {
  return { state: IDLE, transaction: outlineEdit(state, context) };
}

/** The edit that moved points make; undefined when nothing changes or the object is gone. */
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
