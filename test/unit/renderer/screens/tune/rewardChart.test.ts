// Geometry of the reward chart and the grid of layers and heads.
import { expect, test } from 'vitest';
import type { TuneEvaluation } from '../../../../../electron/api/tuning.ts';
import {
  bandsOf,
  bestSoFar,
  markPath,
  niceScale,
  shapeOf,
} from '../../../../../renderer/src/screens/tune/rewardChart.ts';
import { rewardGrid } from '../../../../../renderer/src/screens/tune/rewardGrid.ts';

const one = (
  number: number,
  group: number | null,
  layers: readonly number[],
  heads: readonly number[],
  reward: number,
): TuneEvaluation => ({
  number,
  group,
  stage: group === null ? 'inUse' : 'group',
  setting: { layers, heads, threshold: 0.15, blur: 0.05, passes: 1, drop: null },
  reward,
  published: 1,
  tokenContrast: 0,
  meanIou: null,
});

test('ticks hold all rewards and stand at round numbers', () => {
  const { low, high, ticks } = niceScale([0.243, 0.708]);
  expect([low, high]).toEqual([expect.closeTo(0.2), expect.closeTo(0.8)]);
  expect(ticks.length).toBeGreaterThan(3);
  expect(ticks.length).toBeLessThan(9);
});

test('a step is the next of 1, 2 and 5, that number itself included', () => {
  const steps = (high: number) => {
    const { ticks } = niceScale([0, high]);
    return ticks[1]! - ticks[0]!;
  };
  expect([5, 10, 10.1, 25, 25.1].map(steps)).toEqual([1, 2, 5, 5, 10]);
});

test('one reward alone has a scale too', () => {
  const { low, high } = niceScale([0.5]);
  expect(low).toBeLessThanOrEqual(0.5);
  expect(high).toBeGreaterThan(0.5);
  expect(niceScale([]).ticks.length).toBeGreaterThan(1);
});

test('a band for each group of layers, with the layers tried in it', () => {
  const tries = [
    one(1, null, [1, 2], [], 0.2),
    one(2, 0, [3], [0], 0.3),
    one(3, 0, [0], [1], 0.1),
    one(4, 1, [5], [0], 0.4),
  ];
  expect(bandsOf(tries).map(({ from, to, layers }) => [from, to, layers])).toEqual([
    [0, 0, [1, 2]],
    [1, 2, [0, 3]],
    [3, 3, [5, 5]],
  ]);
});

test('the best so far never falls', () => {
  expect(bestSoFar([0.2, 0.5, 0.3, 0.6])).toEqual([0.2, 0.5, 0.5, 0.6]);
});

test('each group has a mark of its own, around its point', () => {
  expect([0, 1, 2, 3].map((shape) => markPath(shape, 10, 20))).toEqual([
    'M6.8 20a3.2 3.2 0 1 0 6.4 0a3.2 3.2 0 1 0 -6.4 0Z',
    'M7 17h6v6h-6Z',
    'M10 16l4 7h-8Z',
    'M10 15.6l4.4 4.4l-4.4 4.4l-4.4 -4.4Z',
  ]);
  expect([shapeOf({ group: 1 }), shapeOf({ group: null })]).toEqual([1, 3]);
});

test('the grid holds mean rewards, the mean over heads last, and null where nothing was tried', () => {
  const tries = [
    one(1, null, [0], [0], 0.9),
    one(2, 0, [0], [0], 0.25),
    one(3, 0, [0], [0], 0.75),
    one(4, 0, [1], [], 0.5),
    // Several layers or heads, or none, say nothing of one.
    one(5, 0, [0, 1], [1], 0.9),
    one(6, 0, [1], [0, 1], 0.9),
    one(7, 0, [], [], 0.9),
  ];
  expect(rewardGrid(tries, 2, 2)).toEqual([
    [0.5, null, null],
    [null, null, 0.5],
  ]);
});
