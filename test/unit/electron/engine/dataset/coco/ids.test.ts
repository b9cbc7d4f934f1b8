// Numbers in an export of records from many files: kept where they are free, new ones where not.
import { expect, it } from 'vitest';
import { IdKeeper } from '../../../../../../electron/engine/dataset/coco/ids.ts';
import { annotation, image, source } from '../../../../../helpers/fixtures/dataset.ts';
import { draw } from '../../../../../helpers/fixtures/masks.ts';

const box = draw('##..');
const most = Number.MAX_SAFE_INTEGER;

it.each([
  ['one file', [1, 2, 9], [1, 2, 9]],
  ['two files that each counted from 1', [1, 2, 1, 2, 3], [1, 2, 4, 5, 3]],
  ['records without a number', [null, 5, null], [6, 5, 7]],
  ['a number that is no number of a record', [0, -3, 2], [3, 4, 2]],
  [
    'the largest that is counted on from',
    [most - 2 ** 40 - 1, null],
    [most - 2 ** 40 - 1, most - 2 ** 40],
  ],
  ['one more than that', [most - 2 ** 40, null], [most - 2 ** 40, 1]],
  ['the largest number there is', [most, null, most, 1], [most, 2, 3, 1]],
])('%s', async (_what, given, expected) => {
  const data = source(
    [],
    given.map((id) => image('a.jpg', [annotation(1, box, { id })], { id })),
  );
  const ids = await IdKeeper.of(data);
  expect(given.map((id) => ids.image(id))).toEqual(expected);
  expect(given.map((id) => ids.annotation(id))).toEqual(expected);
  const plain = new IdKeeper();
  expect(given.map((id) => plain.image(id))).toEqual(given.map((_, i) => i + 1));
});
