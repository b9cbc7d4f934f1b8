// Average precision of few objects, reckoned by hand: order, overlaps, sizes, crowds, recall.
import { describe, expect, it } from 'vitest';
import {
  addInstances,
  instanceScores,
  type Instance,
  type InstanceSums,
} from '../../../../../electron/engine/evaluate/instances.ts';
import { maskFromBitmap } from '../../../../../electron/masks/runs/bitmap.ts';

const SIDE = 128;
type Rect = readonly [left: number, top: number, width: number, height: number];
const one = (rect: Rect, score = 1, more: Partial<Instance> = {}): Instance => {
  const [left, top, width, height] = rect;
  const bits = new Uint8Array(SIDE * SIDE);
  for (let y = top; y < top + height; y++) bits.fill(1, y * SIDE + left, y * SIDE + left + width);
  return { label: 1, mask: maskFromBitmap(bits, SIDE, SIDE), isCrowd: false, score, ...more };
};
function scores(...images: [truth: Instance[], found: Instance[]][]) {
  const sums: InstanceSums = new Map();
  for (const [truth, found] of images) addInstances(sums, truth, found);
  return instanceScores(sums);
}
const [A, B, C]: Rect[] = [
  [0, 0, 10, 10],
  [20, 0, 10, 10],
  [40, 0, 10, 10],
];

describe('precision', () => {
  it('falls with what is wrong, and is that of the best at or beyond a recall', () => {
    const found = [one(A!, 0.9), one(C!, 0.8), one(B!, 0.7)];
    const { ap, ap50, recall } = scores([[one(A!), one(B!)], found]);
    // Recalls up to 0.5 are reached with the first alone, the other 50 with two of three.
    expect(ap50).toBeCloseTo((51 + (50 * 2) / 3) / 101, 9);
    expect(ap).toBeCloseTo(ap50!, 9);
    expect(recall).toBe(1);
  });

  it('is no lower for what was found late: a later, better one counts', () => {
    const found = [one(C!, 0.9), one(B!, 0.8), one(A!, 0.7)];
    expect(scores([[one(A!), one(B!)], found]).ap50).toBeCloseTo(2 / 3, 9);
    expect(scores([[one(A!)], [one(C!, 0.9), one(A!, 0.8)]]).ap50).toBeCloseTo(0.5, 9);
  });

  it('is reckoned over all images by score', () => {
    const first: [Instance[], Instance[]] = [[one(A!)], [one(A!, 0.5)]];
    const second: [Instance[], Instance[]] = [[one(A!)], [one(C!, 0.9), one(A!, 0.4)]];
    // Wrong, right, right: 1/2 and 2/3, so 2/3 at every recall.
    expect(scores(first, second).ap50).toBeCloseTo(2 / 3, 9);
  });

  it('gives an object to the best find, in whatever order they come', () => {
    expect(scores([[one(A!)], [one(A!, 0.2), one(A!, 0.9)]]).ap50).toBeCloseTo(1, 9);
    expect(scores([[one(A!)], [one(C!, 0.2), one(A!, 0.9)]]).ap50).toBeCloseTo(1, 9);
  });

  it('is nothing where nothing right was found, and where nothing was found at all', () => {
    expect(scores([[one(A!)], [one(C!, 0.9)]])).toMatchObject({ ap: 0, ap50: 0, recall: 0 });
    expect(scores([[one(A!)], []])).toMatchObject({ ap: 0, ap50: 0, recall: 0 });
  });

  it('counts a second find of an object as wrong', () => {
    const found = [one(A!, 0.9), one(A!, 0.8), one(B!, 0.7)];
    expect(scores([[one(A!), one(B!)], found]).ap50).toBeCloseTo((51 + (50 * 2) / 3) / 101, 9);
  });

  it('looks at the best hundred of a class on an image', () => {
    const wrong = Array.from({ length: 99 }, () => one(C!, 0.9));
    expect(scores([[one(A!)], [...wrong, one(A!, 0.1)]]).recall).toBe(1);
    expect(scores([[one(A!)], [...wrong, one(C!, 0.9), one(A!, 0.1)]]).recall).toBe(0);
  });
});

describe('an overlap', () => {
  it('is enough from its limit on', () => {
    // 100 of 200 pixels; 100 of 201 are less.
    const half = scores([[one(A!)], [one([0, 0, 20, 10])]]);
    expect([half.ap50, half.ap75]).toEqual([expect.closeTo(1, 9), 0]);
    expect(half.ap).toBeCloseTo(0.1, 9);
    expect(half.recall).toBeCloseTo(0.1, 9);
    expect(scores([[one([0, 0, 9, 11])], [one([0, 0, 20, 10])]]).ap50).toBe(0);
  });

  it('of several objects goes to the best one', () => {
    const truth = [one([0, 0, 10, 10]), one([2, 0, 10, 10])];
    const found = [one([2, 0, 10, 10], 0.9), one([0, 0, 10, 10], 0.8)];
    expect(scores([truth, found]).ap).toBeCloseTo(1, 9);
  });

  it('in rows or columns alone is none', () => {
    expect(scores([[one(A!)], [one([0, 20, 10, 10])]]).ap50).toBe(0);
    expect(scores([[one(A!)], [one([20, 0, 10, 10])]]).ap50).toBe(0);
    expect(scores([[one([20, 20, 10, 10])], [one(A!)]]).ap50).toBe(0);
  });
});

describe('a crowd', () => {
  const crowd = one([0, 0, 60, 10], 1, { isCrowd: true });

  it('is no object, and what lies in it is neither right nor wrong', () => {
    expect(scores([[crowd], [one(A!)]]).ap).toBeNull();
    const found = [one(B!, 0.9), one(C!, 0.8), one([0, 30, 10, 10], 0.7)];
    expect(scores([[crowd, one([0, 30, 10, 10])], found]).ap).toBeCloseTo(1, 9);
  });

  it('gives way to an object that is found as well', () => {
    const found = [one(A!, 0.9)];
    expect(scores([[crowd, one(A!)], found]).ap).toBeCloseTo(1, 9);
    // Also to one that fits less well than the crowd, of which all of the find is a part.
    const part = [one([0, 0, 10, 6], 0.9)];
    expect(scores([[crowd, one(A!)], part]).ap50).toBeCloseTo(1, 9);
    // An object that was not found stays so, whatever lies in the crowd.
    expect(scores([[crowd, one([0, 30, 10, 10])], [one(B!)]]).ap50).toBe(0);
    // Mostly outside of the crowd it is wrong.
    const beside = [one([50, 5, 40, 10], 0.95), one([0, 30, 10, 10], 0.7)];
    expect(scores([[crowd, one([0, 30, 10, 10])], beside]).ap50).toBeCloseTo(0.5, 9);
  });
});

describe('sizes', () => {
  const square = (side: number, score = 1) => one([0, 0, side, side], score);

  it('have both ends in common', () => {
    const of = (side: number) => {
      const { small, medium, large } = scores([[square(side)], [square(side)]]);
      return [small, medium, large].map((value) => value !== null);
    };
    expect(of(31)).toEqual([true, false, false]);
    expect(of(32)).toEqual([true, true, false]);
    expect(of(33)).toEqual([false, true, false]);
    expect(of(96)).toEqual([false, true, true]);
    expect(of(97)).toEqual([false, false, true]);
  });

  it('leave wrong finds of other sizes out', () => {
    const found = [one([0, 60, 60, 60], 0.9), square(10, 0.8)];
    const { small, medium, ap50 } = scores([[square(10)], found]);
    expect([small, medium]).toEqual([expect.closeTo(1, 9), null]);
    // They are not right either.
    expect(scores([[square(10)], [one([0, 60, 60, 60], 0.9)]]).small).toBe(0);
    expect(ap50).toBeCloseTo(0.5, 9);
  });
});

it('classes are told apart, in the order of their labels, and their mean is over those that are there', () => {
  const truth = [one(A!, 1, { label: 7 }), one(B!, 1, { label: 3 })];
  const found = [one(A!, 1, { label: 7 }), one(C!, 1, { label: 3 }), one(C!, 1, { label: 5 })];
  const { ap, classes } = scores([truth, found]);
  expect(classes).toEqual([
    { label: 3, ap: 0, ap50: 0, ap75: 0 },
    { label: 5, ap: null, ap50: null, ap75: null },
    { label: 7, ap: expect.closeTo(1, 9), ap50: expect.closeTo(1, 9), ap75: expect.closeTo(1, 9) },
  ]);
  expect(ap).toBeCloseTo(0.5, 9);
  expect(scores().ap).toBeNull();
});
