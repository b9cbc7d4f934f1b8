// The wheel over the canvas: zoom, scroll, or the size of the brush.
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { turnWheel } from '../../../../../../renderer/src/screens/label/canvas/turnWheel.ts';

beforeAll(() => void vi.stubGlobal('WheelEvent', { DOM_DELTA_LINE: 1 }));
afterAll(() => void vi.unstubAllGlobals());

function turned(event: object, { tool = 'brush', wheel = 'zoom' } = {}) {
  const said: unknown[][] = [];
  const tell =
    (name: string) =>
    (...given: unknown[]) =>
      void said.push([name, ...given]);
  const app = {
    viewport: { zoom: tell('zoom'), pan: tell('pan') },
    tools: { id: tool, resizeBrush: tell('resize') },
    session: { settings: { wheel } },
  };
  const at = { x: 3, y: 4 } as never;
  const full = { deltaMode: 0, deltaX: 0, deltaY: 0, altKey: false, ctrlKey: false, ...event };
  return { zoomed: turnWheel(app as never, full as never, at), said };
}

it('zooms about the pointer, a step a notch, four at most', () => {
  expect(turned({ deltaY: -100 })).toEqual({ zoomed: true, said: [['zoom', 1, { x: 3, y: 4 }]] });
  expect(turned({ deltaY: 250 }).said[0]![1]).toBe(-2.5);
  expect(turned({ deltaY: -900 }).said[0]![1]).toBe(4);
  expect(turned({ deltaY: 900 }).said[0]![1]).toBe(-4);
});

it('counts lines as pixels, and a pinch four times', () => {
  expect(turned({ deltaY: -2, deltaMode: 1 }).said[0]![1]).toBeCloseTo(0.66, 9);
  expect(turned({ deltaY: -50, ctrlKey: true }).said[0]![1]).toBe(2);
  expect(turned({ deltaY: -50, ctrlKey: true }, { wheel: 'scroll' }).said[0]![0]).toBe('zoom');
});

it('scrolls where that is set', () => {
  expect(turned({ deltaX: 7, deltaY: 20 }, { wheel: 'scroll' })).toEqual({
    zoomed: false,
    said: [['pan', -7, -20]],
  });
});

it('goes sideways with Shift, whether or not the browser turned the wheel', () => {
  const sideways = { zoomed: false, said: [['pan', -100, 0]] };
  for (const wheel of ['zoom', 'scroll']) {
    expect(turned({ deltaX: 100, shiftKey: true }, { wheel })).toEqual(sideways);
    expect(turned({ deltaY: 100, shiftKey: true }, { wheel })).toEqual(sideways);
  }
  expect(turned({ deltaY: -50, shiftKey: true, ctrlKey: true }).said[0]![0]).toBe('zoom');
});

it('makes the brush larger or smaller with Alt', () => {
  expect(turned({ deltaY: -100, altKey: true })).toEqual({
    zoomed: false,
    said: [['resize', 1.15]],
  });
  expect(turned({ deltaY: 100, altKey: true }, { tool: 'eraser' }).said).toEqual([
    ['resize', 1 / 1.15],
  ]);
  expect(turned({ deltaY: 100, altKey: true }, { tool: 'select' }).said[0]![0]).toBe('zoom');
});
