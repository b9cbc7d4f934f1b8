// The class table of a project: stable ids from 1, names unique as `classKey` has it.
// A removed class keeps its row, so that undo can bring its annotations back.
import { classKey, MAX_CLASSES } from '../../../api/rules/classNames.ts';
import { AppError } from '../../../api/errors.ts';
import type { Category, CategoryChange, CategoryFields, CategoryId } from '../../../api/types.ts';
import { toCategory, writeCategory, type CategoryRow } from './categoryRows.ts';
import { classColor } from './classColors.ts';
import type { Store } from '../database/store.ts';

/** Classes in their order; removed ones left out unless asked for. */
export function listCategories(store: Store, withRemoved = false): Category[] {
  return store
    .all<CategoryRow>(
      `SELECT * FROM category ${withRemoved ? '' : 'WHERE removed = 0'} ORDER BY position, id`,
    )
    .map(toCategory);
}

/**
 * Adds classes by name; a name that exists (or existed) gives the same class back. A new one gets the
 * id it had elsewhere (`wanted`, of imported files) where that is free, else the first that nobody here
 * or in `wanted` has. Throws BAD_REQUEST for more classes than a project holds.
 */
export function addCategories(
  store: Store,
  names: readonly string[],
  wanted: readonly (number | null)[] = [],
): CategoryId[] {
  return store.transaction(() => {
    const rows = store.all<CategoryRow>('SELECT * FROM category');
    const plan = planCategories(store, names, wanted);
    const inList = rows.filter(({ removed }) => removed === 0);
    const hotkeys = [1, 2, 3, 4, 5, 6, 7, 8, 9].filter(
      (key) => !inList.some(({ hotkey }) => hotkey === key),
    );
    let order = rows.reduce((last, { position }) => Math.max(last, position), -1);
    const back = new Set(rows.filter(({ removed }) => removed === 1).map(({ id }) => id));
    const revived = [...new Set(plan.ids)].filter((id) => back.has(id));
    const count = inList.length + plan.fresh.length + revived.length;
    if (count > MAX_CLASSES)
      throw new AppError(
        'BAD_REQUEST',
        `A project holds ${MAX_CLASSES} classes; with these it would have ${count}.`,
      );
    for (const { id, name } of plan.fresh)
      writeCategory(store, {
        id,
        name,
        color: classColor(id - 1),
        prompt: '',
        synonyms: [],
        kind: 'thing',
        supercategory: '',
        threshold: null,
        hotkey: hotkeys.shift() ?? null,
        order: ++order,
        extra: {},
      });
    for (const id of revived) store.run('UPDATE category SET removed = 0 WHERE id = ?', id);
    return [...plan.ids];
  });
}

export interface CategoryPlan {
  /** Of every name, in order. */
  readonly ids: readonly CategoryId[];
  /** Classes that are to be made. */
  readonly fresh: readonly { readonly id: CategoryId; readonly name: string }[];
}

/** What `addCategories` would do. Wanted ids are given before free ones. */
export function planCategories(
  store: Pick<Store, 'all'>,
  names: readonly string[],
  wanted: readonly (number | null)[] = [],
): CategoryPlan {
  // Later rows win: of two with one key the one that is in the list, then the older one.
  const rows = store.all<{ id: number; name: string }>(
    'SELECT id, name FROM category ORDER BY removed DESC, id DESC',
  );
  const idOf = new Map(rows.map(({ id, name }) => [classKey(name), id as CategoryId]));
  const taken = new Set(rows.map(({ id }) => id));
  const fresh = new Map<string, { id: CategoryId | null; name: string }>();
  for (const [index, name] of names.entries()) {
    const key = classKey(name);
    if (idOf.has(key)) continue;
    const own = wanted[index] ?? null;
    const isFree = own !== null && own >= 1 && !taken.has(own);
    const entry = fresh.get(key);
    if (!entry) fresh.set(key, { id: isFree ? (own as CategoryId) : null, name });
    else if (entry.id === null && isFree) entry.id = own as CategoryId;
    else continue;
    if (isFree) taken.add(own);
  }
  let next = 1;
  // Counting goes on past what is there, so that a removed or foreign number is not taken again.
  for (const id of taken) if (id < 1e9) next = Math.max(next, id + 1);
  for (const [key, entry] of fresh) {
    while (entry.id === null && taken.has(next)) next++;
    entry.id ??= next++ as CategoryId;
    idOf.set(key, entry.id);
  }
  return {
    ids: names.map((name) => idOf.get(classKey(name))!),
    fresh: [...fresh.values()].map(({ id, name }) => ({ id: id!, name })),
  };
}

/**
 * Writes classes as given; an id that is not known yet is kept (imports). Throws NAME_TAKEN for a new
 * name that another class has; two that were alike before may stay so.
 */
export function saveCategories(store: Store, categories: readonly Category[]): void {
  store.transaction(() => {
    const before = namesOf(store);
    for (const category of categories) writeCategory(store, category);
    refuseNameTwice(store, before);
  });
}

function namesOf(store: Store): Map<number, string> {
  const rows = store.all<{ id: number; name: string }>(
    'SELECT id, name FROM category WHERE removed = 0 ORDER BY position, id',
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** Throws NAME_TAKEN for a name that is new since `before` and that another class has. */
function refuseNameTwice(store: Store, before: ReadonlyMap<number, string>): void {
  const holders = new Map<string, number>();
  const now = namesOf(store);
  const isNew = (id: number) => before.get(id) !== now.get(id);
  for (const [id, name] of now) {
    const other = holders.get(classKey(name));
    if (other !== undefined && (isNew(id) || isNew(other)))
      throw new AppError('NAME_TAKEN', `Two classes would be called "${name}".`, {
        data: { name },
      });
    holders.set(classKey(name), id);
  }
}

/** Gives a class a threshold of its own. */
export function setThreshold(store: Store, id: CategoryId, threshold: number): void {
  store.run('UPDATE category SET threshold = ? WHERE id = ?', threshold, id);
}

/**
 * Changes fields of classes, all or none. Throws CATEGORY_CONFLICT where a field is not what the sender
 * knew, CATEGORY_UNKNOWN for a class that was removed, NAME_TAKEN.
 */
export function changeCategories(store: Store, changes: readonly CategoryChange[]): void {
  store.transaction(() => {
    const names = namesOf(store);
    for (const { id, before, after } of changes) {
      const category = listCategories(store).find((candidate) => candidate.id === id);
      if (!category)
        throw new AppError('CATEGORY_UNKNOWN', `Class ${id} is not in this project any more.`);
      const fields = otherwise(category, before, after);
      if (fields.length > 0)
        throw new AppError(
          'CATEGORY_CONFLICT',
          `${fields.join(', ')} of the class ${category.name} changed since.`,
          { data: { id, name: category.name, fields } },
        );
      writeCategory(store, { ...category, ...after });
    }
    refuseNameTwice(store, names);
  });
}

/** Fields that are neither as the sender knew them nor as wanted already. */
function otherwise(
  category: CategoryFields,
  before: Partial<CategoryFields>,
  after: Partial<CategoryFields>,
): string[] {
  const text = (value: unknown) => JSON.stringify(value);
  return (Object.keys(after) as (keyof CategoryFields)[]).filter((field) => {
    const now = text(category[field]);
    return now !== text(before[field]) && now !== text(after[field]);
  });
}

/** Takes a class out of the list; its annotations are the caller's business. */
export function markRemoved(store: Store, id: CategoryId): void {
  const { changes } = store.run('UPDATE category SET removed = 1 WHERE id = ? AND removed = 0', id);
  if (changes === 0) throw new AppError('CATEGORY_UNKNOWN', `There is no class ${id}.`);
}

/** Makes sure a class exists and is in the list, for annotations that come back by undo. */
export function reviveCategory(store: Store, id: CategoryId): void {
  const { changes } = store.run('UPDATE category SET removed = 0 WHERE id = ?', id);
  if (changes === 0) throw new AppError('CATEGORY_UNKNOWN', `There is no class ${id}.`);
}
