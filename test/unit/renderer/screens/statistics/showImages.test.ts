// The filter behind a figure of the statistics says what was counted, in words that the list understands.
import { expect, it } from 'vitest';
import { parseFilter } from '../../../../../electron/api/filter/grammar.ts';
import type { CategoryId, JobId } from '../../../../../electron/api/types.ts';
import {
  countedWords,
  matchWords,
  sizeWords,
} from '../../../../../renderer/src/screens/statistics/showImages.ts';

const nothing = { text: '', status: null, jobId: null, hidden: new Set<CategoryId>() };
const classes = (n: number) =>
  Array.from({ length: n }, (_, i) => ({ id: (i + 1) as CategoryId, name: `class ${i + 1}` }));
const faults = (words: readonly string[]) => parseFilter(words.join(' ')).map(({ fault }) => fault);

it('repeats what the screen was asked to count', () => {
  expect(countedWords(nothing, classes(3))).toEqual([]);
  const filter = {
    ...nothing,
    text: 'my beach',
    status: 'reviewed',
    jobId: 'j-1' as JobId,
  } as const;
  const words = countedWords({ ...filter, hidden: new Set([2 as CategoryId]) }, classes(3));
  expect(words).toEqual([
    'name:"my beach"',
    'status:reviewed',
    'batch:j-1',
    'class:"class 1"',
    'class:"class 3"',
  ]);
  expect(faults(words)).toEqual([null, null, null, null, null]);
  // Too many to be said: the bar then means any class.
  const hidden = new Set([1 as CategoryId]);
  expect(countedWords({ ...nothing, hidden }, classes(14))).toEqual([]);
});

it('bins of sizes lie beside each other without a gap, and the last has no end', () => {
  expect(sizeWords(0, false)).toEqual(['area:1-3', 'is:accepted']);
  expect(sizeWords(1, false)).toEqual(['area:4-15', 'is:accepted']);
  expect(sizeWords(5, true)).toEqual(['area:>=1024', 'is:accepted']);
  expect(faults([...sizeWords(5, true), ...matchWords(3, 20)])).toEqual([null, null, null]);
});

it('bins of matches are shares', () => {
  expect(matchWords(0, 20)).toEqual(['match:0-0.05']);
  expect(matchWords(19, 20)).toEqual(['match:0.95-1']);
});
