// Edits of classes as the engine takes them: only the fields that differ, each with what it was before.
import { AppError } from '../../../../electron/api/errors.ts';
import type {
  Category,
  CategoryChange,
  CategoryFields,
  CategoryId,
} from '../../../../electron/api/types.ts';

export interface CategoryEdit {
  readonly id: CategoryId;
  readonly after: Partial<CategoryFields>;
}

/** The change from a class as it is known to what is wanted; none when nothing differs. */
export function changeOf(
  known: Category | undefined,
  wanted: Partial<CategoryFields>,
): CategoryChange[] {
  if (!known) return [];
  const differs = (field: keyof CategoryFields) =>
    JSON.stringify(known[field]) !== JSON.stringify(wanted[field]);
  const fields = (Object.keys(wanted) as (keyof CategoryFields)[]).filter(differs);
  if (fields.length === 0) return [];
  const only = (from: Partial<CategoryFields>): Partial<CategoryFields> =>
    Object.fromEntries(fields.map((field) => [field, from[field]]));
  return [{ id: known.id, before: only(known), after: only(wanted) }];
}

/** True when the engine refused an edit because classes are not as this window shows them. */
export function isOutdated(error: unknown): boolean {
  return (
    error instanceof AppError &&
    (error.code === 'CATEGORY_CONFLICT' || error.code === 'CATEGORY_UNKNOWN')
  );
}
