// Samples spread over a list, and usual thresholds.
import { expect, it } from 'vitest';
import { spread } from '../../../../../electron/api/rules/spread.ts';
import { usualThreshold } from '../../../../../electron/api/rules/thresholds.ts';
import { choiceNamed, wordNamed } from '../../../../../electron/api/filter/words.ts';

const list = Array.from({ length: 10 }, (_, at) => at);

it('a sample lies in the middle of equal parts of its list', () => {
  expect(spread(list, 2)).toEqual([2, 7]);
  expect(spread(list, 3)).toEqual([1, 5, 8]);
  expect(spread(list, 9)).toHaveLength(9);
  expect(spread(list, 0)).toEqual([]);
});

it('a list that is not longer than the sample is all of it, as a list of its own', () => {
  expect(spread(list, 10)).toEqual(list);
  expect(spread(list, 10)).not.toBe(list);
  expect(spread(list, 11)).toEqual(list);
});

it('stuff is cut at a share of the threshold of things', () => {
  const masks = { threshold: 0.15, stuffShare: 0.333 };
  expect(usualThreshold('thing', masks)).toBe(0.15);
  expect(usualThreshold('stuff', masks)).toBe(0.05);
});

it('words and choices of a filter are known by their beginning where it is the only one', () => {
  expect([wordNamed('Score'), wordNamed('class'), wordNamed('clas')]).toEqual([
    'match',
    'class',
    null,
  ]);
  expect(['DONE', 'd', 'fail', '', 'x'].map((text) => choiceNamed('outcome', text))).toEqual([
    ...['done', 'done', 'failed', null, null],
  ]);
  expect(choiceNamed('has', 'p')).toBeNull();
  expect(choiceNamed('has', 'prop')).toBe('proposals');
  expect(choiceNamed('class', 'x')).toBeNull();
});
