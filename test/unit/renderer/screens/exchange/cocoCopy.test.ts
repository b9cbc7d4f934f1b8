// One image as COCO, made in the window.
import { expect, it } from 'vitest';
import type { ImageId } from '../../../../../electron/api/types.ts';
import { cocoOf } from '../../../../../renderer/src/screens/exchange/cocoCopy.ts';
import { categoryNamed, objectOf } from '../../../../helpers/drivers/toolBench.ts';
import { draw } from '../../../../helpers/fixtures/masks.ts';

it('holds every object but the rejected, numbered from 1', () => {
  const image = { id: 7 as ImageId, name: 'a.png', width: 3, height: 2 };
  const objects = [
    objectOf('a', 2, draw('#..', '#..')),
    objectOf('b', 2, draw('.#.', '...'), { status: 'rejected' }),
    objectOf('c', 1, draw('..#', '...'), { isCrowd: true }),
  ];
  const coco = cocoOf(image, objects, [categoryNamed(2, 'cup')]);
  expect(coco.images).toEqual([{ id: 7, file_name: 'a.png', width: 3, height: 2 }]);
  expect(coco.categories).toEqual([{ id: 2, name: 'cup', supercategory: '' }]);
  expect(coco.annotations).toEqual([
    {
      id: 1,
      image_id: 7,
      category_id: 2,
      iscrowd: 0,
      area: 2,
      bbox: [0, 0, 1, 2],
      segmentation: { size: [2, 3], counts: [0, 2, 4] },
    },
    {
      id: 2,
      image_id: 7,
      category_id: 1,
      iscrowd: 1,
      area: 1,
      bbox: [2, 0, 1, 1],
      segmentation: { size: [2, 3], counts: [4, 1, 1] },
    },
  ]);
});
