// Merge: click objects to collect them, Enter joins them into the first.
import { merge } from './edits.ts';
import { objectsAt } from './hitTest.ts';
import type { Tool } from './types.ts';

export type MergeState = { readonly kind: 'idle' };
const IDLE: MergeState = { kind: 'idle' };

export const mergeTool: Tool<MergeState> = {
  initial: IDLE,
  busy: () => false,
  reduce(state, event, context) {
    if (event.kind === 'down') {
      const top = objectsAt(context.objects, event.point)[0];
      if (!top) return { state };
      const ids = context.selected.map((object) => object.id);
      return {
        state,
        selection: ids.includes(top.id) ? ids.filter((id) => id !== top.id) : [...ids, top.id],
      };
    }
    if (event.kind === 'confirm') {
      const transaction = merge(context.selected);
      if (!transaction) return { state, note: { kind: 'nothing' } };
      const first = transaction.changes[0];
      return { state, transaction, selection: first ? [first.id] : [] };
    }
    return { state };
  },
};
