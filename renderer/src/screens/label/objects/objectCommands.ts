// What the keys do with objects: choose, copy, order, reshape, delete.
import type { Annotation, AnnotationId, RleMask } from '../../../../../electron/api/types.ts';
import { fillHoles } from '../../../../../electron/masks/regions/components.ts';
import { grow, shrink, smooth } from '../../../../../electron/masks/changes/morphology.ts';
import { moveMask } from '../../../../../electron/masks/changes/transform.ts';
import type { App } from '../../../state/app.svelte.ts';
import type { Handlers } from '../../../state/commands.svelte.ts';
import { text } from '../../../text/text.ts';
import {
  added,
  copies,
  intersectAll,
  joinAgain,
  partsToObjects,
  reshape,
  subtractOthers,
} from '../../../tools/edits.ts';
import { removeObjects, reorder, reorderToEnd, toggleLock } from '../../../tools/factEdits.ts';
import type { TransactionDraft } from '../../../tools/types.ts';
import { apartFrom } from '../../../state/document/edges.ts';
import { cleanUpOf } from '../clean/cleanUp.svelte.ts';
import { propagationOf } from '../propagate/propagate.svelte.ts';
import { sayingOf } from '../said/saying.svelte.ts';
import { copySelection, paste, PASTE_OFFSET } from '../clipboard.ts';

const newId = () => crypto.randomUUID() as AnnotationId;

/** Handlers of the objects' keys; `askClass` opens the list of classes. */
export function objectHandlers(app: App, askClass: () => void): Handlers {
  const { document, tools } = app;
  const nameOf = (annotation: Annotation) => tools.nameOf(annotation);
  const words = text.label.history;

  const commit = (draft: TransactionDraft | null): boolean => {
    if (draft) document.commit(draft);
    return draft !== null;
  };
  const onSelection = (work: (selected: readonly Annotation[]) => boolean | void) => () =>
    document.selected.length === 0 ? false : work(document.selected);

  const reshaped = (operation: (mask: RleMask) => RleMask, label: (name: string) => string) =>
    onSelection((selected) => commit(reshape(selected, operation, label, nameOf)));

  return {
    'object.next': () => cycle(app, 1),
    'object.previous': () => cycle(app, -1),
    'object.delete': () => {
      if (tools.key('back')) return true;
      return document.selected.length > 0 && commit(removeObjects(document.selected, nameOf));
    },
    'object.copy': onSelection(() => copySelection(app)),
    'object.paste': () => paste(app),
    'object.duplicate': onSelection((selected) => duplicate(app, selected)),
    'object.propagate': onSelection(() => {
      if (!app.session.canEdit) return document.onRefused();
      propagationOf(app).open();
    }),
    'object.all': () => document.select(document.visible.filter((o) => !o.locked).map((o) => o.id)),
    'object.lock': onSelection((selected) => commit(toggleLock(selected, nameOf))),
    'object.forward': onSelection(([first]) =>
      commit(reorder(document.ordered, first!, 1, nameOf)),
    ),
    'object.backward': onSelection(([first]) =>
      commit(reorder(document.ordered, first!, -1, nameOf)),
    ),
    'object.front': onSelection(([first]) =>
      commit(reorderToEnd(document.ordered, first!, 'front', nameOf)),
    ),
    'object.back': onSelection(([first]) =>
      commit(reorderToEnd(document.ordered, first!, 'back', nameOf)),
    ),
    'object.grow': reshaped((m) => grow(m, 1), words.grow),
    'object.shrink': reshaped((m) => shrink(m, 1), words.shrink),
    'object.smooth': reshaped((m) => smooth(m, 2), words.smooth),
    'object.fillHoles': reshaped((m) => fillHoles(m), words.fillHoles),
    'object.clean': () => {
      const clean = cleanUpOf(app);
      if (clean.isOpen) clean.close();
      else clean.open(document.selected.length > 0 ? 'selection' : 'image');
    },
    'object.parts': onSelection(([first]) => {
      const draft = partsToObjects(first!, newId, nameOf);
      if (draft) document.select(draft.changes.map((change) => change.id));
      return commit(draft);
    }),
    'object.joinAgain': onSelection(([first]) => commit(joined(app, first!))),
    'object.subtract': onSelection((selected) =>
      commit(subtractOthers(selected, document.visible, nameOf)),
    ),
    'object.intersect': onSelection((selected) => intersection(app, selected)),
    'object.fields': () => sayingOf(app).toggle(),
    'object.class': onSelection(() => askClass()),
  };
}

/** Copies beside their originals; the copies are chosen. */
function duplicate({ document, tools }: App, selected: readonly Annotation[]): void {
  const made = copies(selected, document.ordered, newId, (mask) =>
    moveMask(mask, PASTE_OFFSET, PASTE_OFFSET),
  );
  const label = text.label.history.duplicate(tools.nameOf(selected[0]!));
  document.commit({ label, changes: made.map(added) });
  document.select(made.map((object) => object.id));
}

/** Keeps what all of the selection covers, or says why that cannot be. */
function intersection({ document, toasts }: App, selected: readonly Annotation[]): void {
  const draft = intersectAll(selected);
  if (typeof draft === 'string') return toasts.show(text.label.object.noIntersection[draft]);
  document.commit(draft);
  document.select([draft.changes[0]!.id]);
}

/** Joins a thing with those that it was split from; selects the joined object. */
function joined({ document, tools }: App, thing: Annotation): TransactionDraft | null {
  const things = apartFrom(document.run, thing, document.ordered);
  const draft = joinAgain(things, (one) => tools.nameOf(one));
  if (draft) document.select([draft.changes[0]!.id]);
  return draft;
}

function cycle({ document, viewport }: App, by: 1 | -1): boolean {
  const objects = document.visible.filter((object) => !object.locked);
  if (objects.length === 0) return false;
  const at = objects.findIndex((object) => document.selection.has(object.id));
  const next = objects.at(at < 0 ? (by > 0 ? 0 : -1) : (at + by) % objects.length);
  if (!next) return false;
  document.select([next.id]);
  if (viewport.view.scale > viewport.fitScale * 1.02) viewport.show(next.box);
  return true;
}
