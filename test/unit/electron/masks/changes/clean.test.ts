// Five steps of cleaning a mask, each counted, none of which does more than it says.
import { describe, expect, test } from 'vitest';
import {
  cleanMask,
  cleansNothing,
  NO_CLEANING,
} from '../../../../../electron/masks/changes/clean.ts';
import { area, isInside } from '../../../../../electron/masks/runs/rle.ts';
import { maskWhere } from '../../../../helpers/fixtures/scenes.ts';

/** A square of 20 with a hole of 4 pixels, a speck of 3 and one of 8 beside it. */
const mask = maskWhere(60, 40, (x, y) => {
  const square = x >= 10 && x < 30 && y >= 10 && y < 30;
  const hole = x >= 18 && x < 20 && y >= 18 && y < 20;
  const speck = y >= 5 && y < 6 && x >= 40 && x < 43;
  const larger = x >= 50 && x < 54 && y >= 30 && y < 32;
  return (square && !hole) || speck || larger;
});
const clean = (settings: Partial<typeof NO_CLEANING>) =>
  cleanMask(mask, { ...NO_CLEANING, ...settings });

test('nothing is changed while every step is off', () => {
  expect(cleansNothing(NO_CLEANING)).toBe(true);
  expect(cleansNothing({ ...NO_CLEANING, growPx: -1 })).toBe(false);
  const { mask: after, ...figures } = clean({});
  expect(after).toBe(mask);
  expect(figures).toEqual({
    islands: 0,
    holes: 0,
    corners: [0, 0],
    errorPx: 0,
    addedPx: 0,
    removedPx: 0,
  });
});

describe('each step', () => {
  test('takes islands of fewer pixels, and those of as many stay', () => {
    expect(clean({ islandsPx: 8 })).toMatchObject({ islands: 1, removedPx: 3, addedPx: 0 });
    expect(clean({ islandsPx: 9 })).toMatchObject({ islands: 2, removedPx: 11 });
    // A mask may lose everything: whoever asks has to see it.
    expect(area(clean({ islandsPx: 1000 }).mask)).toBe(0);
  });

  test('fills holes of fewer pixels, and those of as many stay', () => {
    expect(clean({ holesPx: 4 })).toMatchObject({ holes: 0, addedPx: 0 });
    expect(clean({ holesPx: 5 })).toMatchObject({ holes: 1, addedPx: 4, removedPx: 0 });
  });

  test('grows and shrinks by the pixels that it says', () => {
    const larger = clean({ growPx: 2 }).mask;
    expect([isInside(larger, 8, 20), isInside(larger, 7, 20)]).toEqual([true, false]);
    const smaller = clean({ growPx: -3 }).mask;
    expect([isInside(smaller, 13, 15), isInside(smaller, 12, 15)]).toEqual([true, false]);
  });

  test('smooths specks and spikes away and leaves a square its sides', () => {
    const smooth = clean({ smoothPx: 2 }).mask;
    expect(isInside(smooth, 41, 5)).toBe(false);
    expect(isInside(smooth, 10, 20)).toBe(true);
  });

  test('draws with fewer corners, no further off than it says', () => {
    const round = maskWhere(80, 80, (x, y) => Math.hypot(x - 40, y - 40) < 30);
    const { corners, errorPx, addedPx, removedPx } = cleanMask(round, {
      ...NO_CLEANING,
      simplifyPx: 2,
    });
    expect(corners[1]).toBeLessThan(corners[0] / 4);
    expect(errorPx).toBeGreaterThan(0);
    expect(errorPx).toBeLessThanOrEqual(2);
    expect(addedPx + removedPx).toBeLessThan(0.1 * area(round));
    // Parts inside of holes are kept: the rings are filled together.
    const nested = maskWhere(60, 60, (x, y) => {
      const far = Math.max(Math.abs(x - 30), Math.abs(y - 30));
      return far < 25 && !(far >= 8 && far < 16);
    });
    const drawn = cleanMask(nested, { ...NO_CLEANING, simplifyPx: 1 }).mask;
    expect([isInside(drawn, 30, 30), isInside(drawn, 42, 30), isInside(drawn, 50, 30)]).toEqual([
      true,
      false,
      true,
    ]);
  });
});
