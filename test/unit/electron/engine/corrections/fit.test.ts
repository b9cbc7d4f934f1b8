// When settings are suggested and when not, and when masks are said to be drawn wider or narrower.
import { describe, expect, test } from 'vitest';
import {
  edgeHabit,
  GROWTHS,
  type Grown,
} from '../../../../../electron/engine/corrections/fit/edgeHabit.ts';
import { tooEarly, verdictOf } from '../../../../../electron/engine/corrections/fit/verdict.ts';
import { heldOut } from '../../../../../electron/engine/learn/heldOut.ts';

describe('a suggestion is', () => {
  const held = (gains: readonly number[]) => heldOut(gains);
  const clear = held(Array.from({ length: 10 }, (_, image) => 0.02 + 0.002 * (image % 3)));
  const found = { held: clear, now: 0.7, best: 0.8, stays: false };

  test('made where images gain more than the doubt about it', () => {
    expect(verdictOf(found)).toBe('offer');
  });
  test('not made where the settings in use were chosen', () => {
    expect(verdictOf({ ...found, stays: true })).toBe('stay');
  });
  test('not made where the maps do not show the classes, now or with the best that was tried', () => {
    expect(verdictOf({ ...found, now: 0.34 })).toBe('wrongMaps');
    expect(verdictOf({ ...found, now: 0.4, best: 0.44 })).toBe('wrongMaps');
    expect(verdictOf({ ...found, now: 0.36, best: 0.46 })).toBe('offer');
    expect(verdictOf({ ...found, now: 0.35, best: 0.45 })).toBe('offer');
  });
  test.each([
    ['less than a point', Array.from({ length: 10 }, () => 0.009)],
    ['less than its own error', [0.1, -0.1, 0.1, -0.1, 0.1, -0.1, 0.1, -0.1, 0.1, 0]],
    ['two images alone', [0.1, 0.1, 0, 0, 0, 0, 0, 0]],
  ])('not made for %s', (_what, gains) => {
    expect(verdictOf({ ...found, held: held(gains) })).toBe('unclear');
  });
});

describe('evidence says nothing', () => {
  /** Beside two hundred open images of every doubt. */
  const halves = (sure: number, doubtful: number) => {
    const evidence = [
      ...Array.from({ length: sure }, (_, at) => 0.05 + 0.001 * at),
      ...Array.from({ length: doubtful }, (_, at) => 0.95 - 0.001 * at),
    ];
    return { all: [...evidence, ...Array.from({ length: 200 }, (_, at) => at / 200)], evidence };
  };

  test('of fewer than eight images, and how many are missing is told', () => {
    expect(tooEarly(halves(3, 2), true)).toEqual({ verdict: 'few', missing: 3 });
    expect(tooEarly(halves(4, 4), true)).toBe(null);
  });
  test('where every mask was accepted as it was', () => {
    expect(tooEarly(halves(4, 4), false)?.verdict).toBe('untouched');
  });
  test('where the doubtful images were finished first, or the clear ones', () => {
    expect(tooEarly(halves(0, 12), true)).toEqual({ verdict: 'doubtFirst', missing: 4 });
    expect(tooEarly(halves(2, 10), true)).toEqual({ verdict: 'doubtFirst', missing: 2 });
    expect(tooEarly(halves(3, 9), true)).toBe(null);
    expect(tooEarly(halves(11, 1), true)).toEqual({ verdict: 'easyFirst', missing: 3 });
  });
  test('where less than a quarter is of one half; images right in the middle count for either', () => {
    const of = (evidence: readonly number[], all: readonly number[]) =>
      tooEarly({ all, evidence }, true)?.verdict ?? null;
    // The middle of these is 0.5, one of them or between two of them.
    const [odd, even] = [
      [0.1, 0.5, 0.9],
      [0.1, 0.4, 0.6, 0.9],
    ];
    const some = (sure: number, middle: number, doubtful: number) => [
      ...Array<number>(sure).fill(0.1),
      ...Array<number>(middle).fill(0.5),
      ...Array<number>(doubtful).fill(0.9),
    ];
    for (const all of [odd, even]) {
      expect(of(some(2, 0, 6), all)).toBeNull();
      expect(of(some(6, 0, 2), all)).toBeNull();
      expect(of(some(1, 0, 7), all)).toBe('doubtFirst');
      expect(of(some(7, 0, 1), all)).toBe('easyFirst');
      expect(of(some(1, 1, 6), all)).toBeNull();
      expect(of(some(6, 1, 1), all)).toBeNull();
      expect(of(some(0, 8, 0), all)).toBeNull();
    }
  });
  test('unless all images are alike', () => {
    expect(
      tooEarly({ all: Array<number>(12).fill(0.5), evidence: Array<number>(8).fill(0.5) }, true),
    ).toBe(null);
  });
});

describe('masks are said to be drawn wider', () => {
  /** Overlap falls by `loss` for each pixel off the habit, from a little less than all. */
  const mask = (habit: number, start: number, loss = 0.05) =>
    GROWTHS.map((pixels) => start - loss * Math.abs(pixels - habit));
  const images = (habits: readonly number[], masks = 2, loss = 0.05): Grown[] =>
    habits.map((habit, image) =>
      Array.from({ length: masks }, (_, at) => mask(habit, 0.9 - 0.01 * ((image + at) % 4), loss)),
    );

  test('by as many pixels as most masks are', () => {
    expect(edgeHabit(images([2, 2, 2, 2, 2, 2, 2, 2]))).toEqual({ pixels: 2, up: 16, masks: 16 });
    expect(edgeHabit(images([-1, -1, -1, -1, -1, -1]))).toEqual({ pixels: -1, up: 12, masks: 12 });
  });
  test('not where they are drawn as proposed, or off at random', () => {
    expect(edgeHabit(images([0, 0, 0, 0, 0, 0, 0, 0]))).toBe(null);
    expect(edgeHabit(images([2, -2, 1, -1, 2, -2, 1, -1]))).toBe(null);
  });
  test('not from fewer than five masks, or than three images', () => {
    expect(edgeHabit(images([2, 2, 2, 2], 1))).toBe(null);
    expect(edgeHabit(images([2, 2], 4))).toBe(null);
    expect(edgeHabit([...images([2, 2, 2]), [], []])).toEqual({ pixels: 2, up: 6, masks: 6 });
  });
  test('not where the last third of the images is drawn otherwise', () => {
    expect(edgeHabit(images([2, 2, 2, 2, 2, 2, 0, 0, 0]))).toBe(null);
    expect(edgeHabit(images([2, 2, 2, 2, 2, 2, -1, -1, -1]))).toBe(null);
  });
  test('not for less than a point', () => {
    expect(edgeHabit(images([1, 1, 1, 1, 1, 1, 1, 1], 2, 0.009))).toBe(null);
  });
});
