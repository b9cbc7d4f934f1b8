// Saving one class: the whole list goes to the engine, a refused name comes back as a sentence.
import { AppError } from '../../../../../electron/api/errors.ts';
import type { Category } from '../../../../../electron/api/types.ts';
import type { App } from '../../../state/app.svelte.ts';
import { explain } from '../../../text/explain.ts';
import { text } from '../../../text/text.ts';

/** Null when it was saved, else why not. */
export async function saveCategory(app: App, category: Category): Promise<string | null> {
  const { session } = app;
  const name = category.name.trim();
  const taken = session.categories.some(
    (other) => other.id !== category.id && other.name.toLowerCase() === name.toLowerCase(),
  );
  if (name === '' || taken) return text.errors.NAME_TAKEN ?? null;
  try {
    await session.saveCategories(
      session.categories.map((other) => {
        if (other.id === category.id) return { ...category, name };
        // A key belongs to one class.
        return category.hotkey !== null && other.hotkey === category.hotkey
          ? { ...other, hotkey: null }
          : other;
      }),
    );
    return null;
  } catch (error) {
    if (error instanceof AppError) return explain(error);
    throw error;
  }
}
