// Changing the fields of a class: their values go along, so the open image is read anew.
import type { FieldsChange } from '../../../../../../electron/api/methods/notes.ts';
import type { Field } from '../../../../../../electron/api/rules/fields/fields.ts';
import type { Category } from '../../../../../../electron/api/types.ts';
import { AppError } from '../../../../../../electron/api/errors.ts';
import type { App } from '../../../../state/app.svelte.ts';
import { explain } from '../../../../text/explain.ts';

/** Null when it was saved, else why not. */
export async function changeFields(
  app: App,
  { id, fields = [] }: Category,
  after: readonly Field[],
  moved: Pick<FieldsChange, 'renamed' | 'choices'> = { renamed: [], choices: [] },
): Promise<string | null> {
  try {
    await app.document.flush();
    const input = { id, before: fields, after, ...moved };
    const { categories } = await app.session.call('category.setFields', input);
    app.session.setCategories(categories);
    await app.document.reload();
    return null;
  } catch (error) {
    if (error instanceof AppError) return explain(error);
    throw error;
  }
}

/** Puts a value that a file brought into the list of its field. */
export async function addChoice(
  app: App,
  category: Category,
  name: string,
  choice: string,
): Promise<void> {
  const fields = (category.fields ?? []).map((field) =>
    field.kind === 'choice' && field.name === name
      ? { ...field, choices: [...field.choices, choice] }
      : field,
  );
  const refused = await changeFields(app, category, fields);
  if (refused !== null) app.toasts.show(refused, { kind: 'error' });
}
