// Saving one class: the fields that a person changed, from what they were when the editing began. A
// refusal comes back as a sentence.
import { isSameClass } from '../../../../../electron/api/rules/classNames.ts';
import { AppError } from '../../../../../electron/api/errors.ts';
import type { Category, CategoryFields } from '../../../../../electron/api/types.ts';
import type { App } from '../../../state/app.svelte.ts';
import { changeOf } from '../../../state/session/categoryEdit.ts';
import { explain } from '../../../text/explain.ts';
import { text } from '../../../text/text.ts';

/** Null when it was saved, else why not. */
export async function saveCategory(
  { session }: Pick<App, 'session'>,
  before: Category,
  after: Partial<CategoryFields>,
): Promise<string | null> {
  const name = (after.name ?? before.name).trim();
  const others = session.categories.filter(({ id }) => id !== before.id);
  const taken = others.some((other) => isSameClass(other.name, name));
  if (name === '' || taken) return text.errors.NAME_TAKEN ?? null;
  // A key belongs to one class.
  const key = after.hotkey ?? null;
  const robbed = key === null ? [] : others.filter(({ hotkey }) => hotkey === key);
  try {
    await session.saveCategories([
      ...changeOf(before, { ...after, name }),
      ...robbed.flatMap((other) => changeOf(other, { hotkey: null })),
    ]);
    return null;
  } catch (error) {
    if (error instanceof AppError) return explain(error);
    throw error;
  }
}
