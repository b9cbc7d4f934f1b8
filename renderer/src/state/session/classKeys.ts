// Which class each of the keys 1-9 stands for: a page of nine classes, of which one is on.
import type { Category, CategoryId } from '../../../../electron/api/types.ts';
import type { Session } from './session.svelte.ts';

export const CLASS_KEYS = [1, 2, 3, 4, 5, 6, 7, 8, 9] as const;

type Classes = Pick<Session, 'categories' | 'scope'>;
/** At place 0 the class of key 1; a key can have none. */
type Page = readonly (Category | undefined)[];

/**
 * The first page has the classes' own keys, and where a key belongs to none, the class at its place in
 * the list. The classes that it leaves out follow in the list's order, nine to a page.
 */
export function classPages(categories: readonly Category[]): readonly Page[] {
  const first: Page = CLASS_KEYS.map(
    (key) => categories.find(({ hotkey }) => hotkey === key) ?? categories[key - 1],
  );
  const left = categories.filter((category) => !first.includes(category));
  const pages = [first];
  for (let at = 0; at < left.length; at += CLASS_KEYS.length)
    pages.push(left.slice(at, at + CLASS_KEYS.length));
  return pages;
}

/** Number of the page that is on, from 0; in place of one that is gone, the last. */
export function classPage({ categories, scope }: Classes): number {
  return Math.min(scope?.classPage ?? 0, classPages(categories).length - 1);
}

function pageNow(classes: Classes): Page {
  return classPages(classes.categories)[classPage(classes)]!;
}

export function classOfKey(classes: Classes, key: number): Category | undefined {
  return pageNow(classes)[key - 1];
}

/** The key of each class that has one at present; its own where it answers to two. */
export function keysOfClasses(classes: Classes): ReadonlyMap<CategoryId, number> {
  const keys = new Map<CategoryId, number>();
  pageNow(classes).forEach((category, place) => {
    if (category && (!keys.has(category.id) || category.hotkey === place + 1))
      keys.set(category.id, place + 1);
  });
  return keys;
}

/** Goes to another page, round at the ends; the classes of it, none when there is one page only. */
export function turnClassPage(classes: Classes, by: 1 | -1): readonly Category[] {
  const { length } = classPages(classes.categories);
  if (!classes.scope || length < 2) return [];
  classes.scope.classPage = (classPage(classes) + by + length) % length;
  return pageNow(classes).filter((category) => category !== undefined);
}
