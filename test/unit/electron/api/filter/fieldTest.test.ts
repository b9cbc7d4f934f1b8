// Values of fields against what a filter asks, at the numbers themselves.
import { describe, expect, it } from 'vitest';
import { fieldFits, fieldTestOf } from '../../../../../electron/api/filter/fieldTest.ts';

const fits = (asked: string, ...values: readonly (string | number | boolean | undefined)[]) => {
  const test = fieldTestOf(asked)!;
  return values.map((value) => fieldFits(value, test));
};

describe('a number', () => {
  it.each([
    ['tilt>4', [false, false, true]],
    ['tilt>=4', [false, true, true]],
    ['tilt<4', [true, false, false]],
    ['tilt<=4', [true, true, false]],
    ['tilt=4', [false, true, false]],
    ['tilt=4-5', [false, true, true]],
    ['tilt=3..4', [true, true, false]],
    ['tilt=x', [false, false, false]],
  ])('of 3, 4 and 5: %s', (asked, expected) => {
    expect(fits(asked, 3, 4, 5)).toEqual(expected);
  });
});

describe('other values', () => {
  it('a name alone asks for any value; a tick that is off is none', () => {
    expect(fits('closed', true, 'x', 0, '', false, undefined)).toEqual([
      ...[true, true, true, true, false, false],
    ]);
  });

  it('a tick is on or off in several words', () => {
    expect(fits('closed=Yes', true, false, undefined)).toEqual([true, false, false]);
    expect(fits('closed=off', true, false)).toEqual([false, true]);
    expect(fits('closed>1', true)).toEqual([false]);
  });

  it('words are the same whatever their case, and are not larger than others', () => {
    expect(fits('"lamp kind"=Big', 'big', 'bigger')).toEqual(fits('lamp=BIG', 'big', 'bigger'));
    expect(fits('kind=BIG', 'big', 'bigger')).toEqual([true, false]);
    expect(fits('kind>4', '4')).toEqual([false]);
  });

  it.each(['=3', 'tilt=', 'tilt>high', ''])('"%s" asks nothing', (asked) => {
    expect(fieldTestOf(asked)).toBeNull();
  });
});
