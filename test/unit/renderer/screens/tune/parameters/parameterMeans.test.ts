// Mean rewards by value of each parameter, and how a setting is said.
import { expect, test } from 'vitest';
import type {
  TuneEvaluation,
  TuneParameter,
  TuneSetting,
} from '../../../../../../electron/api/tuning.ts';
import type { Json } from '../../../../../../electron/api/types.ts';
import { parameterMeans } from '../../../../../../renderer/src/screens/tune/parameters/parameterMeans.ts';
import {
  headName,
  layerName,
  triesText,
} from '../../../../../../renderer/src/screens/tune/settingWords.ts';

const tried = (value: Json, reward: number) =>
  ({ reward, setting: { values: { 'car.cut': value } } }) as unknown as TuneEvaluation;
const parameter = (tries: readonly Json[], inUse: Json): TuneParameter => ({
  name: 'car.cut',
  label: 'Cut',
  tries,
  inUse,
});
const setting = (layers: readonly number[], heads: readonly number[]) =>
  ({ layers, heads }) as unknown as TuneSetting;

test('numbers stand in order, the one in use among them; a value that nobody tried has no mean', () => {
  const [row] = parameterMeans(
    [tried(10, 1), tried(10, 4), tried(9, 2), { reward: 7, setting: {} } as TuneEvaluation],
    [parameter([10, 9, 30], 20)],
  );
  expect(row).toEqual({
    name: 'car.cut',
    label: 'Cut',
    values: [
      ...[{ value: 9, reward: 2 }],
      ...[{ value: 10, reward: 2.5 }],
      ...[{ value: 20, reward: null }],
      { value: 30, reward: null },
    ],
  });
});

test('words keep the order of the table, and the one in use stands once', () => {
  const values = (tries: readonly Json[], inUse: Json) =>
    parameterMeans([], [parameter(tries, inUse)])[0]!.values.map(({ value }) => value);
  expect(values(['b', 'a'], 'a')).toEqual(['b', 'a']);
  expect(values(['b', 'a'], 'c')).toEqual(['b', 'a', 'c']);
  expect(values([3, 'a', 1], 1)).toEqual([3, 'a', 1]);
});

test('layers and heads are counted from 1, no heads are their mean', () => {
  expect(layerName(setting([0, 8], []))).toBe('1 + 9');
  expect(headName(setting([0], [9, 0]))).toBe('10 + 1');
  expect(headName(setting([0], []))).toBe('mean');
});

test('what may be tried is said by the ends of numbers, else value by value', () => {
  expect(triesText({ tries: [1, 2, 5] })).toMatch(/1.*5/);
  expect(triesText({ tries: [1, 2, 5] })).not.toContain('2');
  expect(triesText({ tries: [true, 'x'] })).toBe('on, x');
});
