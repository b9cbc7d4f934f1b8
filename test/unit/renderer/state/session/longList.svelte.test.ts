// Of thousands of classes the first become rows, with those that must be in sight; the others are found by name.
import { expect, it } from 'vitest';
import type { Category, CategoryId } from '../../../../../electron/api/types.ts';
import { LongList, MOST_ROWS } from '../../../../../renderer/src/state/session/longList.svelte.ts';

const classes = (n: number) =>
  Array.from({ length: n }, (_, i) => ({ id: i + 1, name: `class ${i + 1}` }) as Category);
const ids = (list: LongList) => list.shown.map(({ id }) => Number(id));

it('shows a list whole while it is short', () => {
  const list = new LongList(() => classes(MOST_ROWS));
  expect([list.isLong, list.shown.length, list.left]).toEqual([false, MOST_ROWS, 0]);
});

it('shows the first of a long one in their order, and what is kept where it stands', () => {
  const list = new LongList(
    () => classes(5000),
    () => new Set([7, 4321] as CategoryId[]),
  );
  expect([list.isLong, list.left]).toEqual([true, 5000 - MOST_ROWS - 2]);
  expect(ids(list).slice(0, 3)).toEqual([1, 2, 3]);
  expect(ids(list).at(-1)).toBe(4321);
  expect(ids(list)).toContain(7);
});

it('finds any by its name', () => {
  const list = new LongList(() => classes(5000));
  list.query = 'class 4999';
  expect([ids(list), list.left]).toEqual([[4999], 0]);
  list.query = ' ';
  expect(list.shown).toHaveLength(MOST_ROWS);
});
