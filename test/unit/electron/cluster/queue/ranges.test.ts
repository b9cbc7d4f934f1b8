import { expect, test } from 'vitest';
import { rangesOf } from '../../../../../electron/cluster/queue/queue.ts';
import { jobsAtOnce } from '../../../../../electron/cluster/worker/state.ts';

test('numbers become ranges of at most eight without gaps', () => {
  const numbers = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 14, 15];
  expect(rangesOf(numbers)).toEqual([
    { first: 0, last: 7 },
    { first: 8, last: 9 },
    { first: 12, last: 12 },
    { first: 14, last: 15 },
  ]);
  expect(rangesOf([])).toEqual([]);
});

test('a card takes eight jobs at once, a laptop one, and who does not know yet one', () => {
  const paces = [null, 0, 0.4, 0.9, 1.9, 10];
  expect(paces.map((pace) => jobsAtOnce({ pace }))).toEqual([1, 8, 8, 4, 2, 1]);
});
