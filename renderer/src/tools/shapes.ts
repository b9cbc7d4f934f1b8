// What a drawn shape does: a new object, more of the selected one, or less of it.
import type { RleMask } from '../../../electron/api/types.ts';
import { text } from '../text/text.ts';
import { added, drawn, remask } from './edits.ts';
import type { ToolContext, ToolResult } from './types.ts';
import { subtract, union, unionAll } from '../../../electron/masks/runs/combine.ts';
import { area } from '../../../electron/masks/runs/rle.ts';

/** Turns a finished shape into an edit. */
export function useShape<State>(
  state: State,
  shape: RleMask,
  mode: 'new' | 'add' | 'cut',
  context: ToolContext,
): ToolResult<State> {
  const words = text.label.history;
  const selected = context.selected.find((object) => !object.locked);
  if (mode !== 'new' && selected) {
    const allowed = mode === 'add' ? allow(shape, selected.categoryId, context) : shape;
    const change = remask(selected, (mode === 'add' ? union : subtract)(selected.mask, allowed));
    if (!change) return { state, note: { kind: 'nothing' } };
    const label = (mode === 'add' ? words.paint : words.cutShape)(context.nameOf(selected));
    return { state, transaction: { label, changes: [change] } };
  }
  if (mode === 'cut') return { state, note: { kind: 'nothing' } };
  if (!context.category) return { state, note: { kind: 'noClass' } };
  const mask = allow(shape, context.category.id, context);
  if (area(mask) === 0) return { state, note: { kind: 'nothing' } };
  const object = drawn({
    id: context.newId(),
    categoryId: context.category.id,
    mask,
    objects: context.objects,
  });
  return {
    state,
    transaction: { label: words.draw(context.category.name), changes: [added(object)] },
    selection: [object.id],
  };
}

/** Leaves out what belongs to other classes, when they are protected. */
function allow(
  shape: RleMask,
  categoryId: number,
  { options, objects, image }: ToolContext,
): RleMask {
  if (!options.protect) return shape;
  const others = objects.filter((object) => object.categoryId !== categoryId).map((o) => o.mask);
  return others.length === 0 ? shape : subtract(shape, unionAll(others, image.width, image.height));
}
