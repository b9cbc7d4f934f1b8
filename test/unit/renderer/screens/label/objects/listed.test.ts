// The object list where there are many: found by class name, ordered by doubt, class or size.
import { expect, it } from 'vitest';
import type { CategoryId } from '../../../../../../electron/api/types.ts';
import {
  listed,
  type ObjectOrder,
} from '../../../../../../renderer/src/screens/label/objects/listed.ts';

const object = (name: string, area: number, match: number | null, doubtful = false) => ({
  name,
  area,
  match,
  doubtful,
  categoryId: 1 as CategoryId,
});
const objects = [
  object('cup', 5, 0.9),
  object('Plate', 50, null),
  object('cup', 70, 0.2, true),
  object('apple', 9, 0.4),
];
const areas = (query: string, order: ObjectOrder) =>
  listed(objects, query, order, ({ name }) => name).map(({ area }) => area);

it('stays as it is until somebody asks otherwise', () => {
  expect(listed(objects, ' ', 'drawn', ({ name }) => name)).toBe(objects);
});

it('finds by part of a class name, in any case', () => {
  expect(areas('CU', 'drawn')).toEqual([5, 70]);
  expect(areas('la', 'drawn')).toEqual([50]);
  expect(areas('zebra', 'drawn')).toEqual([]);
});

it('orders by doubt, then the weakest match; by class; by size', () => {
  expect(areas('', 'doubt')).toEqual([70, 9, 5, 50]);
  expect(areas('', 'class')).toEqual([9, 5, 70, 50]);
  expect(areas('', 'size')).toEqual([70, 50, 9, 5]);
});
