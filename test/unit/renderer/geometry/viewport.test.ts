// The transform between image and screen.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  centred,
  fit,
  keepInView,
  LEAST_SCALE,
  MOST_SCALE,
  screenPoint,
  stepped,
  toImage,
  toScreen,
  visiblePart,
  zoomAt,
} from '../../../../renderer/src/geometry/viewport.ts';

const stage = { width: 848, height: 664 };

describe('viewport', () => {
  it('there and back is the same point', () => {
    fc.assert(
      fc.property(
        fc.double({ min: LEAST_SCALE, max: MOST_SCALE, noNaN: true }),
        fc.integer({ min: -5000, max: 5000 }),
        fc.integer({ min: -5000, max: 5000 }),
        (scale, x, y) => {
          const at = toScreen({ scale, x: 17, y: -4 }, { x, y });
          const back = toImage({ scale, x: 17, y: -4 }, at);
          expect(back.x).toBeCloseTo(x, 6);
          expect(back.y).toBeCloseTo(y, 6);
        },
      ),
    );
  });

  it('zooming keeps the image point under the cursor, within the limits', () => {
    const view = { scale: 1, x: 10, y: 20 };
    const cursor = screenPoint(300, 200);
    const before = toImage(view, cursor);
    const zoomed = zoomAt(view, cursor, 7);
    expect(toImage(zoomed, cursor).x).toBeCloseTo(before.x, 9);
    expect(zoomAt(view, cursor, 1000).scale).toBe(MOST_SCALE);
    expect(zoomAt(view, cursor, 0).scale).toBe(LEAST_SCALE);
  });

  it('zoom steps hit whole zooms exactly and come back to where they started', () => {
    let scale = 1;
    for (let i = 0; i < 24; i += 1) scale = stepped(scale, 1);
    expect(scale).toBe(64);
    for (let i = 0; i < 24; i += 1) scale = stepped(scale, -1);
    expect(scale).toBe(1);
  });

  it('fitting leaves 16 px and starts on whole pixels', () => {
    const view = fit({ width: 600, height: 400 }, stage);
    expect(view).toEqual({ scale: (848 - 32) / 600, x: 16, y: 60 });
    const tall = fit({ width: 300, height: 632 }, stage);
    expect(tall).toEqual({ scale: 1, x: 274, y: 16 });
  });

  it('the image cannot be pushed out of sight', () => {
    const view = keepInView(
      { scale: 1, x: 99_999, y: -99_999 },
      { width: 600, height: 400 },
      stage,
    );
    expect(view).toEqual({ scale: 1, x: 800, y: 48 - 400 });
  });

  it('only the part in view is asked for', () => {
    const view = { scale: 4, x: -400, y: -100 };
    expect(visiblePart(view, { width: 600, height: 400 }, stage)).toEqual([100, 25, 312, 191]);
  });

  it('an image in its middle', () => {
    expect(centred({ width: 10, height: 10 }, stage, 1).x).toBe(419);
  });
});
