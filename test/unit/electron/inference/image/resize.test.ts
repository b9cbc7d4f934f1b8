// The resampler against recorded Pillow outputs: no byte may differ.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { resizeBicubic } from '../../../../../electron/inference/image/resize.ts';

interface Case {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly rgb: string;
  readonly toWidth: number;
  readonly toHeight: number;
  readonly expected: string;
}
const file = join(import.meta.dirname, '../../../../fixtures/images/pillow.json');
const { cases } = JSON.parse(readFileSync(file, 'utf8')) as { cases: Case[] };
const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'base64'));

describe('bicubic resizing', () => {
  test.each(cases)(
    'of $name $width x $height to $toWidth x $toHeight equals Pillow byte for byte',
    ({ width, height, rgb, toWidth, toHeight, expected }) => {
      const ours = resizeBicubic({ width, height, rgb: bytes(rgb) }, toWidth, toHeight);
      expect(ours).toEqual(bytes(expected));
    },
  );

  test('to the same size is a copy, not the same array', () => {
    const image = { width: 2, height: 1, rgb: Uint8Array.of(1, 2, 3, 4, 5, 6) };
    const copy = resizeBicubic(image, 2, 1);
    expect(copy).toEqual(image.rgb);
    expect(copy).not.toBe(image.rgb);
  });

  test('asks every few rows of both passes whether to go on', () => {
    const image = { width: 10, height: 320, rgb: new Uint8Array(9600) };
    let polls = 0;
    resizeBicubic(image, 5, 64, () => polls++);
    expect(polls).toBe(320 / 32 + 64 / 32);
    const stop = (): void => {
      throw new Error('enough');
    };
    expect(() => resizeBicubic(image, 5, 64, stop)).toThrow('enough');
  });

  test('keeps one colour as it is at any size', () => {
    const rgb = new Uint8Array(31 * 17 * 3).fill(201);
    for (const [w, h] of [
      [3, 5],
      [90, 40],
    ] as const)
      expect(new Set(resizeBicubic({ width: 31, height: 17, rgb }, w, h))).toEqual(new Set([201]));
  });
});
