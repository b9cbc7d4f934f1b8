// Rows of the class table: a class read from one, written to one, and its fields alone.
import type { Category, CategoryId } from '../../../api/types.ts';
import type { Field } from '../../../api/rules/fields/fields.ts';
import { isFieldList } from '../../../api/rules/fields/schema.ts';
import type { Store } from '../database/store.ts';
import { storedAs, storedJson } from '../database/storedJson.ts';

export interface CategoryRow {
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
  fields: string;
}

export function writeCategory(store: Store, category: Category): void {
  store.run(
    `INSERT INTO category(id, name, color, prompt, synonyms, kind, supercategory, threshold, hotkey, position, removed, extra, fields)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?)
     ON CONFLICT(id) DO UPDATE SET name = excluded.name, color = excluded.color, prompt = excluded.prompt,
       synonyms = excluded.synonyms, kind = excluded.kind, supercategory = excluded.supercategory,
       threshold = excluded.threshold, hotkey = excluded.hotkey, position = excluded.position,
       removed = 0, extra = excluded.extra, fields = excluded.fields`,
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
    JSON.stringify(category.fields ?? []),
  );
}

export function toCategory(row: CategoryRow): Category {
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
    ...storedFields(row),
  };
}

function storedFields({ id, fields }: CategoryRow): { fields?: readonly Field[] } {
  if (fields === '[]') return {};
  return { fields: storedAs(fields, isFieldList, `the list of fields of class ${id}`) };
}

/** Changes what is asked of a class's objects; their values are the caller's business. */
export function writeFields(store: Store, id: CategoryId, fields: readonly Field[]): void {
  store.run('UPDATE category SET fields = ? WHERE id = ?', JSON.stringify(fields), id);
}
