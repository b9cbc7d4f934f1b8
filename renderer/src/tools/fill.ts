// Fill: a click in a hole closes it; a click on a part gives that part to the active class.
import type { Annotation } from '../../../electron/api/types.ts';
import { holdsPixel } from '../geometry/boxes.ts';
import { text } from '../text/text.ts';
import { added, drawn, remask } from './edits.ts';
import { objectsAt } from './hitTest.ts';
import type { Tool, ToolContext, ToolResult } from './types.ts';
import { subtract } from '../../../electron/masks/runs/combine.ts';
import { fillHoleAt, partsOf } from '../../../electron/masks/regions/components.ts';
import { isInside } from '../../../electron/masks/runs/rle.ts';

export type FillState = { readonly kind: 'idle' };
const IDLE: FillState = { kind: 'idle' };

export const fillTool: Tool<FillState> = {
  initial: IDLE,
  busy: () => false,
  reduce(state, event, context) {
    if (event.kind !== 'down') return { state };
    const at = { x: Math.floor(event.point.x), y: Math.floor(event.point.y) };
    const under = objectsAt(context.objects, at)[0];
    return under ? takePart(under, at, context) : closeHole(at, context);
  },
};

function closeHole(at: { x: number; y: number }, context: ToolContext): ToolResult<FillState> {
  const selected = new Set(context.selected.map((object) => object.id));
  const order = [...context.objects]
    .reverse()
    .sort((a, b) => Number(selected.has(b.id)) - Number(selected.has(a.id)));
  for (const object of order) {
    if (object.locked || !holdsPixel(object.box, at)) continue;
    const filled = fillHoleAt(object.mask, at);
    const change = filled === object.mask ? null : remask(object, filled);
    if (change)
      return {
        state: IDLE,
        transaction: { label: text.label.history.fill(context.nameOf(object)), changes: [change] },
        selection: [object.id],
      };
  }
  return { state: IDLE, note: { kind: 'nothing' } };
}

function takePart(
  object: Annotation,
  at: { x: number; y: number },
  context: ToolContext,
): ToolResult<FillState> {
  const { category } = context;
  if (!category) return { state: IDLE, note: { kind: 'noClass' } };
  if (category.id === object.categoryId) return { state: IDLE, selection: [object.id] };
  const part = partsOf(object.mask).find((mask) => isInside(mask, at.x, at.y));
  if (!part) return { state: IDLE };
  const rest = remask(object, subtract(object.mask, part));
  const taken = drawn({
    id: context.newId(),
    categoryId: category.id,
    mask: part,
    objects: context.objects,
  });
  return {
    state: IDLE,
    transaction: {
      label: text.label.history.fill(category.name),
      changes: [...(rest ? [rest] : []), added(taken)],
    },
    selection: [taken.id],
  };
}
