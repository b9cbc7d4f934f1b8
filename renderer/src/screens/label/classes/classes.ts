// Adding classes from what was typed or pasted.
import { classKey } from '../../../../../electron/api/rules/classNames.ts';
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
  await app.attempt(() => app.prelabel.naming(() => addNamed(app, names, stuff)));
}

async function addNamed(
  { session, prelabel }: App,
  names: readonly string[],
  stuff: ReadonlySet<string>,
): Promise<void> {
  const { categories, added } = await session.call('category.add', { names });
  session.setCategories(categories);
  await session.changeCategories(
    categories
      .filter(({ name }) => stuff.has(classKey(name)))
      .map(({ id }) => ({ id, after: { kind: 'stuff' } })),
  );
  const known = new Map(categories.map(({ id, name }) => [classKey(name), id]));
  const meant = names.flatMap((name) => known.get(classKey(name)) ?? []);
  prelabel.askAll([...added, ...meant]);
}
