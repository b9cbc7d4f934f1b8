// Shares of classes on the grid: who takes part, where windows lie, what nobody looked at.
import { describe, expect, test } from 'vitest';
import {
  gridCosines,
  gridShares,
  ownersOf,
} from '../../../../../../electron/inference/engines/similarity/gridShares.ts';

const queries = [
  { words: 'cat', classIndex: 0 },
  { words: 'sky', classIndex: null },
  { words: 'dog', classIndex: 1 },
  { words: 'kitten', classIndex: 0 },
];
/** A grid of 4 x 3 patches on an input of 40 x 30 pixels; windows of two columns each, one value a query. */
const part = (left: number, right: number, values: readonly number[]) => ({
  window: { x1: 10 * left, x2: 10 * right, y1: 0, y2: 30 },
  rows: 1,
  columns: 1,
  maps: Float32Array.from(values),
});
const passes = [part(0, 2, [0.1, 0.2, 0.3, 0.4]), part(2, 4, [0.5, 0.6, 0.7, 0.9])];
const run = {
  rows: 3,
  columns: 4,
  inputWidth: 40,
  inputHeight: 30,
  queries,
  passes,
  classes: [{ id: 1 }, { id: 2 }],
} as never;
const rounded = (values: Iterable<number>) =>
  [...values].map((value) => Math.round(value * 1e5) / 1e5);

test('background words take part where they are wanted, as class 0', () => {
  expect(ownersOf({ queries }, true)).toEqual({ asked: [0, 1, 2, 3], owners: [1, 0, 2, 1] });
  expect(ownersOf({ queries }, false)).toEqual({ asked: [0, 2, 3], owners: [1, 2, 1] });
});

test('cosines lie on the grid where their windows do', () => {
  const row = (left: number, right: number) => [left, left, right, right];
  expect(rounded(gridCosines(run, [2, 0]))).toEqual([
    ...Array(3).fill(row(0.3, 0.7)).flat(),
    ...Array(3).fill(row(0.1, 0.5)).flat(),
  ]);
  expect(rounded(gridCosines(run, [3], passes.slice(1)))).toEqual(
    Array(3).fill(row(0, 0.9)).flat(),
  );
});

describe('shares', () => {
  const params = { contrast: 1, backgroundWords: false };

  test('are those of the best word of a class among all words, and 0 where nobody looked', () => {
    const { maps, classes, patches } = gridShares(run, params, passes.slice(1));
    expect([classes, patches, maps.length]).toEqual([2, 12, 24]);
    const all = Math.exp(0.5) + Math.exp(0.7) + Math.exp(0.9);
    for (let patch = 0; patch < 12; patch++) {
      const isSeen = patch % 4 >= 2;
      expect(maps[patch]).toBeCloseTo(isSeen ? Math.exp(0.9) / all : 0, 5);
      expect(maps[12 + patch]).toBeCloseTo(isSeen ? Math.exp(0.7) / all : 0, 5);
    }
  });

  test('of a window in the middle are seen in its own rows and columns alone', () => {
    const middle = { ...part(1, 3, [0.5, 0.6, 0.7, 0.9]) };
    const inside = { ...middle, window: { ...middle.window, y1: 10, y2: 20 } };
    const { maps } = gridShares(run, params, [inside]);
    const seen = [...maps.keys()].filter((at) => at < 12 && maps[at]! > 0);
    expect(seen).toEqual([5, 6]);
  });

  test('are nothing without windows or without a word that takes part', () => {
    expect(gridShares(run, params, []).maps).toEqual(new Float32Array(24));
    const sky = { ...(run as object), queries: [queries[1]] } as never;
    expect(gridShares(sky, params, passes).maps).toEqual(new Float32Array(24));
  });
});
