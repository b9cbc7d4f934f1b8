// Normalised planes.
import { describe, expect, test } from 'vitest';
import { normaliseToChw } from '../../../../../electron/inference/image/color.ts';

describe('normalising', () => {
  test('puts channels into planes, minus mean, over deviation, in 32-bit steps', () => {
    const planes = normaliseToChw(Uint8Array.of(0, 255, 51, 255, 0, 102), 2, {
      mean: [0.5, 0.25, 0.2],
      std: [0.5, 0.25, 0.1],
    });
    [-1, 1, 3, -1, 0, 2].forEach((value, at) => expect(planes[at]).toBeCloseTo(value, 6));
  });

  test('refuses another number of bytes', () => {
    expect(() => normaliseToChw(new Uint8Array(5), 2, { mean: [0, 0, 0], std: [1, 1, 1] })).toThrow(
      /expected 6 bytes of RGB, found 5/,
    );
  });
});
