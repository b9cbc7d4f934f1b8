// Q to labels, at the working size and above.
import { describe, expect, test } from 'vitest';
import { argmaxPlanes, upsampledLabels } from '../../../../../electron/inference/crf/labels.ts';
import { seededRandom } from '../../../../helpers/fixtures/crfScenes.ts';

describe('argmaxPlanes', () => {
  test('takes the largest class, the first of equals', () => {
    expect([...argmaxPlanes(Float32Array.of(1, 0, 0.5, 0, 1, 0.5), 2)]).toEqual([0, 1, 0]);
  });
});

describe('upsampledLabels', () => {
  const random = seededRandom(7);
  const from = { width: 9, height: 6 };
  const planes = Float32Array.from({ length: 3 * 54 }, random);

  test('is the argmax itself when the size stays', () => {
    expect(upsampledLabels(planes, from, from)).toEqual(argmaxPlanes(planes, 3));
  });

  test('agrees with interpolating every class map by hand', () => {
    const to = { width: 25, height: 14 };
    const at = (c: number, x: number, y: number) => planes[(c * 6 + y) * 9 + x] as number;
    const place = (i: number, small: number, large: number) =>
      Math.min(small - 1, Math.max(0, ((i + 0.5) * small) / large - 0.5));
    const expected = Uint8Array.from({ length: 25 * 14 }, (_, i) => {
      const [x, y] = [place(i % 25, 9, 25), place(Math.floor(i / 25), 6, 14)];
      const [left, top] = [Math.floor(x), Math.floor(y)];
      const [right, bottom] = [Math.min(8, left + 1), Math.min(5, top + 1)];
      const values = [0, 1, 2].map(
        (c) =>
          (at(c, left, top) * (1 - (x - left)) + at(c, right, top) * (x - left)) * (1 - (y - top)) +
          (at(c, left, bottom) * (1 - (x - left)) + at(c, right, bottom) * (x - left)) * (y - top),
      );
      return values.indexOf(Math.max(...values));
    });
    expect(upsampledLabels(planes, from, to)).toEqual(expected);
  });

  test('reaches 12000 pixels a side without memory for every class', () => {
    const to = { width: 12_000, height: 3_000 };
    const before = process.memoryUsage().arrayBuffers;
    const labels = upsampledLabels(planes, from, to);
    // One byte per pixel and a few lines; float planes would be 12 bytes per pixel.
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(2 * labels.length);
    expect(labels[0]).toBe(argmaxPlanes(planes, 3)[0]);
    expect(labels.at(-1)).toBe(argmaxPlanes(planes, 3).at(-1));
  });

  test('stops when asked', () => {
    expect(() => upsampledLabels(planes, from, { width: 90, height: 90 }, () => true)).toThrow(
      expect.objectContaining({ name: 'AbortError' }),
    );
  });
});
