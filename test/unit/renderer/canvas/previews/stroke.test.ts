// The stroke under way: every pixel of the window shows what lies there in the image, however the view moves.
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { Stroke } from '../../../../../electron/masks/changes/stroke.ts';
import { makeStrokePreview } from '../../../../../renderer/src/canvas/previews/stroke.ts';
import type { BrushState } from '../../../../../renderer/src/tools/brush.ts';
import { maskFromBitmap } from '../../../../../electron/masks/runs/bitmap.ts';
import { objectOf } from '../../../../helpers/drivers/toolBench.ts';
import { RecordedPath } from '../../../../helpers/standIns/canvasRecorder.ts';
import { PixelCanvas, StandInImageData } from '../../../../helpers/standIns/pixelCanvas.ts';

beforeAll(() => {
  vi.stubGlobal('Path2D', RecordedPath);
  vi.stubGlobal('OffscreenCanvas', PixelCanvas);
  vi.stubGlobal('ImageData', StandInImageData);
});
afterAll(() => void vi.unstubAllGlobals());

const [WIDTH, HEIGHT] = [300, 280];
const STAGE = { width: 64, height: 48 };
const NEW = '#4080c0';
const OWN = '#c04020';

/** A target of 20 x 30 pixels over the corner of four tiles; 5 rows at its top are protected. */
const isTarget = (x: number, y: number) => x >= 246 && x < 266 && y >= 241 && y < 271;
const isProtected = (x: number, y: number) => y < 246 && x < 266;
const maskOf = (is: (x: number, y: number) => boolean) => {
  const bits = new Uint8Array(WIDTH * HEIGHT);
  for (let at = 0; at < bits.length; at++)
    bits[at] = is(at % WIDTH, Math.floor(at / WIDTH)) ? 1 : 0;
  return maskFromBitmap(bits, WIDTH, HEIGHT);
};

function painting(erase: boolean, onTarget: boolean) {
  const bits = new Stroke({
    width: WIDTH,
    height: HEIGHT,
    erase,
    target: onTarget ? maskOf(isTarget) : null,
    blocked: [maskOf(isProtected)],
  });
  const target = onTarget ? objectOf('a', 1, maskOf(isTarget)) : null;
  const dirty: object[] = [];
  const state = { stroke: { bits, target, erase, dirty } } as unknown as BrushState;
  const paint = (x: number, y: number) =>
    dirty.push(bits.line({ x, y }, { x: x + 6, y }, { size: 8, tip: 'square' }));
  return { bits, state, paint };
}

const preview = makeStrokePreview();
function shown(): PixelCanvas {
  const canvas = new PixelCanvas(STAGE.width, STAGE.height);
  preview.draw(canvas.getContext() as CanvasRenderingContext2D);
  return canvas;
}

type View = { x: number; y: number; scale: number };
const update = (state: BrushState | null, view: View) =>
  preview.update(state, { view, stage: STAGE, color: NEW, fillAlpha: 0.5, colorOf: () => OWN });

/** Compares every pixel of the window with the bits of the image under its middle. */
function expectPixels(bits: Stroke, view: View, color: string, erase: boolean, covers: boolean) {
  const rgb = [1, 3, 5].map((i) => parseInt(color.slice(i, i + 2), 16));
  const painted = bits.toMask();
  const on = new Set<number>();
  let at = 0;
  painted.counts.forEach((count, i) => {
    if (i % 2 === 1) for (let one = at; one < at + count; one++) on.add(one);
    at += count;
  });
  const canvas = shown();
  const wrong: string[] = [];
  for (let sy = 0; sy < STAGE.height; sy++)
    for (let sx = 0; sx < STAGE.width; sx++) {
      const x = Math.floor((sx + 0.5 - view.x) / view.scale);
      const y = Math.floor((sy + 0.5 - view.y) / view.scale);
      const isPainted = x >= 0 && y >= 0 && x < WIDTH && y < HEIGHT && on.has(x * HEIGHT + y);
      const isCovered = covers && isTarget(x, y);
      const isOn = erase ? isCovered && !isPainted : isCovered || isPainted;
      const found = canvas.at(sx, sy);
      const expected = isOn ? [...rgb, 128] : 0;
      if (isOn ? String(found) !== String(expected) : found[3] !== 0)
        wrong.push(`${sx},${sy}: ${found.join()} for ${String(expected)}`);
    }
  expect(wrong).toEqual([]);
}

const NEAR: View = { x: -240 * 2, y: -236 * 2, scale: 2 };
const FAR: View = { x: -111, y: -103, scale: 0.5 };
const ASIDE: View = { x: -470, y: -480, scale: 2 };

it.each([
  ['a new object', false, false, NEW],
  ['one that is added to', false, true, OWN],
  ['one that is erased', true, true, OWN],
] as const)('of %s, painted in parts over several tiles', (_, erase, onTarget, color) => {
  const { bits, state, paint } = painting(erase, onTarget);
  const check = (view: View) => {
    update(state, view);
    expectPixels(bits, view, color, erase, onTarget);
  };
  check(NEAR);
  paint(250, 252);
  check(NEAR);
  paint(258, 257);
  paint(244, 244);
  check(NEAR);
  // All of it, where the view moved; painted on from there.
  check(ASIDE);
  paint(262, 262);
  check(ASIDE);
  check(NEAR);
  expect(state.stroke!.dirty).toEqual([]);
  update(null, NEAR);
});

it('of an image that lies in the middle of the window, and half out of it', () => {
  const { bits, state, paint } = painting(false, false);
  paint(258, 250);
  for (const view of [FAR, { ...FAR, x: -150 }, { ...FAR, y: -140, x: -90 }]) {
    update(state, view);
    expectPixels(bits, view, NEW, false, false);
  }
  update(null, FAR);
});

it('is gone when the stroke is, and starts anew with the next one', () => {
  const first = painting(false, false);
  first.paint(250, 252);
  update(first.state, NEAR);
  update(null, NEAR);
  expect(shown().pixels.every((value) => value === 0)).toBe(true);
  const second = painting(false, false);
  second.paint(258, 256);
  update(second.state, NEAR);
  expectPixels(second.bits, NEAR, NEW, false, false);
});

it('moving the view repaints what can be seen and no more', () => {
  const { bits, state, paint } = painting(false, false);
  paint(250, 252);
  update(state, NEAR);
  const seen: number[][] = [];
  const tileAt = bits.tileAt.bind(bits);
  bits.tileAt = (tx, ty) => (seen.push([tx, ty]), tileAt(tx, ty));
  // The window shows 32 columns and 24 rows: all of one tile's, or of the next one's.
  for (const [x, y, tile] of [
    [0, 0, [0, 0]],
    [-520, 0, [1, 0]],
    [0, -512, [0, 1]],
  ] as const) {
    update(state, { x, y, scale: 2 });
    expect(seen).toEqual([tile]);
    seen.length = 0;
  }
  // Nothing of the image is in the window.
  update(state, { x: 100, y: 0, scale: 2 });
  expect(seen).toEqual([]);
});
