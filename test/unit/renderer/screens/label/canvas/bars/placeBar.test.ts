// A floating bar stands beside its object and on no other one, nor on its label.
import { describe, expect, it } from 'vitest';
import {
  placeBar,
  placeBeside,
  type Rect,
} from '../../../../../../../renderer/src/screens/label/canvas/bars/placeBar.ts';

const stage = { width: 800, height: 600 };
const bar = { width: 200, height: 32 };
const rect = (left: number, top: number, width: number, height: number): Rect => ({
  left,
  top,
  width,
  height,
});
const object = rect(300, 250, 100, 80);
const place = (...others: Rect[]) => placeBar({ object, others, bar, stage });

describe('a floating bar', () => {
  it('stands right of its object, 14 pixels away', () => {
    expect(place()).toEqual({ left: 414, top: 244 });
  });

  it('goes to the next side where another object or its label lies', () => {
    const right = rect(450, 240, 60, 60);
    expect(place(right)).toEqual({ left: 86, top: 244 });
    const left = rect(100, 270, 60, 60);
    expect(place(right, left)).toEqual({ left: 250, top: 344 });
    const below = rect(310, 380, 40, 40);
    expect(place(right, left, below)).toEqual({ left: 250, top: 180 });
  });

  it('stands flush with an end of its object where a neighbour lies under the other', () => {
    const beside = [rect(450, 240, 60, 60), rect(100, 270, 60, 60)];
    expect(place(...beside, rect(150, 345, 60, 40))).toEqual({ left: 300, top: 344 });
    expect(place(...beside, rect(440, 345, 60, 40))).toEqual({ left: 200, top: 344 });
  });

  it('goes to the corner of the canvas where no side is free', () => {
    expect(place(rect(0, 0, 800, 600))).toEqual({ left: 592, top: 8 });
  });

  it('flips at the edges of the canvas', () => {
    const atEdge = rect(700, 10, 90, 50);
    expect(placeBar({ object: atEdge, others: [], bar, stage })).toEqual({ left: 486, top: 8 });
  });

  // A bar of 200 x 32 right of the object lies from (414, 244) to (614, 276).
  it.each([
    ['left', rect(364, 240, 50, 30), true],
    ['left by a pixel', rect(365, 240, 50, 30), false],
    ['right', rect(614, 250, 50, 20), true],
    ['right by a pixel', rect(613, 250, 50, 20), false],
    ['above', rect(450, 204, 50, 40), true],
    ['above by a pixel', rect(450, 205, 50, 40), false],
    // The label of what lies below is 24 pixels high.
    ['below', rect(450, 300, 50, 20), true],
    ['below by a pixel', rect(450, 299, 50, 20), false],
  ])('may touch what lies %s, and not lie on it', (_where, other, isFree) => {
    expect(place(other).left === 414).toBe(isFree);
  });

  it('stays 8 pixels inside of the canvas, and no less is enough', () => {
    const room = (width: number, height: number) =>
      placeBar({ object, others: [], bar, stage: { width, height } });
    expect(room(622, 600)).toEqual({ left: 414, top: 244 });
    expect(room(621, 600)).toEqual({ left: 86, top: 244 });
    expect(room(800, 284)).toEqual({ left: 414, top: 244 });
    expect(room(800, 283)).toEqual({ left: 414, top: 243 });
    const low = (top: number) =>
      placeBar({ object: rect(0, top, 800, 80), others: [], bar, stage });
    expect(low(466)).toEqual({ left: 300, top: 560 });
    expect(low(467)).toEqual({ left: 300, top: 467 - 14 - 24 - 32 });
  });

  it('left of its object it needs 8 pixels too', () => {
    const right = (left: number) => {
      const moved = rect(left, 250, 100, 80);
      const beside = rect(left + 150, 240, 60, 60);
      return placeBar({ object: moved, others: [beside], bar, stage });
    };
    expect(right(222)).toEqual({ left: 8, top: 244 });
    expect(right(221)).toEqual({ left: 171, top: 344 });
  });

  it('keeps below what covers the top of the canvas', () => {
    const under = (top: number, ...others: Rect[]) =>
      placeBar({ object: rect(300, top, 100, 80), others, bar, stage, covered: 60 });
    expect(under(20)).toEqual({ left: 414, top: 68 });
    expect(under(250)).toEqual({ left: 414, top: 244 });
    expect(under(0, rect(0, 0, 800, 600))).toEqual({ left: 592, top: 68 });
  });

  it('a canvas that is smaller than the bar has it in its corner', () => {
    const small = placeBar({ object, others: [], bar, stage: { width: 150, height: 20 } });
    expect(small).toEqual({ left: 8, top: 8 });
  });
});

it('boxes of the image stand where the canvas shows them', () => {
  const view = { scale: 2, x: 100, y: 50 };
  const placed = placeBeside(
    { view, stage, covered: 0, aside: 0 },
    { box: [100, 100, 50, 40], others: [[150, 75, 13, 34]], bar },
  );
  expect(placed).toEqual(place(rect(400, 200, 26, 68)));
  expect(placed).toEqual({ left: 86, top: 244 });
});

it('a bar keeps out from under a drawer', () => {
  const shown = { view: { scale: 1, x: 0, y: 0 }, stage, covered: 0 };
  const asked = { box: [300, 250, 100, 80], others: [], bar } as const;
  expect(placeBeside({ ...shown, aside: 178 }, asked)).toEqual({ left: 414, top: 244 });
  expect(placeBeside({ ...shown, aside: 179 }, asked)).toEqual({ left: 86, top: 244 });
});
