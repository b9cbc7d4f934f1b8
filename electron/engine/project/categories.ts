// The class table of a project: stable ids from 1, names unique without regard to case.
// A removed class keeps its row, so that undo can bring its annotations back.
import { AppError } from '../../api/errors.ts';
import type { Category, CategoryId } from '../../api/types.ts';
import { classColor } from './classColors.ts';
import type { Store } from './store.ts';
import { storedJson } from './storedJson.ts';

interface CategoryRow {
  id: number;
  name: string;
  color: string;
  prompt: string;
  synonyms: string;
  kind: string;
  supercategory: string;
  threshold: number | null;
  hotkey: number | null;
  position: number;
  removed: number;
  extra: string;
}

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
 * id it had elsewhere (`wanted`, of imported files) where that is free, else the next.
 */
export function addCategories(
  store: Store,
  names: readonly string[],
  wanted: readonly (number | null)[] = [],
): CategoryId[] {
  return store.transaction(() => {
    const added: CategoryId[] = [];
    for (const [index, name] of names.entries()) {
      const known = find(store, name);
      if (known) {
        store.run('UPDATE category SET removed = 0 WHERE id = ?', known.id);
        added.push(known.id as CategoryId);
        continue;
      }
      const next = store.get<{ id: number; position: number }>(
        'SELECT coalesce(max(id), 0) + 1 AS id, coalesce(max(position), -1) + 1 AS position FROM category',
      )!;
      const { position } = next;
      const own = wanted[index] ?? null;
      const isFree =
        own !== null &&
        own >= 1 &&
        store.get('SELECT 1 AS taken FROM category WHERE id = ?', own) === undefined;
      const id = isFree ? own : next.id;
      const used = new Set(
        store
          .all<{ hotkey: number }>(
            'SELECT hotkey FROM category WHERE hotkey IS NOT NULL AND removed = 0',
          )
          .map((row) => row.hotkey),
      );
      const hotkey = [1, 2, 3, 4, 5, 6, 7, 8, 9].find((key) => !used.has(key)) ?? null;
      write(store, {
        id: id as CategoryId,
        name,
        color: classColor(id - 1),
        prompt: '',
        synonyms: [],
        kind: 'thing',
        supercategory: '',
        threshold: null,
        hotkey,
        order: position,
        extra: {},
      });
      added.push(id as CategoryId);
    }
    return added;
  });
}

/** Writes classes as given; an id that is not known yet is kept (imports). Throws NAME_TAKEN. */
export function saveCategories(store: Store, categories: readonly Category[]): void {
  store.transaction(() => {
    for (const category of categories) write(store, category);
    const twice = store.get<{ name: string }>(
      'SELECT name FROM category WHERE removed = 0 GROUP BY lower(name) HAVING count(*) > 1',
    );
    if (twice)
      throw new AppError('NAME_TAKEN', `Two classes would be called "${twice.name}".`, {
        data: { name: twice.name },
      });
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

function find(store: Store, name: string): CategoryRow | undefined {
  return store.get<CategoryRow>(
    'SELECT * FROM category WHERE lower(name) = lower(?) ORDER BY removed LIMIT 1',
    name,
  );
}

function write(store: Store, category: Category): void {
  store.run(
    `INSERT INTO category(id, name, color, prompt, synonyms, kind, supercategory, threshold, hotkey, position, removed, extra)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?)
     ON CONFLICT(id) DO UPDATE SET name = excluded.name, color = excluded.color, prompt = excluded.prompt,
       synonyms = excluded.synonyms, kind = excluded.kind, supercategory = excluded.supercategory,
       threshold = excluded.threshold, hotkey = excluded.hotkey, position = excluded.position,
       removed = 0, extra = excluded.extra`,
    category.id,
    category.name,
    category.color,
    category.prompt,
    JSON.stringify(category.synonyms),
    category.kind,
    category.supercategory,
    category.threshold,
    category.hotkey,
    category.order,
    JSON.stringify(category.extra),
  );
}

function toCategory(row: CategoryRow): Category {
  return {
    id: row.id as CategoryId,
    name: row.name,
    color: row.color,
    prompt: row.prompt,
    synonyms: storedJson<string[]>(row.synonyms, 'list', `synonyms of class ${row.id}`),
    kind: row.kind === 'stuff' ? 'stuff' : 'thing',
    supercategory: row.supercategory,
    threshold: row.threshold,
    hotkey: row.hotkey,
    order: row.position,
    extra: storedJson(row.extra, 'any', `the extra data of class ${row.id}`),
  };
}
