// Gains of images that were left out of a choice: what is counted, and when a gain is clear.
import { describe, expect, it } from 'vitest';
import { average, heldOut, isClear } from '../../../../../electron/engine/learn/heldOut.ts';

describe('gains', () => {
  it('are up or down from half a point on, and alike below', () => {
    const gains = [0.0051, 0.005, 0, -0.005, -0.0051, 0.3];
    expect(heldOut(gains)).toMatchObject({ images: 6, up: 2, down: 1, alike: 3 });
  });

  it('have a mean, and the error of it', () => {
    const { mean, error } = heldOut([0.02, 0.04]);
    expect(mean).toBeCloseTo(0.03, 12);
    expect(error).toBeCloseTo(0.01, 12);
    // Deviations -3, 1, 1, 1: their squares are 12, of three degrees of freedom.
    const four = heldOut([0, 0.04, 0.04, 0.04]);
    expect(four.mean).toBeCloseTo(0.03, 12);
    expect(four.error).toBeCloseTo(0.02 / 2, 12);
  });

  it('of one image or none have no error', () => {
    expect(heldOut([0.2])).toMatchObject({ images: 1, mean: 0.2, error: 0 });
    expect(heldOut([])).toEqual({ images: 0, up: 0, down: 0, alike: 0, mean: 0, error: 0 });
    expect([average([]), average([1, 2, 6])]).toEqual([0, 3]);
  });

  it.each([
    ['a point, three images', { mean: 0.01, up: 3 }, true],
    ['less than a point', { mean: 0.0099 }, false],
    ['two images alone', { up: 2 }, false],
    ['more than its error', { mean: 0.021, error: 0.02 }, true],
    ['no more than its error', { mean: 0.02, error: 0.02 }, false],
  ])('of %s', (_what, more, clear) => {
    const found = { images: 10, up: 5, down: 0, alike: 5, mean: 0.05, error: 0 };
    expect(isClear({ ...found, ...more })).toBe(clear);
  });
});
