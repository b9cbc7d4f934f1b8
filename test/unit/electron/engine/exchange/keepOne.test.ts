// "Keep one of each" before an export: what somebody locked, decided or described stays, the rest of what is the same
// goes in one step, and the check that follows counts as many as were deleted.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Annotation, CategoryId, ImageId } from '../../../../../electron/api/types.ts';
import {
  addObjects,
  annotationWith,
  imageFolder,
  openBench,
  rectangle,
  removeBench,
  type Bench,
} from '../../../../helpers/drivers/engineBench.ts';

const [FIRST, OTHER] = [1 as ImageId, 2 as ImageId];
const WANTED = { only: 'all', categoryIds: [], includeProposals: false } as const;

describe('one of each mask', () => {
  let folder: string;
  let bench: Bench;

  beforeEach(async () => {
    folder = await imageFolder(2);
    bench = await openBench(folder);
    await bench.call('category.add', { names: ['cup', 'plate'] });
    for (const imageId of [FIRST, OTHER]) await bench.call('image.open', { imageId });
  });
  afterEach(async () => {
    await bench.close();
    await removeBench(folder);
  });

  const put = (id: string, imageId: ImageId, more: Partial<Annotation> = {}) => {
    const [category, box] = [more.categoryId ?? 1, more.box ?? ([1, 1, 5, 4] as const)];
    const after = annotationWith(id, category, rectangle(...box), {
      box,
      area: box[2] * box[3],
      ...more,
    });
    return addObjects(bench, id, imageId, after);
  };
  const idsOf = async (imageId: ImageId) => {
    const { annotations } = await bench.call('image.open', { imageId });
    return annotations.map(({ id }) => id).toSorted();
  };
  const doubles = async (more = {}) => {
    const { rows } = await bench.call('export.check', { ...WANTED, ...more });
    const { count, places } = rows.find(({ rule }) => rule === 'twice')!;
    return { count, at: places.map(({ place, annotationId }) => `${place} ${annotationId}`) };
  };

  it('deletes what the check counts, over all images, and brings all of it back at once', async () => {
    await put('a', FIRST);
    await put('b', FIRST);
    await put('c', FIRST);
    // The same pixels of another class, and other pixels of one class, are no doubles.
    await put('plate', FIRST, { categoryId: 2 as CategoryId });
    await put('beside', FIRST, { box: [1, 1, 3, 3] });
    await put('d', OTHER);
    await put('e', OTHER);
    expect(await doubles()).toEqual({ count: 3, at: ['1 b', '1 c', '2 e'] });
    expect(await bench.call('export.keepOne', WANTED)).toEqual({ masks: 3, images: 2 });
    expect([await idsOf(FIRST), await idsOf(OTHER)]).toEqual([['a', 'beside', 'plate'], ['d']]);
    expect(await doubles()).toEqual({ count: 0, at: [] });
    expect(await bench.call('export.keepOne', WANTED)).toEqual({ masks: 0, images: 0 });
    await bench.call('doc.undo', {});
    expect(await idsOf(FIRST)).toEqual(['a', 'b', 'beside', 'c', 'plate']);
    expect(await idsOf(OTHER)).toEqual(['d', 'e']);
  });

  it('keeps what is locked, decided, described and drawn before what is not', async () => {
    await put('model', FIRST, { origin: 'model' });
    await put('drawn', FIRST);
    expect(await doubles()).toEqual({ count: 1, at: ['1 model'] });
    await put('said', FIRST, {
      origin: 'model',
      details: { note: { text: 'chipped', talk: false } },
    });
    expect(await doubles()).toEqual({ count: 2, at: ['1 drawn', '1 model'] });
    await put('locked', FIRST, { origin: 'model', locked: true });
    await put('maybe', FIRST, {
      status: 'proposal',
      details: { note: { text: 'sure?', talk: true } },
    });
    expect(await doubles({ includeProposals: true })).toMatchObject({ count: 4 });
    await bench.call('export.keepOne', { ...WANTED, includeProposals: true });
    expect(await idsOf(FIRST)).toEqual(['locked']);
  });

  it('leaves locked doubles, proposals and images that are not written', async () => {
    await put('a', FIRST, { locked: true });
    await put('b', FIRST, { locked: true });
    await put('c', FIRST, { status: 'proposal' });
    await put('d', OTHER);
    await put('e', OTHER);
    // Both locked ones are written: told of, and left.
    expect(await doubles({ imageIds: [FIRST] })).toEqual({ count: 1, at: ['1 b'] });
    const none = { masks: 0, images: 0 };
    expect(await bench.call('export.keepOne', { ...WANTED, imageIds: [FIRST] })).toEqual(none);
    expect(await bench.call('export.keepOne', { ...WANTED, only: 'reviewed' })).toEqual(none);
    const plates = { ...WANTED, categoryIds: [2 as CategoryId] };
    expect(await bench.call('export.keepOne', plates)).toEqual(none);
    expect([await idsOf(FIRST), await idsOf(OTHER)]).toEqual([
      ['a', 'b', 'c'],
      ['d', 'e'],
    ]);
  });
});
