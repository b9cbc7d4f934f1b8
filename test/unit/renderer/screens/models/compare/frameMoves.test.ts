// Pictures of a comparison: zooming stays within the image, and what they share moves all of them.
import { describe, expect, it } from 'vitest';
import { screenPoint, toImage } from '../../../../../../renderer/src/geometry/viewport.ts';
import { CompareView } from '../../../../../../renderer/src/screens/models/compare/compareView.svelte.ts';
import {
  afterKey,
  shifted,
  wholeView,
  zoomed,
} from '../../../../../../renderer/src/screens/models/compare/frameMoves.ts';

const image = { width: 600, height: 200 };
const stage = { width: 300, height: 200 };
const whole = wholeView(image, stage);
const frame = (view = whole) => ({ image, stage, view, move() {}, point() {} });

describe('a picture that is looked at', () => {
  it('begins with the whole image, in the middle', () => {
    expect(whole).toEqual({ scale: 0.5, x: 0, y: 50 });
  });

  it('is enlarged about the place under the pointer, and never smaller than whole', () => {
    const at = screenPoint(120, 90);
    const nearer = zoomed(frame(), at, 4);
    expect(nearer.scale).toBe(1);
    expect(toImage(nearer, at)).toEqual(toImage(whole, at));
    expect(zoomed(frame(nearer), at, -9)).toEqual(whole);
  });

  it('moves only where a part is hidden, and stays in sight', () => {
    expect(shifted(frame(), 50, 0)).toEqual(whole);
    const nearer = zoomed(frame(), screenPoint(150, 100), 8);
    expect(shifted(frame(nearer), 30, -20)).toEqual({
      ...nearer,
      x: nearer.x + 30,
      y: nearer.y - 20,
    });
    expect(shifted(frame(nearer), 1e6, 0).x).toBeLessThan(stage.width);
  });

  it('answers keys, and only its own', () => {
    const nearer = afterKey(frame(), '+')!;
    expect(nearer.scale).toBeGreaterThan(whole.scale);
    expect(afterKey(frame(nearer), 'ArrowRight')!.x).toBeLessThan(nearer.x);
    expect(afterKey(frame(nearer), '0')).toEqual(whole);
    expect(afterKey(frame(nearer), '-')).toEqual(whole);
    expect(afterKey(frame(), 'a')).toBeNull();
  });
});

describe('pictures side by side', () => {
  const near = { scale: 2, x: 0, y: 0 };
  const far = { scale: 1, x: 5, y: 5 };

  it('move together, or each by itself from where they were', () => {
    const view = new CompareView();
    view.move('a', near);
    expect(view.of('b')).toEqual(near);
    view.together = false;
    view.move('b', far);
    expect([view.of('a'), view.of('b')]).toEqual([near, far]);
    view.together = true;
    expect(view.of('b')).toEqual(near);
  });
});
