// Values of parameters against their ranges, at every limit.
import { describe, expect, it } from 'vitest';
import type { ParamRange } from '../../../../electron/api/model.ts';
import {
  choice,
  complaint,
  number,
  onOff,
  whole,
} from '../../../../electron/link/engines/ranges.ts';

const fits = (range: ParamRange, ...values: readonly unknown[]) =>
  values.map((value) => complaint(range, value) === null);

describe('a value', () => {
  it('of numbers lies within both ends', () => {
    expect(fits(number(-1, 2), -1, 2, 0.5, -1.01, 2.01, '1', NaN)).toEqual([
      ...[true, true, true],
      ...[false, false, false, false],
    ]);
    expect(complaint(number(-1, 2), 3)).toBe('a number from -1 to 2');
    expect(fits(whole(0, 3), 0, 3, 1.5, 4)).toEqual([true, true, false, false]);
    expect(complaint(whole(0, 3), 1.5)).toBe('a whole number from 0 to 3');
  });

  it('of choices and switches is one of them', () => {
    expect(fits(choice('a', 'b'), 'a', 'c', 1)).toEqual([true, false, false]);
    expect(complaint(choice('a', 'b'), 1)).toBe('one of a, b');
    expect(fits(onOff, true, false, 0, 'true')).toEqual([true, true, false, false]);
    expect(complaint(onOff, 0)).toBe('true or false');
  });

  it('of texts and words is no longer than said, and words differ', () => {
    const text = { kind: 'text', maxLength: 3 } as ParamRange;
    expect(fits(text, '', 'abc', 'abcd', 3)).toEqual([true, true, false, false]);
    expect(complaint(text, 'abcd')).toBe('text of at most 3 characters');
    const words = { kind: 'words', most: 2, maxLength: 3 } as ParamRange;
    expect(fits(words, [], ['abc', 'de'], ['a', 'b', 'c'], ['a', 'a'])).toEqual([
      ...[true, true, false, false],
    ]);
    expect(fits(words, ['abcd'], [' '], [1], 'a')).toEqual([false, false, false, false]);
    expect(complaint(words, 1)).toBe('a list of at most 2 different names of at most 3 characters');
  });

  it('of lists of numbers has so many at most, each within both ends', () => {
    const numbers = { kind: 'numbers', most: 2, min: 0, max: 1 } as ParamRange;
    expect(fits(numbers, [], [0, 1], [1, 1], [0, 1, 1], [-0.1], [1.1], ['0'], 0)).toEqual([
      ...[true, true, true],
      ...[false, false, false, false, false],
    ]);
    expect(complaint(numbers, 0)).toBe('a list of at most 2 numbers from 0 to 1');
  });

  it('of indices is a whole number from 0, each once, 64 at most', () => {
    const some = { kind: 'indices', mayBeEmpty: false } as ParamRange;
    const any = { kind: 'indices', mayBeEmpty: true } as ParamRange;
    const upTo = (count: number) => Array.from({ length: count }, (_, at) => at);
    expect(fits(any, [], [0], upTo(64), upTo(65))).toEqual([true, true, true, false]);
    expect(fits(some, [], [0], [-1], [0.5], [1, 1], 0)).toEqual([
      ...[false, true, false, false, false, false],
    ]);
    expect(complaint(some, [])).toBe('a list of different whole numbers from 0, not empty');
    expect(complaint(any, 0)).toBe('a list of different whole numbers from 0');
  });
});
