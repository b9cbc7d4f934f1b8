// The table of rounds: who took part when, what is read first, and where arrow keys lead.
import { expect, test } from 'vitest';
import type { CategoryId } from '../../../../../../electron/api/types.ts';
import type { JudgedClass, RunSummary } from '../../../../../../electron/api/run.ts';
import {
  firstPlace,
  isFirst,
  rowOf,
  walk,
} from '../../../../../../renderer/src/screens/evidence/rounds/cells.ts';

const [cat, dog, bus] = [1, 2, 3] as CategoryId[] as [CategoryId, CategoryId, CategoryId];

function judged(categoryId: CategoryId, score: number, kept: boolean): JudgedClass {
  return { categoryId, score, kept, seen: null, seenScore: score };
}

/** The dog goes in the first round. */
const run = {
  classes: [cat, dog, bus].map((categoryId) => ({ categoryId })),
  passes: [
    { judged: [judged(cat, 0.9, true), judged(dog, 0.1, false), judged(bus, 0.8, true)] },
    { judged: [judged(cat, 0.9, true), judged(bus, 0.9, true)] },
  ],
} as unknown as RunSummary;

test('a class that was dropped has no cells any more', () => {
  expect(rowOf(run, dog).map((cell) => cell?.judged.score ?? null)).toEqual([0.1, null]);
  expect(rowOf(run, bus).map((cell) => cell?.pass)).toEqual([0, 1]);
});

test('what was dropped is read first, else the first cell', () => {
  expect(firstPlace(run)).toEqual({ categoryId: dog, pass: 0 });
  const calm = { ...run, passes: [run.passes[1]!] };
  expect(firstPlace(calm)).toEqual({ categoryId: cat, pass: 0 });
  expect(firstPlace({ ...run, passes: [] })).toBeNull();
});

test('stuff has a loop of its own behind that of things', () => {
  const both = { passes: [...run.passes, ...run.passes.map((pass) => ({ ...pass, stuff: true }))] };
  expect(both.passes.map((_, pass) => isFirst(both, pass))).toEqual([true, false, true, false]);
});

test('keys pass by cells that nobody took part in, and stay at the ends', () => {
  const from = { categoryId: cat, pass: 1 };
  expect(walk(run, from, { x: 0, y: 1 })).toEqual({ categoryId: bus, pass: 1 });
  expect(walk(run, from, { x: 1, y: 0 })).toBe(from);
  const gone = { categoryId: dog, pass: 0 };
  expect(walk(run, gone, { x: 1, y: 0 })).toBe(gone);
  expect(walk(run, gone, { x: 0, y: -1 })).toEqual({ categoryId: cat, pass: 0 });
});
