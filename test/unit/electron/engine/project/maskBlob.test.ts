// Masks as bytes of the project file: how long each is, and which bytes are no mask.
import { describe, expect, it } from 'vitest';
import { decodeMask, encodeMask } from '../../../../../electron/engine/project/maskBlob.ts';

const encoded = (width: number, height: number, ...counts: readonly number[]) => [
  ...encodeMask({ width, height, counts: Uint32Array.from(counts) }),
];
const decoded = (width: number, height: number, ...bytes: readonly number[]) => [
  ...decodeMask(Uint8Array.from(bytes), width, height).counts,
];

describe('bytes of a mask', () => {
  it.each([
    // Twice the difference, less one where it is negative; seven bits a byte.
    [[63], [126]],
    [[64], [128, 1]],
    [[8191], [254, 127]],
    [[8192], [128, 128, 1]],
    [
      [1, 64, 0],
      [2, 128, 1, 1],
    ],
    [
      [70, 1, 5],
      [140, 1, 2, 129, 1],
    ],
    [
      [3, 4, 3, 4],
      [6, 8, 0, 0],
    ],
  ])('of the runs %j are %j', (counts, bytes) => {
    const total = counts.reduce((sum, count) => sum + count, 0);
    expect(encoded(total, 1, ...counts)).toEqual(bytes);
    expect(decoded(total, 1, ...bytes)).toEqual(counts);
  });

  it('hold the longest runs that there are', () => {
    const most = 2 ** 32 - 1;
    expect(decoded(most, 1, ...encoded(most, 1, 0, most))).toEqual([0, most]);
    expect(decoded(most, 1, ...encoded(most, 1, most))).toEqual([most]);
  });

  it.each([
    ['ends inside a number', 4, [128]],
    ['runs cover 3 pixels', 4, [6]],
    ['runs cover 0 pixels', 4, []],
    ['a run has length 5', 4, [10]],
    ['a run has length -1', 4, [1]],
    ['a run has length -1', 6, [4, 4, 5]],
    ['it has more runs than pixels', 1, Array.from({ length: 11 }, () => 0)],
    ['a number is too long', 4, [136, 128, 128, 128, 128, 0]],
  ])('%s: they are damaged', (why, width, bytes) => {
    expect(() => decoded(width, 1, ...bytes)).toThrow(
      expect.objectContaining({ code: 'PROJECT_DAMAGED', message: expect.stringContaining(why) }),
    );
  });

  it('have a run for each pixel of a wide image and of a tall one', () => {
    for (const [width, height] of [
      [400, 4],
      [4, 400],
    ] as const) {
      const counts = Array.from({ length: width * height }, () => 1);
      expect(decoded(width, height, ...encoded(width, height, ...counts))).toEqual(counts);
    }
  });

  it('may have empty runs, as many bytes as runs of five bytes could have', () => {
    expect(decoded(1, 1, 2, 0, 1, 0, 0, 0, 0, 0, 0, 0)).toHaveLength(10);
  });
});
