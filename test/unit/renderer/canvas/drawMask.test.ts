// A mask of the idle picture: fill, hatch and contour, and nothing of what is out of view.
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Annotation } from '../../../../electron/api/types.ts';
import { drawContour, drawFill } from '../../../../renderer/src/canvas/drawMask.ts';
import type { ObjectLook } from '../../../../renderer/src/canvas/look.ts';
import { scorePicture } from '../../../../renderer/src/canvas/scoreCanvas.ts';
import { emberTable } from '../../../../electron/api/rules/ember.ts';
import { draw } from '../../../helpers/fixtures/masks.ts';
import { objectOf } from '../../../helpers/drivers/toolBench.ts';
import { canvasRecorder, RecordedPath } from '../../../helpers/standIns/canvasRecorder.ts';
import { PixelCanvas } from '../../../helpers/standIns/pixelCanvas.ts';

beforeAll(() => {
  vi.stubGlobal('Path2D', RecordedPath);
  vi.stubGlobal('OffscreenCanvas', PixelCanvas);
});
afterAll(() => void vi.unstubAllGlobals());

const mask = draw('......', '.###..', '.###..', '......');
const lookOf = (patch: Partial<ObjectLook> = {}, of: Partial<Annotation> = {}): ObjectLook => ({
  key: 'a',
  annotation: objectOf('a', 1, mask, of),
  color: '#ff0000',
  fill: 1,
  line: 2,
  dash: [],
  selected: false,
  hatch: 0,
  ...patch,
});
const STAGE = { width: 60, height: 40 };
function drawnBy(work: (context: CanvasRenderingContext2D) => void) {
  const recorder = canvasRecorder();
  work(recorder.context);
  const { transform, globalAlpha } = recorder.settings;
  expect({ transform, globalAlpha }).toEqual({
    transform: { x: 0, y: 0, scale: 1 },
    globalAlpha: 1,
  });
  return recorder.drawn;
}
const fill = (look: ObjectLook, view = { scale: 3, x: 10, y: 5 }, strength = { alpha: 0.5 }) =>
  drawnBy((context) => drawFill(context, { view, stage: STAGE }, look, strength));
const contour = (look: ObjectLook, view = { scale: 3, x: 10, y: 5 }) =>
  drawnBy((context) => drawContour(context, { view, stage: STAGE }, look));

/** The mask's box is x 1 to 4 and y 1 to 3. */
describe('a mask', () => {
  it('is filled where it lies in the window', () => {
    const [only, ...more] = fill(lookOf());
    expect(more).toEqual([]);
    expect(only).toMatchObject({ what: 'fill', color: '#ff0000', alpha: 0.5 });
    const xs = only!.at.filter((_, i) => i % 2 === 0);
    const ys = only!.at.filter((_, i) => i % 2 === 1);
    expect([Math.min(...xs), Math.max(...xs)]).toEqual([13, 22]);
    expect([Math.min(...ys), Math.max(...ys)]).toEqual([8, 14]);
  });

  it.each([
    ['left of', { scale: 3, x: -12, y: 5 }, { scale: 3, x: -12.5, y: 5 }],
    ['above', { scale: 3, x: 10, y: -9 }, { scale: 3, x: 10, y: -9.5 }],
    ['right of', { scale: 3, x: 57, y: 5 }, { scale: 3, x: 57.5, y: 5 }],
    ['below', { scale: 3, x: 10, y: 37 }, { scale: 3, x: 10, y: 37.5 }],
  ])('that lies %s the window is not drawn, one that touches it is', (_, touching, beyond) => {
    expect(fill(lookOf(), touching)).toHaveLength(1);
    expect(fill(lookOf(), beyond)).toEqual([]);
    expect(contour(lookOf(), beyond)).toEqual([]);
  });

  it('without a pixel is not drawn', () => {
    expect(fill(lookOf({}, { area: 0 }))).toEqual([]);
  });

  it('fades in with its hatch, which is drawn inside it alone', () => {
    const strength = { alpha: 0.4, shown: 0.5 };
    const drawn = fill(lookOf({ hatch: 3 }), undefined, strength);
    expect(drawn.map(({ what }) => what)).toEqual(['fill', 'clip', 'stroke']);
    expect(drawn.map(({ alpha }) => alpha)).toEqual([0.2, 0.2, 0.275]);
    expect(drawn[2]!.color).toBe('#ff0000');
  });

  it('is hatched where it can be seen and no further', () => {
    const wide = objectOf('a', 1, draw(...Array.from({ length: 50 }, () => '#'.repeat(80))));
    // The window shows columns 10 to 30 and rows 5 to 18 1/3 of the image.
    const drawn = fill(lookOf({ hatch: 3, annotation: wide }), { scale: 3, x: -30, y: -15 });
    const across = (lines: readonly number[]) => {
      const xs = lines.filter((_, i) => i % 2 === 0);
      return [Math.min(...xs), Math.max(...xs)];
    };
    // Lines reach the corners of what they cover.
    const window = across(drawn[2]!.at);
    expect(window[0]).toBeCloseTo(30 - Math.hypot(60, 40) / 2, 6);
    expect(window[1]).toBeCloseTo(30 + Math.hypot(60, 40) / 2, 6);
    const small = across(fill(lookOf({ hatch: 3 }))[2]!.at);
    expect(small[0]).toBeCloseTo(17.5 - Math.hypot(9, 6) / 2, 6);
    expect(small[1]).toBeCloseTo(17.5 + Math.hypot(9, 6) / 2, 6);
  });

  it('has a contour; a crowd has short marks from it inwards', () => {
    expect(contour(lookOf()).map(({ what }) => what)).toEqual(['stroke', 'stroke']);
    const crowd = contour(lookOf({}, { isCrowd: true })).slice(2);
    expect(crowd.map(({ what }) => what)).toEqual(['clip', 'stroke']);
    expect(crowd[1]).toMatchObject({ color: '#ff0000', lineWidth: 12 });
    expect(crowd[1]!.dash.map((length) => Math.round(length * 1e6) / 1e6)).toEqual([1.5, 6.5]);
  });
});

describe('a map of salience', () => {
  const map = { columns: 2, rows: 2, values: Uint8Array.of(0, 51, 128, 255) } as never;
  const ember = (value: number) => [0, 1, 2].map((i) => emberTable[3 * value + i]!);
  const pixels = (options: Parameters<typeof scorePicture>[1]) => {
    const canvas = scorePicture(map, options).canvas as unknown as PixelCanvas;
    return [canvas.at(0, 0), canvas.at(1, 0), canvas.at(0, 1), canvas.at(1, 1)];
  };

  it('is in Ember colours, clearer where it is lower', () => {
    expect(pixels({})).toEqual([
      [...ember(0), 0],
      [...ember(51), Math.round(255 * 0.86 * 0.2 ** 0.75)],
      [...ember(128), Math.round(255 * 0.86 * (128 / 255) ** 0.75)],
      [...ember(255), 219],
    ]);
  });

  it('is blended, or covers all; dropped patches are near black', () => {
    expect(pixels({ blend: 0.5 })[3]).toEqual([...ember(255), 110]);
    expect(pixels({ opaque: true, dropped: [2] })).toEqual([
      [...ember(0), 255],
      [...ember(51), 255],
      [12, 12, 14, 255],
      [...ember(255), 255],
    ]);
    expect(scorePicture(map, { smooth: true }).smooth).toBe(true);
    expect(scorePicture(map).smooth).toBe(false);
  });
});
