// The truth of a data set read once before anything runs: its labels, its faults with their places, its sizes.
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../../../electron/api/errors.ts';
import {
  checkSize,
  readTruth,
  surveyTruth,
} from '../../../../../electron/engine/benchmark/truth.ts';
import type { OpenedSet, SetItem } from '../../../../../electron/engine/benchmark/set.ts';
import { VOID } from '../../../../../electron/engine/evaluate/imageScore.ts';

const item = (name: string): SetItem => ({ name, truth: `${name}.png` }) as SetItem;
/** Label maps three pixels wide, of a set of the classes 1 and 2. */
const setOf = (maps: { readonly [name: string]: readonly number[] | Error }) =>
  ({
    facts: { names: ['background', 'cat', 'dog'] },
    read: ({ name }: SetItem) => {
      const labels = maps[name]!;
      if (labels instanceof Error) return Promise.reject(labels);
      const map = { labels: Uint16Array.from(labels), width: 3, height: labels.length / 3 };
      return Promise.resolve(map);
    },
  }) as unknown as OpenedSet;

describe('a label map', () => {
  it('holds classes of the list and void', async () => {
    const map = await readTruth(setOf({ a: [0, 1, 2, VOID, 0, 0] }), item('a'));
    expect([map.width, map.height]).toEqual([3, 2]);
  });

  it('with another number is refused with its place', async () => {
    const fault = (labels: readonly number[]) => readTruth(setOf({ a: labels }), item('a'));
    await expect(fault([0, 0, 0, 0, 0, 3])).rejects.toThrow(
      'The truth of a (a.png) holds a class number that the class list does not have, at row 2, column 3; the list has 2 classes.',
    );
    await expect(fault([0, 9, 0])).rejects.toThrow('at row 1, column 2;');
  });
});

describe('a survey', () => {
  const survey = (maps: Parameters<typeof setOf>[0]) => {
    const told: [number, number][] = [];
    const items = Object.keys(maps).map(item);
    const found = surveyTruth(setOf(maps), items, {
      onProgress: ({ done, total }) => void told.push([done, total]),
    });
    return { found, told };
  };

  it('tells which classes occur in each image', async () => {
    const { found, told } = survey({ a: [2, 1, 2], b: [0, VOID, 0] });
    expect((await found).map(({ present, width, height }) => [present, width, height])).toEqual([
      ...[[[1, 2], 3, 1]],
      [[], 3, 1],
    ]);
    expect(told).toEqual([
      [1, 2],
      [2, 2],
    ]);
  });

  it('tells five faults at most, a line each', async () => {
    const broken = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, at) => [`i${at}`, [7, 0, 0]]));
    const lines = async (maps: Parameters<typeof setOf>[0]) => {
      const error = await survey(maps).found.catch((thrown: unknown) => thrown as Error);
      return (error as Error).message.split('\n').length;
    };
    expect(await lines({ ...broken(2), fine: [0, 0, 0] })).toBe(2);
    expect(await lines(broken(5))).toBe(5);
    expect(await lines(broken(6))).toBe(5);
    await expect(survey({ a: new AppError('IMPORT_INVALID', 'torn') }).found).rejects.toThrow(
      'torn',
    );
    await expect(survey({ a: new TypeError('a slip') }).found).rejects.toThrow(TypeError);
  });
});

it('the size of an image is that of its truth; one that is turned is told so', () => {
  const truth = { item: item('a'), width: 3, height: 2, present: [] };
  const check = (width: number, height: number) =>
    checkSize(truth, { id: 1 as never, width, height });
  expect(() => check(3, 2)).not.toThrow();
  expect(() => check(2, 3)).toThrow(
    /is 3 x 2 px, the image 2 x 3; expected one size\. The image is turned/,
  );
  for (const [width, height] of [
    [3, 3],
    [2, 2],
    [4, 2],
  ] as const)
    expect(() => check(width, height)).toThrow(/expected one size\.$/);
});
