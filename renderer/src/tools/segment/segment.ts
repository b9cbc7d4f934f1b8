// Segment: clicks and a box mark an object, a click model finds its edge. Each click is a step that can be
// undone. The mask is not part of the state: whoever holds the tool asks for it.
import type { RleMask } from '../../../../electron/api/types.ts';
import { components } from '../../../../electron/masks/regions/components.ts';
import { subtract, union } from '../../../../electron/masks/runs/combine.ts';
import { isInside } from '../../../../electron/masks/runs/rle.ts';
import { text } from '../../text/text.ts';
import { topmostAt } from '../hitTest.ts';
import { remask } from '../edits.ts';
import { useShape } from '../shapes.ts';
import type { StepWord, Tool, ToolContext, ToolEvent, ToolResult } from '../types.ts';
import { automaticCrop } from './crop.ts';
import {
  boxBetween,
  boxOf,
  clicksOf,
  cornersOf,
  NO_CLICKS,
  type ClickStep,
  type Corner,
  type SegmentPress,
  type SegmentState,
} from './state.ts';

/** Screen pixels that a press may move and still be a click. */
const STILL = 4;
/** Reach of a click or corner that is there, in screen pixels. */
const REACH = 12;

type Result = ToolResult<SegmentState>;

export const segmentTool: Tool<SegmentState> = {
  initial: NO_CLICKS,
  busy: ({ steps, press }) => steps.length > 0 || press !== null,
  reduce(state, event, context) {
    if (event.kind === 'down') return pressDown(state, event, context);
    if (event.kind === 'move' && state.press) return { state: moveOn(state, event, context) };
    if (event.kind === 'up' && state.press) return letGo(state, state.press, context);
    if (event.kind === 'confirm') return accept(state, context);
    if (event.kind === 'double') return accept(state.undropped ?? state, context);
    if (event.kind === 'cancel') return { state: NO_CLICKS };
    return { state };
  },
  pressed: ({ press }) => press && press.at,
  step: (before, after) => wordOf(before.steps, after.steps),
};

/** Another choice, another edge: the clicks stay as they are. */
export function adjusted(
  state: SegmentState,
  patch: Partial<Pick<SegmentState, 'chosen' | 'cut' | 'crop'>>,
): SegmentState {
  return { ...state, ...patch };
}

/** Without one of its clicks. */
export function withoutStep(state: SegmentState, at: number): SegmentState {
  const steps = state.steps.filter((_, index) => index !== at);
  return steps.length === 0 ? NO_CLICKS : { ...state, ...restarted(steps) };
}

/** The part of an object that clicks change: the one under the first of them. The rest stays. */
export function changedPart(mask: RleMask, steps: readonly ClickStep[]) {
  const [first] = clicksOf(steps);
  const isUnder = (one: RleMask) =>
    first !== undefined && isInside(one, Math.floor(first.x), Math.floor(first.y));
  const part = components(mask).find(isUnder) ?? mask;
  return { part, rest: subtract(mask, part) };
}

function pressDown(state: SegmentState, event: ToolEvent, context: ToolContext): Result {
  const { point, alt, shift } = event;
  const { image, scale } = context;
  const outside = point.x < 0 || point.y < 0 || point.x >= image.width || point.y >= image.height;
  const grabbed = grabbedAt(state.steps, point, REACH / scale);
  // A box may begin beside the image; a click may not.
  if (outside && !grabbed && state.steps.length === 0 && alt) return { state };
  const press = { from: point, at: point, adds: !alt, shift, grabbed, dragged: false };
  return { state: { ...state, press, undropped: null } };
}

function moveOn(state: SegmentState, { point }: ToolEvent, { scale }: ToolContext): SegmentState {
  const press = state.press as SegmentPress;
  const moved = Math.hypot(point.x - press.from.x, point.y - press.from.y) * scale > STILL;
  return { ...state, press: { ...press, at: point, dragged: press.dragged || moved } };
}

function letGo(held: SegmentState, press: SegmentPress, context: ToolContext): Result {
  const state: SegmentState = { ...held, press: null };
  const { image } = context;
  if (press.grabbed) return { state: regrabbed(state, press, context) };
  if (press.dragged) {
    const box = boxBetween(press.from, press.at, image);
    if (!box) return { state };
    const others = state.steps.filter(({ kind }) => kind !== 'box');
    const steps: ClickStep[] = [...others, { kind: 'box', box }];
    const next = others.length === state.steps.length ? onwards(state, steps) : restarted(steps);
    return { state: withCrop({ ...state, ...next }, context) };
  }
  const { x, y } = press.from;
  if (x < 0 || y < 0 || x >= image.width || y >= image.height) return { state };
  const base = state.steps.length === 0 ? baseOf(press, context) : state.base;
  // What is taken away must be taken from something.
  if (!press.adds && state.steps.length === 0 && base === null)
    return { state, note: { kind: 'clickFirst' } };
  const steps: ClickStep[] = [...state.steps, { kind: 'click', x, y, adds: press.adds }];
  return { state: withCrop({ ...state, base, ...onwards(state, steps) }, context) };
}

/** A click that was there is moved, or taken away by a click on it; a corner is moved. */
function regrabbed(state: SegmentState, press: SegmentPress, { image }: ToolContext): SegmentState {
  const { step: at, corner } = press.grabbed!;
  const step = state.steps[at]!;
  if (!press.dragged) {
    if (step.kind === 'box') return state;
    return { ...withoutStep(state, at), undropped: state };
  }
  const moved = movedStep(step, corner, press.at, image);
  if (!moved) return state;
  const steps = state.steps.map((one, index) => (index === at ? moved : one));
  return { ...state, ...restarted(steps) };
}

function movedStep(
  step: ClickStep,
  corner: Corner | null,
  { x, y }: { readonly x: number; readonly y: number },
  image: ToolContext['image'],
): ClickStep | null {
  if (step.kind === 'click') {
    const held = (value: number, size: number) => Math.min(size - 0.5, Math.max(0.5, value));
    return { ...step, x: held(x, image.width), y: held(y, image.height) };
  }
  const opposite = cornersOf(step.box)[((corner ?? 0) + 2) % 4]!;
  const box = boxBetween(opposite, { x, y }, image);
  return box && { kind: 'box', box };
}

/** After another click the next answer starts from the choice that was shown. */
function onwards(state: SegmentState, steps: readonly ClickStep[]) {
  const { chosen } = state;
  const after = state.steps.length === 0 ? null : { steps: state.steps, chosen };
  return { steps, chosen: 0, after };
}

/** After an undone click the next answer starts from nothing: the choice was found with that click. */
const restarted = (steps: readonly ClickStep[]) => ({ steps, chosen: 0, after: null });

function withCrop(state: SegmentState, { image, shown }: ToolContext): SegmentState {
  if (state.crop) return state;
  const crop = automaticCrop(image, shown, boxOf(state.steps));
  // Logits belong to one crop and mean nothing in another.
  return crop ? { ...state, crop, after: null } : state;
}

/** The object that a first click is for: the one under it with Shift, the selected one to take away. */
function baseOf(press: SegmentPress, { objects, selected, image }: ToolContext) {
  const under = press.shift ? topmostAt(objects, press.from) : null;
  const object = press.shift ? under : press.adds ? null : selected[0];
  if (!object || object.locked) return null;
  return object.mask.width === image.width && object.mask.height === image.height
    ? object.id
    : null;
}

function accept(state: SegmentState, context: ToolContext): Result {
  const { base } = state;
  if (state.steps.length === 0) return { state };
  const found = context.clickMask(state);
  if (found === null) return { state, note: { kind: 'clickWaits' } };
  if (!base) return useShape(NO_CLICKS, found, context.options.shapeMode, context);
  const object = context.objectById(base);
  const change = object && remask(object, union(found, changedPart(object.mask, state.steps).rest));
  if (!object || !change) return { state: NO_CLICKS, note: { kind: 'nothing' } };
  const label = text.label.history.segment(context.nameOf(object));
  return {
    state: NO_CLICKS,
    transaction: { label, changes: [change] },
    selection: [object.id],
  };
}

/** The click or corner within reach, the last given first. */
function grabbedAt(
  steps: readonly ClickStep[],
  { x, y }: { readonly x: number; readonly y: number },
  reach: number,
): SegmentPress['grabbed'] {
  for (let at = steps.length - 1; at >= 0; at--) {
    const step = steps[at]!;
    if (step.kind === 'click') {
      if (Math.hypot(step.x - x, step.y - y) <= reach) return { step: at, corner: null };
      continue;
    }
    const corner = cornersOf(step.box).findIndex((p) => Math.hypot(p.x - x, p.y - y) <= reach);
    if (corner >= 0) return { step: at, corner: corner as Corner };
  }
  return null;
}

function wordOf(before: readonly ClickStep[], after: readonly ClickStep[]): StepWord | null {
  if (before === after) return null;
  if (after.length === 0) return { kind: before.length === 1 ? 'dropClick' : 'clearClicks' };
  if (after.length < before.length) return { kind: 'dropClick' };
  const last = after.at(-1);
  const isNew = after.length > before.length;
  if (isNew && last?.kind === 'click') return { kind: last.adds ? 'addClick' : 'takeClick' };
  if (clicksOf(after).length === clicksOf(before).length && boxOf(after) !== boxOf(before))
    return { kind: 'clickBox' };
  return { kind: 'moveClick' };
}
