// Fields of classes, tags and notes in the small engine; values of fields travel with their annotations.
import { AppError } from '../../../../electron/api/errors.ts';
import { classKey } from '../../../../electron/api/rules/classNames.ts';
import { isNoNote, tidiedTags } from '../../../../electron/api/rules/fields/values.ts';
import type { ImageId, ImageRecord, Transaction } from '../../../../electron/api/types.ts';
import { logStep } from './history.ts';
import type { Store, Typed } from './state.ts';

export function noteHandlers(store: Store, changed: () => void): Typed {
  const { state, publish, record } = store;
  const detailsOf = (id: number) =>
    [...state.documents.values()]
      .flatMap((document) => [...document.values()])
      .filter((one) => one.categoryId === id)
      .flatMap(({ details }) => details ?? []);
  const put = (images: readonly ImageRecord[]) => {
    for (const image of images) {
      state.images[image.id - 1] = image;
      publish('image.noted', { image });
    }
  };
  const step = (imageId: ImageId, label: string): Transaction => ({
    txId: `said-${state.revision}`,
    imageId,
    label,
    origin: 'user',
    gestureId: null,
    record: 'now',
    changes: [],
  });
  return {
    'category.setFields': ({ id, before, after, renamed, choices }, { clientId }) => {
      const known = state.categories;
      const category = known.find((one) => one.id === id);
      if (!category) throw new AppError('CATEGORY_UNKNOWN', `There is no class ${id}.`);
      if (JSON.stringify(category.fields ?? []) !== JSON.stringify(before))
        throw new AppError('CATEGORY_CONFLICT', `The fields of ${category.name} changed since.`);
      if (renamed.length + choices.length > 0) throw new Error('the small engine moves no values');
      const next = known.map((one) => (one === category ? { ...one, fields: after } : one));
      state.revision += 1;
      state.categories = next;
      logStep(state, step(0 as ImageId, `Change fields of ${category.name}`), clientId, (kind) => {
        state.categories = kind === 'undo' ? known : next;
        changed();
      });
      changed();
      return { categories: next, annotations: 0 };
    },
    'category.fieldUses': ({ id }) => {
      const counts = new Map<string, number>();
      for (const { values = {} } of detailsOf(id))
        for (const name of Object.keys(values)) counts.set(name, (counts.get(name) ?? 0) + 1);
      return { uses: [...counts].sort().map(([name, count]) => ({ name, count })) };
    },
    'image.setNotes': ({ imageIds, add, remove, note }, { clientId }) => {
      const before = imageIds.map(record);
      const off = new Set(remove.map(classKey));
      const after = before.map(({ tags = [], note: old, ...image }): ImageRecord => {
        const kept = tags.filter((tag) => !off.has(classKey(tag)));
        const all = tidiedTags([...kept, ...add]);
        const wanted = note ?? old;
        return {
          ...image,
          ...(all.length > 0 ? { tags: all } : {}),
          ...(wanted && !isNoNote(wanted) ? { note: wanted } : {}),
        };
      });
      state.revision += 1;
      put(after);
      const tags = [...add, ...remove];
      const label = note ? 'Note on the image' : `Set the tag ${tags[0] ?? ''}`;
      logStep(state, step(0 as ImageId, label), clientId, (kind) =>
        put(kind === 'undo' ? before : after),
      );
      return { changed: after.length, images: after };
    },
    'image.tags': () => {
      const counts = new Map<string, number>();
      for (const { tags = [] } of state.images)
        for (const tag of tags) counts.set(tag, (counts.get(tag) ?? 0) + 1);
      return { tags: [...counts].map(([tag, images]) => ({ tag, images })) };
    },
  };
}
