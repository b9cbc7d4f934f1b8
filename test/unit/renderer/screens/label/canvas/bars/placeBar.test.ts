// A floating bar stands beside its object and on no other one, nor on its label.
import { describe, expect, it } from 'vitest';
import {
  placeBar,
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
});
