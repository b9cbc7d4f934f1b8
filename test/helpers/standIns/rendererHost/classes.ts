// Classes in the small engine: added by name, changed by fields, removed with their annotations.
import { classKey, isSameClass } from '../../../../electron/api/rules/classNames.ts';
import { AppError } from '../../../../electron/api/errors.ts';
import type {
  Category,
  CategoryFields,
  CategoryId,
  ImageId,
  Transaction,
} from '../../../../electron/api/types.ts';
import { classColor } from '../../../../electron/engine/project/classes/classColors.ts';
import { category } from './fixtures.ts';
import { logStep } from './history.ts';
import { usesOf } from './parked.ts';
import type { HostState, Store, Typed } from './state.ts';

export function categoryHandlers(store: Store, changed: () => void): Typed {
  const { state } = store;
  return {
    'category.save': ({ changes }) => {
      let next = state.categories;
      for (const { id, before, after } of changes) {
        const known = knownClass(next, id);
        const text = (value: unknown) => JSON.stringify(value);
        const isOther = (field: keyof CategoryFields) =>
          text(known[field]) !== text(before[field]) && text(known[field]) !== text(after[field]);
        if ((Object.keys(after) as (keyof CategoryFields)[]).some(isOther))
          throw new AppError('CATEGORY_CONFLICT', `The class ${known.name} changed since.`);
        next = next.map((one) => (one === known ? { ...one, ...after } : one));
      }
      const names = next.map(({ name }) => classKey(name));
      if (new Set(names).size < names.length)
        throw new AppError('NAME_TAKEN', 'Two classes would have one name.');
      state.categories = next;
      changed();
      return { categories: state.categories };
    },
    'category.add': ({ names }) => {
      const added = names.map((name) => addClass(state, name));
      changed();
      return { categories: state.categories, added };
    },
    'category.uses': ({ id }) => usesOf(state, id),
    'category.remove': ({ id, moveTo }, call) => {
      const { annotations, images } = usesOf(state, id);
      removeClass(store, { id, moveTo, clientId: call.clientId }, changed);
      return { categories: state.categories, annotations, images };
    },
  };
}

function knownClass(categories: readonly Category[], id: CategoryId): Category {
  const found = categories.find((one) => one.id === id);
  if (!found) throw new AppError('CATEGORY_UNKNOWN', `There is no class ${id}.`);
  return found;
}

function addClass(state: HostState, name: string): CategoryId {
  const same = state.categories.find((one) => isSameClass(one.name, name));
  if (same) return same.id;
  const id = Math.max(0, ...state.categories.map((one) => one.id)) + 1;
  const isFree = (key: number) => !state.categories.some(({ hotkey }) => hotkey === key);
  const fresh: Category = {
    ...category(id, name),
    color: classColor(id - 1),
    hotkey: [1, 2, 3, 4, 5, 6, 7, 8, 9].find(isFree) ?? null,
    order: Math.max(-1, ...state.categories.map(({ order }) => order)) + 1,
    extra: {},
  };
  state.categories = [...state.categories, fresh];
  return fresh.id;
}

/** One step over all images: undo brings class and annotations back. */
function removeClass(
  store: Store,
  { id, moveTo, clientId }: { id: CategoryId; moveTo: CategoryId | undefined; clientId: string },
  changed: () => void,
): void {
  const { state } = store;
  const before = state.categories;
  const { name } = knownClass(before, id);
  const label =
    moveTo === undefined
      ? `Delete class ${name}`
      : `Merge class ${name} into ${knownClass(before, moveTo).name}`;
  const without = before.filter((one) => one.id !== id);
  const transactions = [...state.documents]
    .map(([imageId, document]): Transaction => ({
      txId: `remove-${id}-${state.revision}-${imageId}`,
      imageId,
      label,
      origin: 'user',
      gestureId: null,
      record: 'now',
      changes: [...document.values()]
        .filter((one) => one.categoryId === id)
        .map((one) => ({
          id: one.id,
          before: one,
          after:
            moveTo === undefined
              ? null
              : { ...one, categoryId: moveTo, edited: one.edited || one.origin === 'model' },
        })),
    }))
    .filter(({ changes }) => changes.length > 0);
  for (const transaction of transactions) store.commit(transaction, clientId, false);
  if (transactions.length === 0) state.revision += 1;
  state.categories = without;
  const [first, ...rest] = transactions;
  const none: Transaction = {
    txId: `remove-${id}-${state.revision}`,
    imageId: 0 as ImageId,
    label,
    origin: 'user',
    gestureId: null,
    record: 'now',
    changes: [],
  };
  logStep(state, first ?? none, clientId, (kind) => {
    state.categories = kind === 'undo' ? before : without;
    for (const transaction of rest)
      store.commit(
        {
          ...transaction,
          txId: `${kind}-${state.revision}-${transaction.imageId}`,
          changes:
            kind === 'undo'
              ? transaction.changes.map((one) => ({ ...one, before: one.after, after: one.before }))
              : transaction.changes,
        },
        clientId,
        false,
      );
    changed();
  });
  changed();
}
