// The part of the image that small pictures of a mask show.
import { expect, test } from 'vitest';
import { frameOf } from '../../../../../../renderer/src/screens/label/segment/choiceFrame.ts';
import { draw } from '../../../../../helpers/fixtures/masks.ts';

test('is a square a third larger than the longer side, about the middle of the mask', () => {
  const mask = draw(
    ...Array.from({ length: 30 }, (_, y) =>
      y > 3 && y < 28 ? '....############..' : '.'.repeat(18),
    ),
  );
  // 12 x 24 from (4, 4): the middle is (10, 16), the side 32.
  expect(frameOf(mask, { width: 18, height: 30 })).toEqual([-6, 0, 32, 32]);
});

test('is of eight pixels and a third at least', () => {
  const [x, y, width, height] = frameOf(draw('.....', '..#..'), { width: 5, height: 2 });
  expect([x, y, width, height].map((one) => Math.round(one! * 1e6) / 1e6)).toEqual(
    [2.5 - 16 / 3, 1.5 - 16 / 3, 32 / 3, 32 / 3].map((one) => Math.round(one * 1e6) / 1e6),
  );
});

test('is the whole image without a mask', () => {
  expect(frameOf(null, { width: 9, height: 4 })).toEqual([0, 0, 9, 4]);
  expect(frameOf(draw('...'), { width: 3, height: 1 })).toEqual([0, 0, 3, 1]);
  expect(frameOf(null, { width: 0, height: 0 })).toEqual([0, 0, 1, 1]);
});
