// Adding classes from what was typed or pasted.
import { classKey, isSameClass } from '../../../../../electron/api/classNames.ts';
import type { App } from '../../../state/app.svelte.ts';

/** Names from a list: one per line or separated by commas; blanks and repeats are dropped. */
export function namesFrom(list: string): string[] {
  const seen = new Set<string>();
  return list
    .split(/[\n,;]+/)
    .map((name) => name.trim().replace(/\s+/g, ' '))
    .filter((name) => {
      const key = classKey(name);
      if (name === '' || seen.has(key)) return false;
      seen.add(key);
      return true;
    });
}

/** Stuff (sky, grass) is marked as on the command line: "~sky". */
const STUFF = /^~\s*/;

/** Adds what is new and asks the model for all of them. */
export async function addClasses(app: App, list: string): Promise<void> {
  const typed = namesFrom(list);
  const names = namesFrom(typed.map((name) => name.replace(STUFF, '')).join(','));
  if (names.length === 0) return;
  const stuff = new Set(
    typed.filter((name) => STUFF.test(name)).map((name) => classKey(name.replace(STUFF, ''))),
  );
  await app.attempt(async () => {
    const { categories, added } = await app.session.call('category.add', { names });
    app.session.setCategories(categories);
    await app.session.changeCategories(
      categories
        .filter(({ name }) => stuff.has(classKey(name)))
        .map(({ id }) => ({ id, after: { kind: 'stuff' } })),
    );
    for (const id of added) app.prelabel.ask(id, true);
    for (const name of names) {
      const known = categories.find((category) => isSameClass(category.name, name));
      if (known) app.prelabel.ask(known.id, true);
    }
  });
}
