// When the grid of pixels is drawn over the photograph.
import { describe, expect, it } from 'vitest';
import { showsGrid } from '../../../../renderer/src/canvas/layers/image.ts';

describe('the grid of pixels', () => {
  const at = (scale: number, fitScale: number) =>
    showsGrid({ view: { scale, x: 0, y: 0 }, fitScale });

  it('a small image that fits at 850 % is not behind a mesh', () => {
    expect(at(8.5, 8.5)).toBe(false);
    expect(at(10, 8.5)).toBe(true);
  });

  it('other images show it from 800 % on', () => {
    expect([at(7.9, 0.5), at(8, 0.5)]).toEqual([false, true]);
  });
});
