// Pages of the image list: those behind its end go, and of too many those that are farthest from where a person is.
import { expect, it } from 'vitest';
import { keepInRange, keepNear, PAGE } from '../../../../../renderer/src/state/images/pages.ts';

const pagesOf = (count: number) =>
  new Map(Array.from({ length: count }, (_, page) => [page, []] as const));
const kept = (count: number, page: number, index: number) => [
  ...keepNear(pagesOf(count), page, index).keys(),
];
const numbers = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, at) => from + at);

it('a page stays as long as one of its images is in the list', () => {
  const left = (total: number) => [...keepInRange(pagesOf(3), total).keys()];
  expect(left(2 * PAGE + 1)).toEqual([0, 1, 2]);
  expect(left(2 * PAGE)).toEqual([0, 1]);
  expect(left(1)).toEqual([0]);
  expect(left(0)).toEqual([]);
});

it('thirty pages are kept; of more, the farthest go', () => {
  expect(kept(3, 0, 0)).toEqual([0, 1, 2]);
  expect(kept(30, 29, 29 * PAGE)).toHaveLength(30);
  expect(kept(31, 30, 30 * PAGE)).toEqual(numbers(1, 31));
  expect(kept(33, 0, 0)).toEqual(numbers(0, 30));
});

it('the page of the image in hand stays, however far away another page is looked at', () => {
  expect(kept(40, 39, PAGE - 1)).toEqual([0, ...numbers(11, 40)]);
  expect(kept(40, 39, PAGE)).toEqual([1, ...numbers(11, 40)]);
});
