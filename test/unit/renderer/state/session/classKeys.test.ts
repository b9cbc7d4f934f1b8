// The keys 1-9 where there are more classes than keys.
import { describe, expect, it } from 'vitest';
import type { Category } from '../../../../../electron/api/types.ts';
import {
  CLASS_KEYS,
  classOfKey,
  classPage,
  classPages,
  keysOfClasses,
  turnClassPage,
} from '../../../../../renderer/src/state/session/classKeys.ts';
import type { ProjectScope } from '../../../../../renderer/src/state/session/projectScope.svelte.ts';
import { categoryNamed } from '../../../../helpers/drivers/toolBench.ts';

/** Classes 1 to n; the first nine have their keys unless `own` says otherwise. */
const classes = (n: number, own: { readonly [id: number]: number | null } = {}): Category[] =>
  Array.from({ length: n }, (_, at) => ({
    ...categoryNamed(at + 1, `class ${at + 1}`),
    hotkey: own[at + 1] ?? (at < 9 && !(at + 1 in own) ? at + 1 : null),
  }));
const session = (categories: readonly Category[], page = 0) => ({
  categories,
  scope: { classPage: page } as ProjectScope,
});
const idsOf = (state: ReturnType<typeof session>) =>
  CLASS_KEYS.map((key) => classOfKey(state, key)?.id ?? null);

describe('keys of classes', () => {
  it('are their own first, then the others nine at a time in the order of the list', () => {
    const state = session(classes(20));
    expect(idsOf(state)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(turnClassPage(state, 1).map(({ id }) => id)).toEqual([
      10, 11, 12, 13, 14, 15, 16, 17, 18,
    ]);
    expect(idsOf(state)).toEqual([10, 11, 12, 13, 14, 15, 16, 17, 18]);
    turnClassPage(state, 1);
    expect(idsOf(state)).toEqual([19, 20, null, null, null, null, null, null, null]);
  });

  it('go round at both ends', () => {
    const state = session(classes(20));
    expect(turnClassPage(state, -1).map(({ id }) => id)).toEqual([19, 20]);
    turnClassPage(state, 1);
    expect(classPage(state)).toBe(0);
  });

  it('leave no class out that gave its key away, and name none twice', () => {
    // Key 5 belongs to class 12, so class 5 has none of its own.
    const categories = classes(12, { 5: null, 12: 5 });
    expect(classPages(categories).map((page) => page.map((one) => one?.id))).toEqual([
      [1, 2, 3, 4, 12, 6, 7, 8, 9],
      [5, 10, 11],
    ]);
  });

  it('of a class that answers to two keys is its own', () => {
    const categories = classes(3, { 1: 3, 2: null, 3: null });
    expect(idsOf(session(categories)).slice(0, 4)).toEqual([1, 2, 1, null]);
    expect([...keysOfClasses(session(categories))]).toEqual([
      [1, 3],
      [2, 2],
    ]);
  });

  it('are shown for the page that is on, and for no other class', () => {
    expect([...keysOfClasses(session(classes(11), 1))]).toEqual([
      [10, 1],
      [11, 2],
    ]);
  });

  it('stay on the last page there is when classes go', () => {
    const state = session(classes(10), 2);
    expect([classPage(state), idsOf(state)[0]]).toEqual([1, 10]);
    expect(classPage(session([], 1))).toBe(0);
  });

  it('have no other page where all classes have one', () => {
    const state = session(classes(9));
    expect([turnClassPage(state, 1), classPage(state)]).toEqual([[], 0]);
  });
});
