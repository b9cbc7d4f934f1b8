// Zooming keeps the point under the pointer, and no view loses its image.
import { describe, expect, it } from 'vitest';
import {
  keepInView,
  toImage,
  toScreen,
  zoomAt,
} from '../../../../renderer/src/geometry/viewport.ts';

const STAGE = { width: 800, height: 600 };
const IMAGE = { width: 400, height: 300 };

describe('zoom', () => {
  it.each([0.5, 1.5, 4])('to %d leaves the point under the pointer where it is', (scale) => {
    const view = { scale: 2, x: -30, y: 70 };
    const at = { x: 310, y: 205 } as never;
    const point = toImage(view, at);
    const next = zoomAt(view, at, scale);
    expect(next.scale).toBe(scale);
    const back = toScreen(next, point);
    expect(back.x).toBeCloseTo(310, 9);
    expect(back.y).toBeCloseTo(205, 9);
  });
});

describe('a view', () => {
  const kept = (x: number, y: number) => {
    const view = keepInView({ scale: 2, x, y }, IMAGE, STAGE);
    return [view.scale, view.x, view.y];
  };

  it('keeps 48 pixels of the image on the stage, on each side', () => {
    expect(kept(100, 50)).toEqual([2, 100, 50]);
    expect(kept(5000, 50)).toEqual([2, 752, 50]);
    expect(kept(100, 5000)).toEqual([2, 100, 552]);
    expect(kept(-5000, 50)).toEqual([2, -752, 50]);
    expect(kept(100, -5000)).toEqual([2, 100, -552]);
  });
});
