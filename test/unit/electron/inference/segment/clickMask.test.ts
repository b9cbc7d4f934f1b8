// Cut, cleaned, at its place: what a person sees of logits.
import { describe, expect, test } from 'vitest';
import { clickMask, startLogits } from '../../../../../electron/inference/segment/clickMask.ts';
import { clickImage, clickPixels } from '../../../../../electron/inference/segment/clickImage.ts';
import { modelPrompt } from '../../../../../electron/inference/segment/modelPrompt.ts';
import type { PackManifest } from '../../../../../models/packs/manifest.ts';
import { MEDSAM } from '../../../../../models/packs/building/preprocessing.ts';
import { area, isInside } from '../../../../../electron/masks/runs/rle.ts';
import { modelFrame } from '../../../../../models/sam/frame.ts';

const SIDE = 64;
const LOW = 64;
/** Logits that are +4 inside of these boxes and -4 elsewhere, one cell a pixel of a 64 x 64 image. */
function boxes(...inside: readonly (readonly [x: number, y: number, w: number, h: number])[]) {
  const logits = new Float32Array(LOW * LOW).fill(-4);
  for (const [x, y, w, h] of inside)
    for (let row = y; row < y + h; row++) logits.fill(4, row * LOW + x, row * LOW + x + w);
  return logits;
}
const whole = { frame: modelFrame(SIDE, SIDE, SIDE), width: SIDE, height: SIDE };
const plain = { framed: whole, crop: null, imageWidth: SIDE, imageHeight: SIDE };
const cut = { cut: 0, specks: false, part: null };

describe('a mask of clicks', () => {
  test('loses specks and pinholes, but not all that it is', () => {
    const logits = boxes([4, 4, 20, 20], [40, 40, 3, 3]);
    logits[10 * LOW + 10] = -4;
    const clean = clickMask({ ...plain, logits, cut: { ...cut, specks: true } }).mask;
    expect(area(clean)).toBe(400);
    expect(area(clickMask({ ...plain, logits, cut }).mask)).toBe(400 - 1 + 9);
    const speck = boxes([40, 40, 3, 3]);
    expect(area(clickMask({ ...plain, logits: speck, cut: { ...cut, specks: true } }).mask)).toBe(
      9,
    );
  });

  test('keeps one part where that is asked', () => {
    const logits = boxes([4, 4, 8, 8], [40, 40, 9, 9]);
    const part = (x: number, y: number) =>
      area(clickMask({ ...plain, logits, cut: { ...cut, part: { x, y } } }).mask);
    expect([part(5, 5), part(45, 45), part(30, 30)]).toEqual([64, 81, 145]);
  });

  test('keeps the part at a place of the image, wherever its crop lies', () => {
    const logits = boxes([4, 4, 8, 8], [40, 4, 9, 9]);
    const part = (x: number, y: number) => {
      const crop = { x: 30, y: 100, width: SIDE, height: SIDE };
      const of = { framed: whole, crop, imageWidth: 200, imageHeight: 200 };
      return area(clickMask({ ...of, logits, cut: { ...cut, part: { x, y } } }).mask);
    };
    expect([part(35, 105), part(75, 105), part(75, 90)]).toEqual([64, 81, 145]);
  });

  test('moves its edge with the cut', () => {
    const slope = Float32Array.from({ length: LOW * LOW }, (_, at) => 32 - (at % LOW));
    const at = (level: number) =>
      area(clickMask({ ...plain, logits: slope, cut: { ...cut, cut: level } }).mask) / SIDE;
    expect([at(-4), at(0), at(4)]).toEqual([36, 32, 28]);
  });

  test('reaches a side of its crop from two pixels on, where the image goes on behind it', () => {
    const meets = (x: number, y: number, box: readonly [number, number, number, number]) =>
      Object.entries(
        clickMask({
          logits: boxes(box),
          framed: whole,
          crop: { x, y, width: SIDE, height: SIDE },
          cut,
          imageWidth: 200,
          imageHeight: 200,
        }).meets,
      ).flatMap(([side, does]) => (does ? [side] : []));
    expect(meets(60, 60, [2, 10, 40, 40])).toEqual(['left']);
    expect(meets(60, 60, [3, 10, 40, 40])).toEqual([]);
    expect(meets(60, 60, [10, 2, 40, 40])).toEqual(['top']);
    expect(meets(60, 60, [10, 3, 40, 40])).toEqual([]);
    expect(meets(60, 60, [10, 10, 52, 40])).toEqual(['right']);
    expect(meets(60, 60, [10, 10, 51, 40])).toEqual([]);
    expect(meets(60, 60, [10, 10, 40, 52])).toEqual(['bottom']);
    expect(meets(60, 60, [10, 10, 40, 51])).toEqual([]);
    const all = [0, 0, 64, 64] as const;
    expect(meets(0, 0, all)).toEqual(['right', 'bottom']);
    expect(meets(200 - SIDE, 200 - SIDE, all)).toEqual(['left', 'top']);
    expect(meets(1, 200 - SIDE - 1, all)).toEqual(['left', 'top', 'right', 'bottom']);
    expect(meets(60, 60, [0, 0, 0, 0])).toEqual([]);
  });

  test('of a crop lies at its place and tells the sides of the crop that it reaches', () => {
    const crop = { x: 100, y: 0, width: SIDE, height: SIDE };
    const made = clickMask({
      logits: boxes([0, 0, 10, 20]),
      framed: whole,
      crop,
      cut,
      imageWidth: 300,
      imageHeight: 200,
    });
    expect(area(made.mask)).toBe(200);
    expect(isInside(made.mask, 109, 19)).toBe(true);
    // The upper side of the crop is that of the image: nothing goes on behind it.
    expect(made.meets).toEqual({ left: true, top: false, right: false, bottom: false });
    const start = startLogits(made.mask, crop, whole, LOW);
    expect([start[0], start[12]]).toEqual([expect.closeTo(6.9, 1), expect.closeTo(-6.9, 1)]);
  });
});

describe('a prompt', () => {
  const framed = { frame: modelFrame(1500, 1000, 1024), width: 1500, height: 1000 };

  test('is where the click was, by the index of a pixel', () => {
    const { points, box } = modelPrompt(
      {
        points: [
          { x: 750, y: 500, adds: true },
          { x: 0, y: 0, adds: false },
        ],
        box: [0, 0, 1500, 500],
      },
      { framed, crop: null },
    );
    expect(points).toEqual([
      { x: 511.5, y: 341, label: 1 },
      { x: -0.5, y: -0.5, label: 0 },
    ]);
    // Corners of pixels; the model adds half a pixel to them.
    expect(box).toEqual({ x0: 0, y0: 0, x1: 1023, y1: 341 });
  });

  test('in a crop counts from its corner, and leaves out what lies beside it', () => {
    const crop = { x: 100, y: 200, width: 64, height: 64 };
    const asked = {
      points: [
        { x: 132, y: 232, adds: true },
        { x: 20, y: 20, adds: true },
      ],
      box: null,
    };
    expect(modelPrompt(asked, { framed: whole, crop })).toEqual({
      points: [{ x: 31.5, y: 31.5, label: 1 }],
      box: null,
    });
  });
});

describe('an image for a click model', () => {
  const rgb = Uint8Array.from({ length: 8 * 4 * 3 }, (_, at) => 50 + at);
  const image = { width: 8, height: 4, rgb };
  const sam: PackManifest['preprocessing'] = {
    mean: [0.5, 0.5, 0.5],
    std: [0.5, 0.5, 0.5],
    resize: 'bilinear',
  };

  test('keeps its sides and is padded with the mean colour', () => {
    const made = clickImage(image, null, { side: 8, preprocessing: sam });
    expect(made.frame).toEqual({ side: 8, width: 8, height: 4 });
    const pixels = clickPixels(made, sam);
    expect(pixels[0]).toBeCloseTo((50 / 255 - 0.5) / 0.5, 6);
    expect(new Set(pixels.subarray(4 * 8, 64))).toEqual(new Set([0]));
  });

  test('is squeezed and stretched in range for MedSAM', () => {
    const made = clickImage(image, null, { side: 4, preprocessing: MEDSAM });
    expect(made.frame).toEqual({ side: 4, width: 4, height: 4 });
    const pixels = clickPixels(made, MEDSAM);
    expect([Math.min(...pixels), Math.max(...pixels)]).toEqual([0, 1]);
  });

  test('may be a part of it', () => {
    const crop = { x: 2, y: 1, width: 2, height: 2 };
    const made = clickImage(image, crop, { side: 2, preprocessing: sam });
    expect([...made.rgb.subarray(0, 3)]).toEqual([...rgb.subarray((8 + 2) * 3, (8 + 2) * 3 + 3)]);
    expect(made).toMatchObject({ width: 2, height: 2 });
  });
});
