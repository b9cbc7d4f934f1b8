// Brush and eraser: one stroke is one edit. Shift+click joins to the last point by a straight line.
import type { Annotation, Category, RleMask } from '../../../electron/api/types.ts';
import { Stroke, type Rect } from '../../../electron/masks/changes/stroke.ts';
import { imagePoint } from '../geometry/viewport.ts';
import { text } from '../text/text.ts';
import { added, drawn, remask } from './edits.ts';
import { objectsAt } from './hitTest.ts';
import type { Tool, ToolContext, ToolEvent, ToolResult } from './types.ts';
import { intersect, subtract, union } from '../../../electron/masks/runs/combine.ts';
import { area } from '../../../electron/masks/runs/rle.ts';

export interface BrushState {
  readonly stroke: {
    readonly bits: Stroke;
    readonly erase: boolean;
    /** Painted on; null = a new object. */
    readonly target: Annotation | null;
    /** Parts of the image that changed since the preview last looked; emptied by it. */
    readonly dirty: Rect[];
    readonly at: { readonly x: number; readonly y: number };
    /** Grows with every change, so that a view can tell. */
    readonly version: number;
  } | null;
  /** End of the last stroke: where a straight line starts. */
  readonly last: { readonly x: number; readonly y: number } | null;
}

const IDLE: BrushState = { stroke: null, last: null };

export const brushTool: Tool<BrushState> = makeBrush(false);
export const eraserTool: Tool<BrushState> = makeBrush(true);

function makeBrush(erases: boolean): Tool<BrushState> {
  return {
    initial: IDLE,
    busy: (state) => state.stroke !== null,
    reduce(state, event, context) {
      if (event.kind === 'down') return start(state, event, context, erases !== event.alt);
      if (event.kind === 'move' && state.stroke) return { state: extend(state, event, context) };
      if (event.kind === 'up' && state.stroke) return finish(state, event, context);
      if (event.kind === 'cancel') return { state: { stroke: null, last: state.last } };
      return { state };
    },
    pressed: ({ stroke }) => stroke && imagePoint(stroke.at.x, stroke.at.y),
  };
}

function start(
  state: BrushState,
  event: ToolEvent,
  context: ToolContext,
  erase: boolean,
): ToolResult<BrushState> {
  const target = targetOf(event, context, erase);
  if (!target && erase) return { state, note: { kind: 'nothing' } };
  if (!target && !context.category) return { state, note: { kind: 'noClass' } };
  const categoryId = target?.categoryId ?? context.category?.id;
  const blocked =
    !erase && context.options.protect
      ? context.objects.filter((object) => object.categoryId !== categoryId)
      : [];
  const bits = new Stroke({
    width: context.image.width,
    height: context.image.height,
    erase,
    target: target?.mask ?? null,
    blocked: blocked.map((object) => object.mask),
  });
  const from = event.shift && state.last ? state.last : event.point;
  const rect = bits.line(from, event.point, context.options);
  return {
    state: {
      stroke: { bits, erase, target, dirty: [rect], at: event.point, version: 1 },
      last: state.last,
    },
  };
}

/** The selected object; else the one under an eraser. Locked ones are left alone. */
function targetOf(event: ToolEvent, context: ToolContext, erase: boolean): Annotation | null {
  const chosen = context.selected.find((object) => !object.locked);
  if (chosen) return chosen;
  return erase ? (objectsAt(context.objects, event.point)[0] ?? null) : null;
}

function extend(state: BrushState, event: ToolEvent, { options }: ToolContext): BrushState {
  const stroke = state.stroke!;
  const rect = stroke.bits.line(stroke.at, event.point, options);
  stroke.dirty.push(rect);
  return { ...state, stroke: { ...stroke, at: event.point, version: stroke.version + 1 } };
}

function finish(state: BrushState, event: ToolEvent, context: ToolContext): ToolResult<BrushState> {
  const { bits, target, erase } = state.stroke!;
  const done: BrushState = { stroke: null, last: event.point };
  const painted = bits.toMask();
  const note = bits.metProtection
    ? { kind: 'protected' as const, ids: protectedBy(context, target, bits) }
    : undefined;
  // A run may have put other proposals in its place meanwhile: what was painted is kept with what it was on.
  const there = target && context.objectById(target.id);
  if (target && !there && !erase)
    return { ...paintedAnew(target, painted, context), state: done, note };
  if (target && !there) return { state: done, note: { kind: 'nothing' } };
  if (there) {
    const change = remask(there, (erase ? subtract : union)(there.mask, painted));
    if (!change) return { state: done, note };
    const label = (erase ? text.label.history.erase : text.label.history.paint)(
      context.nameOf(there),
    );
    return {
      state: done,
      note,
      transaction: { label, changes: [change] },
      selection: change.after ? [there.id] : [],
    };
  }
  if (bits.changed === 0 || !context.category) return { state: done, note };
  return { ...objectOf(painted, context.category, context), state: done, note };
}

/** A stroke on an object that is gone: an object of its class, with all that was painted on it. */
function paintedAnew(target: Annotation, painted: RleMask, context: ToolContext): Made {
  const category = { id: target.categoryId, name: context.nameOf(target) };
  return objectOf(union(target.mask, painted), category, context);
}

type Made = Pick<ToolResult<BrushState>, 'transaction' | 'selection'>;

function objectOf(
  mask: RleMask,
  category: Pick<Category, 'id' | 'name'>,
  { newId, objects }: ToolContext,
): Made {
  const object = drawn({ id: newId(), categoryId: category.id, mask, objects });
  if (object.area === 0) return {};
  const label = text.label.history.draw(category.name);
  return { transaction: { label, changes: [added(object)] }, selection: [object.id] };
}

/** Objects of other classes that the stroke went over. */
function protectedBy(context: ToolContext, target: Annotation | null, bits: Stroke) {
  const own = target?.categoryId ?? context.category?.id;
  const met = bits.toBlockedMask();
  return context.objects
    .filter(({ categoryId }) => categoryId !== own)
    .filter(({ mask }) => area(intersect(mask, met)) > 0)
    .map((object) => object.id);
}
