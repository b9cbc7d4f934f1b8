// Search spaces and strategies: groups of layers, no point twice, seeds.
import { describe, expect, test } from 'vitest';
import type { TuneAxes, TuneSetting } from '../../../../../electron/api/tuning.ts';
import { seededRandom } from '../../../../../electron/engine/tune/random.ts';
import { plannedTries, startSearch } from '../../../../../electron/engine/tune/search.ts';
import {
  layerGroups,
  parameterSpace,
  pointAt,
  pointCount,
  searchSpace,
  settingAt,
  settingKey,
} from '../../../../../electron/engine/tune/space.ts';

const inUse: TuneSetting = {
  layers: [7],
  heads: [9],
  threshold: 0.17,
  blur: 0.05,
  passes: 4,
  drop: null,
};
const all: TuneAxes = {
  layer: true,
  head: true,
  threshold: true,
  blur: true,
  passes: false,
  drop: false,
};
const pairs: TuneAxes = { ...all, threshold: false, blur: false };
const large = { layers: 12, heads: 12 };

function walk(strategy: 'random' | 'annealing' | 'exhaustive', seed: number, tries: number) {
  const space = searchSpace(large, inUse, all);
  const search = startSearch(strategy, space, tries, seededRandom(seed));
  const keys: string[] = [];
  for (let point = search.next(); point; point = search.next()) {
    const setting = settingAt(space, point);
    keys.push(settingKey(setting));
    // Best near layer 8, head 10.
    search.tell(-Math.abs(setting.layers[0]! - 7) - Math.abs((setting.heads[0] ?? 0) - 9));
  }
  return keys;
}

test('three groups hold every layer once, and never the last one, whose gradient is zero', () => {
  const groups = layerGroups(searchSpace(large, inUse, pairs));
  expect(groups.map(({ layers }) => layers.flat())).toEqual([
    [0, 1, 2, 3],
    [4, 5, 6, 7],
    [8, 9, 10],
  ]);
});

test('a model with fewer layers than groups has a group for each', () => {
  const groups = layerGroups(searchSpace({ layers: 3, heads: 2 }, inUse, pairs));
  expect(groups.map(({ layers }) => layers.flat())).toEqual([[0], [1]]);
});

test('the space holds the value in use, also where it lies between the steps', () => {
  const space = searchSpace(large, inUse, all);
  expect(space.thresholds).toContain(0.17);
  expect(space.thresholds).toEqual([...space.thresholds].sort((a, b) => a - b));
});

test('an axis that may not change keeps what is in use', () => {
  const space = searchSpace(large, inUse, { ...all, layer: false, head: false });
  expect([space.layers, space.heads]).toEqual([[[7]], [[9]]]);
});

test('the numbers of a space are its points, each once', () => {
  const space = searchSpace({ layers: 3, heads: 2 }, inUse, all);
  const points = Array.from({ length: pointCount(space) }, (_, at) => pointAt(space, at).join());
  expect(new Set(points).size).toBe(pointCount(space));
});

const split = (points: string) => points.split(', ');

/** The first points of a search in 4 x 3 x 11 x 9, whose best one is 3, 0, 7, 2. */
function firstPoints(strategy: 'random' | 'annealing', count: number): string[] {
  const space = searchSpace({ layers: 5, heads: 2 }, inUse, all);
  const search = startSearch(strategy, space, count, seededRandom(11));
  return Array.from({ length: count }, () => {
    const point = search.next()!;
    const far = [3, 0, 7, 2].reduce((sum, best, axis) => sum + Math.abs(best - point[axis]!), 0);
    search.tell(-far);
    return point.join(' ');
  });
}

test('a search of a seed goes the way it always went, so that what is known of its tries is of use', () => {
  expect(firstPoints('random', 8)).toEqual(
    split('2 0 1 4, 2 0 4 0, 2 1 3 3, 2 1 1 0, 3 1 2 3, 2 0 5 2, 0 1 0 1, 2 0 4 3'),
  );
  // Four of a coarse grid, two at random and four corners begin a walk of annealing.
  expect(firstPoints('annealing', 30)).toEqual([
    ...split('1 2 2 6, 2 1 6 3, 2 1 6 5, 3 1 0 4, 3 0 0 8, 0 2 10 0'),
    ...split('0 0 0 0, 3 0 10 8, 2 0 8 5, 1 0 8 8, 2 1 9 6, 2 0 10 2'),
    ...split('3 0 7 3, 3 0 10 4, 3 0 4 1, 3 0 10 2, 3 0 8 2, 2 0 7 0'),
    ...split('3 0 5 0, 3 0 10 0, 2 1 9 2, 3 1 3 0, 2 2 8 1, 3 1 7 2'),
    ...split('3 1 10 1, 3 1 9 2, 2 1 9 5, 3 1 9 4, 3 1 4 3, 3 1 9 5'),
  ]);
});

describe.each(['random', 'annealing'] as const)('%s', (strategy) => {
  test('tries as many points as asked, none twice', () => {
    const keys = walk(strategy, 5, 34);
    expect(keys).toHaveLength(34);
    expect(new Set(keys).size).toBe(34);
  });

  test('the same seed makes the same search, another seed another', () => {
    expect(walk(strategy, 5, 20)).toEqual(walk(strategy, 5, 20));
    expect(walk(strategy, 6, 20)).not.toEqual(walk(strategy, 5, 20));
  });

  test('a small space is tried whole and then ends', () => {
    const space = searchSpace({ layers: 3, heads: 2 }, inUse, pairs);
    const search = startSearch(strategy, space, 100, seededRandom(1));
    const seen = new Set<string>();
    for (let point = search.next(); point; point = search.next()) {
      seen.add(point.join());
      search.tell(0);
    }
    expect(seen.size).toBe(pointCount(space));
    expect(plannedTries(strategy, space, 100)).toBe(seen.size);
  });
});

test('parameters of a method are axes of their own, with the value in use among them', () => {
  const values = { 'naclip.nearness': 4, 'naclip.windows': 'auto', 'masks.contrast': 40 };
  const now: TuneSetting = { ...inUse, layers: [], heads: [], passes: 1, values };
  const space = parameterSpace(
    [
      { name: 'naclip.nearness', tries: [2, 5], inUse: 4 },
      { name: 'naclip.windows', tries: ['off', 'on'], inUse: 'auto' },
    ],
    now,
  );
  const settings = Array.from({ length: pointCount(space) }, (_, at) =>
    settingAt(space, pointAt(space, at)),
  );
  expect(settings.map((one) => one.values!['naclip.nearness'])).toEqual([
    2, 2, 2, 4, 4, 4, 5, 5, 5,
  ]);
  expect(settings.slice(0, 3).map((one) => one.values!['naclip.windows'])).toEqual([
    'off',
    'on',
    'auto',
  ]);
  expect(settings.every((one) => one.values!['masks.contrast'] === 40)).toBe(true);
  expect(new Set(settings.map(settingKey)).size).toBe(9);
  expect(layerGroups(space)).toHaveLength(1);
});

test('exhaustive tries everything whatever number is asked for', () => {
  const space = searchSpace({ layers: 3, heads: 2 }, inUse, pairs);
  expect(plannedTries('exhaustive', space, 1)).toBe(6);
});

test('the generator gives numbers from 0 to below 1, evenly', () => {
  const random = seededRandom(1);
  const values = Array.from({ length: 4000 }, () => random.next());
  expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...values)).toBeLessThan(1);
  expect(values.reduce((a, b) => a + b) / values.length).toBeCloseTo(0.5, 1);
});
