// The model's square and the way back from it: sizes, places, zeros around the image, masks.
import { describe, expect, test } from 'vitest';
import { framePixels, intoFrame, modelFrame } from '../../../../models/sam/frame.ts';
import { imageLogits, stability } from '../../../../models/sam/logits.ts';
import { randomFrom } from '../../../helpers/fixtures/random.ts';

describe('the frame', () => {
  test.each([
    [1500, 1000, 1024, 683],
    [3, 1000, 3, 1024],
    [1, 5000, 1, 1024],
    [640, 480, 1024, 768],
  ])('of %d x %d is %d x %d', (width, height, toWidth, toHeight) => {
    expect(modelFrame(width, height, 1024)).toEqual({
      side: 1024,
      width: toWidth,
      height: toHeight,
    });
  });

  test('takes places by its rounded sizes, and gives them back', () => {
    const image = { width: 1499, height: 1001 };
    const frame = modelFrame(image.width, image.height, 1024);
    const place = intoFrame(frame, image, { x: 700.25, y: 1000 });
    expect(place.y).toBe((1000 * frame.height) / 1001);
    const back = {
      x: (place.x * image.width) / frame.width,
      y: (place.y * image.height) / frame.height,
    };
    expect(Math.abs(back.x - 700.25)).toBeLessThan(1e-9);
    expect(Math.abs(back.y - 1000)).toBeLessThan(1e-9);
  });

  test('is zero around the image: the mean colour, not black', () => {
    const pixels = framePixels(Uint8Array.of(0, 0, 0, 255, 255, 255), {
      side: 2,
      width: 2,
      height: 1,
    });
    expect(pixels[0]).toBeCloseTo(-0.485 / 0.229, 6);
    expect(pixels[1]).toBeCloseTo((1 - 0.485) / 0.229, 6);
    expect([...pixels.subarray(2, 4)]).toEqual([0, 0]);
    expect(pixels[8]).toBeCloseTo(-0.406 / 0.225, 6);
    expect(() => framePixels(new Uint8Array(5), { side: 2, width: 2, height: 1 })).toThrow(/2x1/);
  });
});

/** Bilinear resize as it is usually written: half-pixel centres, edges clamped. */
function resized(
  map: Float64Array,
  from: readonly [number, number],
  to: readonly [number, number],
) {
  const [height, width] = from;
  const out = new Float64Array(to[0] * to[1]);
  const clamp = (value: number, size: number) => Math.min(size - 1, Math.max(0, value));
  for (let y = 0; y < to[0]; y++)
    for (let x = 0; x < to[1]; x++) {
      const v = clamp(((y + 0.5) * height) / to[0] - 0.5, height);
      const u = clamp(((x + 0.5) * width) / to[1] - 0.5, width);
      const [top, left] = [Math.floor(v), Math.floor(u)];
      const at = (down: number, along: number) =>
        map[clamp(top + down, height) * width + clamp(left + along, width)] ?? NaN;
      const upper = at(0, 0) * (1 - (u - left)) + at(0, 1) * (u - left);
      const lower = at(1, 0) * (1 - (u - left)) + at(1, 1) * (u - left);
      out[y * to[1] + x] = upper * (1 - (v - top)) + lower * (v - top);
    }
  return out;
}

describe('pixels of a frame', () => {
  test('are the channels one after the other, each in the corner of its square', () => {
    const colours = { mean: [0, 0, 0], std: [1, 0.5, 0.25], darkest: 10, brightest: 20 } as const;
    const rgb = Uint8Array.of(...[10, 11, 12], ...[13, 14, 15], ...[16, 17, 18], ...[19, 20, 10]);
    const pixels = framePixels(rgb, { side: 3, width: 2, height: 2 }, colours);
    const want = [
      ...[0, 0.3, 0, 0.6, 0.9, 0, 0, 0, 0],
      ...[0.2, 0.8, 0, 1.4, 2, 0, 0, 0, 0],
      ...[0.8, 2, 0, 3.2, 0, 0, 0, 0, 0],
    ];
    expect([...pixels]).toEqual([...Float32Array.from(want)]);
    const flat = framePixels(
      Uint8Array.of(10, 10, 11),
      { side: 1, width: 1, height: 1 },
      {
        ...colours,
        brightest: 10,
      },
    );
    expect([...flat]).toEqual([0, 0, 4]);
  });
});

describe('logits at the size of the image', () => {
  test.each([
    [150, 90],
    [33, 200],
    [7, 5],
    [64, 64],
    [500, 3],
  ])('of %d x %d are two bilinear steps with a cut between', (width, height) => {
    const [low, side] = [16, 64];
    const next = randomFrom(width * height);
    const logits = Float32Array.from({ length: low * low }, () => 8 * next() - 4);
    const frame = modelFrame(width, height, side);
    const square = resized(Float64Array.from(logits), [low, low], [side, side]);
    const cut = new Float64Array(frame.height * frame.width).map(
      (_, at) => square[Math.floor(at / frame.width) * side + (at % frame.width)] ?? NaN,
    );
    const want = resized(cut, [frame.height, frame.width], [height, width]);
    const full = imageLogits(logits, frame, { width, height });
    expect(full).toHaveLength(want.length);
    const worst = full.reduce(
      (most, value, at) => Math.max(most, Math.abs(value - (want[at] ?? NaN))),
      0,
    );
    expect(worst).toBeLessThan(1e-5);
  });

  test('are stable as far as both cuts agree; nothing at all is stable', () => {
    expect(stability(Float32Array.of(2, 2, 0, -2))).toBeCloseTo(2 / 3, 6);
    expect(stability(Float32Array.of(-2, -3))).toBe(1);
  });
});
