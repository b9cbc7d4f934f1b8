// How the image is fitted into the canvas: beside a drawer where there is room.
import { describe, expect, it } from 'vitest';
import { Viewport } from '../../../../../renderer/src/state/view/viewport.svelte.ts';

describe('fitting the image', () => {
  const STAGE = { width: 800, height: 600 };
  const IMAGE = { width: 1000, height: 500 };
  const fitted = (aside: number) => {
    const viewport = new Viewport();
    viewport.setStage(STAGE);
    viewport.setImage(IMAGE);
    viewport.aside = aside;
    viewport.fit();
    const { scale, x, y } = viewport.view;
    return { left: x, right: x + IMAGE.width * scale, middle: y + (IMAGE.height * scale) / 2 };
  };

  it('keeps clear of an open drawer, in the middle of what can be seen', () => {
    const { left, right, middle } = fitted(300);
    expect(right).toBeLessThanOrEqual(500);
    expect(Math.abs(left - (500 - right))).toBeLessThanOrEqual(1);
    expect(Math.abs(middle - 300)).toBeLessThanOrEqual(1);
  });

  it('takes the whole canvas without a drawer, and where one covers nearly all of it', () => {
    const { left, right } = fitted(0);
    expect(Math.abs(left - (800 - right))).toBeLessThanOrEqual(1);
    expect(right).toBeGreaterThan(700);
    expect(fitted(600)).toEqual(fitted(0));
  });
});
