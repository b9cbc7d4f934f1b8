// Label Studio's bit stream: every size of run, runs of one number and lists of numbers, and damage.
import { describe, expect, it } from 'vitest';
import {
  decodeBrush,
  encodeBrush,
} from '../../../../../../../electron/engine/dataset/formats/labelStudio/brushRle.ts';
import { bitmapFromMask, maskFromBitmap } from '../../../../../../../electron/masks/runs/bitmap.ts';
import { randomFrom } from '../../../../../../helpers/fixtures/random.ts';

/** Bits as a stream writes them: [value, width]. */
function packed(...parts: readonly (readonly [value: number, width: number])[]): number[] {
  const bits = parts.map(([value, width]) => value.toString(2).padStart(width, '0')).join('');
  return (bits.match(/.{1,8}/g) ?? []).map((byte) => parseInt(byte.padEnd(8, '0'), 2));
}
const HEAD = [
  [7, 5],
  [2, 4],
  [3, 4],
  [7, 4],
  [15, 4],
] as const;
const list = (...values: readonly number[]) =>
  [[0, 1], [2, 2], [values.length - 1, 8], ...values.map((value) => [value, 8] as const)] as const;
const run = (length: number, value: number) =>
  [
    [1, 1],
    [3, 2],
    [length - 1, 16],
    [value, 8],
  ] as const;

describe('a brush', () => {
  it.each([1, 2, 3, 7, 8, 64, 65, 4096, 4097, 20_000])(
    'of a run of %i pixels comes back',
    (pixels) => {
      for (const rest of [0, 1]) {
        const bits = Uint8Array.from({ length: pixels + rest }, (_, at) => Number(at < pixels));
        const mask = maskFromBitmap(bits, pixels + rest, 1);
        const bytes = encodeBrush(mask);
        expect(bytes.every((byte) => byte >= 0 && byte < 256)).toBe(true);
        expect(decodeBrush(bytes, pixels + rest, 1)).toEqual(mask);
      }
    },
  );

  it('of scattered pixels comes back row by row', () => {
    const random = randomFrom(7);
    const bits = Uint8Array.from({ length: 13 * 9 }, () => Number(random() < 0.4));
    const mask = maskFromBitmap(bits, 13, 9);
    expect([...bitmapFromMask(decodeBrush(encodeBrush(mask), 13, 9))]).toEqual([...bits]);
  });

  it('is written in the fewest bits that a run fits', () => {
    const one = (pixels: number) =>
      encodeBrush(maskFromBitmap(new Uint8Array(pixels).fill(1), pixels, 1)).length;
    // 32 + 21 bits of head, then 3 + 3, 4, 8 or 16 + 8 bits.
    expect([2, 4, 64, 65].map(one)).toEqual([67, 68, 72, 80].map((bits) => Math.ceil(bits / 8)));
  });

  it('may list its numbers one by one, of which every fourth is the mask', () => {
    const bytes = packed(
      [16, 32],
      ...HEAD,
      ...list(0, 0, 0, 255, 9, 9, 9, 0),
      ...list(1, 1, 1, 1, 0, 0, 0, 0),
    );
    expect([...bitmapFromMask(decodeBrush(bytes, 4, 1))]).toEqual([1, 0, 1, 0]);
  });

  it('may have runs that end inside of a pixel', () => {
    const bytes = packed([16, 32], ...HEAD, ...run(6, 255), ...run(5, 0), ...run(5, 255));
    // Alpha stands at 3, 7, 11 and 15.
    expect([...bitmapFromMask(decodeBrush(bytes, 4, 1))]).toEqual([1, 0, 1, 1]);
  });

  it('that reaches past its image, or breaks off, is refused', () => {
    const long = packed([8, 32], ...HEAD, ...run(9, 255));
    expect(() => decodeBrush(long, 2, 1)).toThrow('has runs that reach past the image');
    const exact = packed([8, 32], ...HEAD, ...run(8, 255));
    expect([...bitmapFromMask(decodeBrush(exact, 2, 1))]).toEqual([1, 1]);
    expect(() => decodeBrush(exact.slice(0, -2), 2, 1)).toThrow('breaks off in the middle');
    expect(() => decodeBrush(exact, 3, 1)).toThrow('holds 8 numbers; expected 3 x 1 x 4');
  });
});
