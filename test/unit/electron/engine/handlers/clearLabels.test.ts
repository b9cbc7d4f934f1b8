// Labels of picked images: counted, deleted in one step, brought back by one undo.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ImageId } from '../../../../../electron/api/types.ts';
import {
  annotationWith,
  imageFolder,
  openBench,
  rectangle,
  removeBench,
  addObjects,
  type Bench,
} from '../../../../helpers/drivers/engineBench.ts';

describe('deleting the labels of images', () => {
  let folder: string;
  let bench: Bench;
  const [FIRST, SECOND, THIRD] = [1, 2, 3] as ImageId[] as [ImageId, ImageId, ImageId];

  beforeEach(async () => {
    folder = await imageFolder(3);
    bench = await openBench(folder);
    await bench.call('category.add', { names: ['cup'] });
    for (const imageId of [FIRST, SECOND, THIRD]) {
      await bench.call('image.open', { imageId });
      await addObjects(
        bench,
        `t${imageId}`,
        imageId,
        annotationWith(`free${imageId}`, 1, rectangle(1, 1, 2, 2)),
        annotationWith(`locked${imageId}`, 1, rectangle(4, 1, 2, 2), { locked: true }),
        annotationWith(`no${imageId}`, 1, rectangle(1, 4, 2, 1), { status: 'rejected' }),
      );
    }
  });
  afterEach(async () => {
    await bench.close();
    await removeBench(folder);
  });
  const idsOf = async (imageId: ImageId) =>
    (await bench.call('image.open', { imageId })).annotations.map(({ id }) => id).sort();

  it('names the images with undecided proposals among those that are asked about', async () => {
    const undecided = (imageIds: ImageId[]) => bench.call('image.undecided', { imageIds });
    expect(await undecided([FIRST, SECOND, THIRD])).toEqual({ imageIds: [] });
    const proposal = annotationWith('maybe', 1, rectangle(0, 0, 2, 2), { status: 'proposal' });
    await addObjects(bench, 'maybe', SECOND, proposal);
    expect(await undecided([FIRST, SECOND])).toEqual({ imageIds: [SECOND] });
    expect(await undecided([FIRST, THIRD])).toEqual({ imageIds: [] });
  });

  it('counts without touching anything', async () => {
    const asked = { imageIds: [FIRST, SECOND], dryRun: true };
    expect(await bench.call('image.clearLabels', asked)).toEqual({
      annotations: 2,
      images: 2,
      locked: 2,
    });
    expect(await idsOf(FIRST)).toHaveLength(3);
  });

  it('leaves locked ones, rejected ones and other images alone; one undo brings all back', async () => {
    const before = await idsOf(FIRST);
    await bench.call('image.clearLabels', { imageIds: [FIRST, SECOND], dryRun: false });
    expect(await idsOf(FIRST)).toEqual(['locked1', 'no1']);
    expect(await idsOf(SECOND)).toEqual(['locked2', 'no2']);
    expect(await idsOf(THIRD)).toHaveLength(3);
    await bench.call('doc.undo', {});
    expect(await idsOf(FIRST)).toEqual(before);
    expect(await idsOf(SECOND)).toHaveLength(3);
  });
});
