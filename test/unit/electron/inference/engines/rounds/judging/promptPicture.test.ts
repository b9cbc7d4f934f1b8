// What the judge is shown: everything outside the mask blurred, grey or black, and a ring around it.
import { describe, expect, it } from 'vitest';
import {
  promptMask,
  promptPicture,
} from '../../../../../../../electron/inference/engines/rounds/judging/promptPicture.ts';
import { randomFrom } from '../../../../../../helpers/fixtures/random.ts';

const BLUR = [1, 3, 6, 12, 20, 30, 36, 40, 36, 30, 20, 12, 6, 3, 1];

function photo(width: number, height: number, seed = 2) {
  const random = randomFrom(seed);
  const rgb = Uint8Array.from({ length: width * height * 3 }, () => Math.floor(random() * 256));
  return { width, height, rgb };
}

describe('the mask', () => {
  it('is what lies above the threshold, and none where the map shows nothing', () => {
    expect(promptMask(Float32Array.of(0.5, 0.6, 0.4), 0.5)).toEqual(Uint8Array.of(0, 1, 0));
    expect(promptMask(Float32Array.of(0.5, 0.5), 0.2)).toBeNull();
    expect(promptMask(Float32Array.of(0.5, 0.51), 0.2)).toEqual(Uint8Array.of(1, 1));
    expect(promptMask(Float32Array.of(0.9, 0.9), 0.9)).toBeNull();
  });
});

describe('the picture', () => {
  it('is the image where there is no mask, in bytes of its own', () => {
    const image = photo(3, 2);
    const { rgb } = promptPicture(image, null, ['black', 'circle']);
    expect(rgb).toEqual(image.rgb);
    expect(rgb).not.toBe(image.rgb);
  });

  it('is black outside the mask', () => {
    const image = photo(3, 1);
    const { rgb } = promptPicture(image, Uint8Array.of(0, 1, 0), ['black']);
    expect([...rgb]).toEqual([0, 0, 0, ...image.rgb.subarray(3, 6), 0, 0, 0]);
  });

  it('is grey outside the mask, red with the weight of blue', () => {
    const rgb = Uint8Array.of(255, 0, 0, 0, 255, 0, 0, 0, 255, 200, 100, 50);
    const made = promptPicture({ width: 4, height: 1, rgb }, new Uint8Array(4), ['gray']);
    expect([...made.rgb].filter((_, at) => at % 3 === 0)).toEqual([29, 150, 76, 96]);
    expect([...made.rgb].filter((_, at) => at % 3 === 2)).toEqual([29, 150, 76, 96]);
  });

  it.each([
    [20, 12],
    [3, 30],
    [1, 2],
    [9, 1],
  ])('of %d x %d pixels is blurred, the border mirrored', (width, height) => {
    const image = photo(width, height);
    const mask = Uint8Array.from({ length: width * height }, (_, at) => Number(at % 5 === 0));
    const { rgb } = promptPicture(image, mask, ['blur']);
    const source = (at: number, length: number): number =>
      length === 1
        ? 0
        : at < 0
          ? source(-at, length)
          : at >= length
            ? source(2 * (length - 1) - at, length)
            : at;
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++)
        for (let plane = 0; plane < 3; plane++) {
          const at = (y * width + x) * 3 + plane;
          if (mask[y * width + x] === 1) {
            expect(rgb[at]).toBe(image.rgb[at]);
            continue;
          }
          let sum = 0;
          BLUR.forEach((down, dy) =>
            BLUR.forEach((across, dx) => {
              const [sx, sy] = [source(x + dx - 7, width), source(y + dy - 7, height)];
              sum += down * across * image.rgb[(sy * width + sx) * 3 + plane]!;
            }),
          );
          expect(rgb[at]).toBe(Math.floor((sum + 32768) / 65536));
        }
  });

  it('has a red ring around the mask, about its middle and half its sides away', () => {
    const [width, height] = [24, 20];
    // 9 x 7 pixels from (6, 5) on.
    const mask = Uint8Array.from({ length: width * height }, (_, at) => {
      const [x, y] = [at % width, Math.floor(at / width)];
      return Number(x >= 6 && x < 15 && y >= 5 && y < 12);
    });
    const image = { width, height, rgb: new Uint8Array(width * height * 3) };
    const { rgb } = promptPicture(image, mask, ['circle']);
    const red = Array.from({ length: width * height }, (_, at) => rgb[3 * at] === 255).flatMap(
      (is, at) => (is ? [[at % width, Math.floor(at / width)]] : []),
    );
    const [xs, ys] = [red.map(([x]) => x!), red.map(([, y]) => y!)];
    expect([Math.min(...xs), Math.max(...xs)]).toEqual([6, 14]);
    expect([Math.min(...ys), Math.max(...ys)]).toEqual([5, 11]);
    expect(red).toContainEqual([10, 5]);
    expect(red).not.toContainEqual([10, 8]);
    expect([...rgb].filter((_, at) => at % 3 !== 0).every((value) => value === 0)).toBe(true);
  });

  it('makes its marks in one order: the ring stays red on black', () => {
    const image = photo(24, 20);
    const mask = new Uint8Array(480).fill(1, 200, 210);
    const one = promptPicture(image, mask, ['circle', 'black']);
    const other = promptPicture(image, mask, ['black', 'circle']);
    expect(one.rgb).toEqual(other.rgb);
    const both = promptPicture(image, mask, ['gray', 'blur']);
    const blurredFirst = promptPicture(promptPicture(image, mask, ['blur']), mask, ['gray']);
    expect(both.rgb).toEqual(blurredFirst.rgb);
  });
});
