import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CategoryId } from '../../../../electron/api/types.ts';
import { decodeMasks, encodeMasks } from '../../../../electron/cluster/order/masksBlob.ts';
import { maskFromCounts } from '../../../../electron/masks/runs/rle.ts';

const WIDTH = 9;
const HEIGHT = 7;
const mask = fc.array(fc.nat(12), { maxLength: 12 }).map((counts) => {
  const kept: number[] = [];
  let left = WIDTH * HEIGHT;
  for (const count of counts) {
    kept.push(Math.min(count, left));
    left -= Math.min(count, left);
  }
  return maskFromCounts([...kept, ...(kept.length % 2 ? [0] : []), left], WIDTH, HEIGHT);
});
const masks = fc.array(
  fc.record({
    categoryId: fc.integer({ min: 1, max: 2 ** 31 - 1 }).map((id) => id as CategoryId),
    mask,
  }),
  { maxLength: 5 },
);

test('masks come back as they went', () => {
  fc.assert(
    fc.property(masks, (list) => {
      expect(decodeMasks(encodeMasks(list), WIDTH, HEIGHT)).toEqual(list);
    }),
  );
});

test('bytes that were changed or cut give masks of the size that is said, or a RangeError', () => {
  fc.assert(
    fc.property(masks, fc.nat(), fc.nat(255), fc.boolean(), (list, at, byte, cut) => {
      const bytes = encodeMasks(list);
      if (cut) {
        expect(() => decodeMasks(bytes.subarray(0, at % bytes.length), WIDTH, HEIGHT)).toThrow(
          RangeError,
        );
        return;
      }
      bytes[at % bytes.length] = byte;
      try {
        for (const { mask: one } of decodeMasks(bytes, WIDTH, HEIGHT))
          expect([one.width, one.height]).toEqual([WIDTH, HEIGHT]);
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError);
      }
    }),
  );
});
