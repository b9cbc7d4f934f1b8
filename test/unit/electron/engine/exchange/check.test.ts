// What is told before an export: by rule, with places, of the masks that would be written and no others.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Annotation, CategoryId, ImageId } from '../../../../../electron/api/types.ts';
import type { ExportRule } from '../../../../../electron/api/methods/exchange.ts';
import {
  annotationWith,
  imageFolder,
  openBench,
  rectangle,
  removeBench,
  addObjects,
  type Bench,
} from '../../../../helpers/drivers/engineBench.ts';

const FIRST = 1 as ImageId;
const OTHER = 2 as ImageId;
const STOPS: readonly ExportRule[] = ['classes', 'crowded', 'nameless', 'sharedFile'];

describe('a check before an export', () => {
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

  const put = (
    id: string,
    category: number,
    box: readonly [number, number, number, number],
    more: Partial<Annotation> = {},
  ) => {
    const after = annotationWith(id, category, rectangle(...box), {
      area: box[2] * box[3],
      box,
      ...more,
    });
    return addObjects(bench, id, FIRST, after);
  };
  /** In the table alone: what is looked for goes by names. */
  const rename = (id: ImageId, name: string) =>
    bench.engine.context.open.get().store.run('UPDATE image SET name = ? WHERE id = ?', name, id);
  const check = (more = {}) =>
    bench.call('export.check', { only: 'all', categoryIds: [], includeProposals: false, ...more });
  const counts = async (more = {}) => {
    const { rows } = await check(more);
    const found = rows.filter(({ count }) => count > 0);
    return Object.fromEntries(found.map(({ rule, count }) => [rule, count])) as Partial<
      Record<ExportRule, number>
    >;
  };

  it('counts what the wishes keep out of the files', async () => {
    await put('a', 1, [1, 1, 2, 2]);
    await put('b', 2, [4, 1, 2, 2]);
    await put('c', 1, [7, 1, 2, 2], { status: 'proposal' });
    await bench.call('image.setStatus', { imageIds: [FIRST], status: 'reviewed' });
    const none = { proposals: 0, otherClasses: 0, unreviewed: 0 };
    const wishes = async (more: object) => {
      const { masks, leftOut } = await check(more);
      return { masks, leftOut };
    };
    expect(await wishes({})).toEqual({ masks: 2, leftOut: { ...none, proposals: 1 } });
    expect(await wishes({ includeProposals: true })).toEqual({ masks: 3, leftOut: none });
    expect(await wishes({ includeProposals: true, categoryIds: [1 as CategoryId] })).toEqual({
      masks: 2,
      leftOut: { ...none, otherClasses: 1 },
    });
    expect(await wishes({ only: 'reviewed', categoryIds: [2 as CategoryId] })).toEqual({
      masks: 1,
      leftOut: { proposals: 0, otherClasses: 1, unreviewed: 1 },
    });
    // An image that nobody picked is not left out: it was never asked for.
    expect(await wishes({ only: 'reviewed', imageIds: [FIRST] })).toEqual({
      masks: 2,
      leftOut: { ...none, proposals: 1 },
    });
  });

  it('tells of objects that lack a field that their class needs', async () => {
    const field = { kind: 'text', name: 'Print', needed: true } as const;
    await bench.call('category.setFields', {
      id: 1 as CategoryId,
      before: [],
      after: [field],
      renamed: [],
      choices: [],
    });
    await put('a', 1, [1, 1, 2, 2]);
    await put('b', 1, [4, 1, 2, 2], { details: { values: { Print: 'x' } } });
    await put('c', 2, [1, 3, 2, 2]);
    const { rows } = await check();
    const row = rows.find(({ rule }) => rule === 'unsaid')!;
    expect([row.count, row.places.map(({ annotationId }) => annotationId)]).toEqual([1, ['a']]);
  });

  it('tells slips, masks that lie in each other, and what is cut off, with the smaller one of two', async () => {
    await put('cup', 1, [1, 1, 5, 4]);
    expect(await counts()).toEqual({});
    expect(await check()).toMatchObject({ images: 2, masks: 1 });
    await put('slip', 1, [6, 2, 1, 1]);
    await put('same', 1, [1, 1, 5, 4]);
    expect(await counts()).toEqual({ tiny: 1, twice: 1 });
    // On cup and its double for the most part, and over the slip.
    await put('plate', 2, [3, 1, 4, 4]);
    expect(await counts()).toEqual({ tiny: 1, twice: 1, overlap: 3 });
    await put('edge', 1, [0, 0, 8, 1], { area: 8 });
    expect(await counts()).toEqual({ tiny: 2, twice: 1, overlap: 3, border: 1 });
    const { rows } = await check();
    const places = rows.find(({ rule }) => rule === 'overlap')!.places;
    expect(places.map(({ annotationId }) => annotationId).toSorted()).toEqual([
      'plate',
      'plate',
      'slip',
    ]);
    // Classes that are left out, and images that are not reviewed, are no part of it.
    expect(await counts({ categoryIds: [2 as CategoryId] })).toEqual({});
    expect(await check({ only: 'reviewed' })).toMatchObject({ images: 0, masks: 0 });
    expect(await check({ imageIds: [OTHER] })).toMatchObject({ images: 1, masks: 0 });
  });

  it('counts all masks and names the places of the first 50', async () => {
    for (let n = 0; n < 52; n += 1) await put(`same-${n}`, 1, [1, 1, 5, 4]);
    const { rows } = await check();
    const { count, places } = rows.find(({ rule }) => rule === 'twice')!;
    expect([count, places.length]).toEqual([51, 50]);
  });

  it('asks for decisions in reviewed images, unless proposals are exported too', async () => {
    await put('maybe', 1, [1, 1, 5, 4], { status: 'proposal', origin: 'model' });
    expect(await counts()).toEqual({});
    await bench.call('image.setStatus', { imageIds: [FIRST], status: 'reviewed' });
    expect(await counts({ only: 'reviewed' })).toEqual({ undecided: 1 });
    expect(await check({ includeProposals: true })).toMatchObject({ masks: 1 });
    expect(await counts({ includeProposals: true })).toEqual({});
  });

  const stops = async (format: string) => {
    const { rows } = await check({ format });
    const shown = rows.filter(({ rule, count }) => STOPS.includes(rule) && count > 0);
    return shown.map(({ rule, count, places }) => [rule, count, places.map(({ place }) => place)]);
  };

  it('tells what a format cannot be written with, as its writer would refuse it', async () => {
    await put('cup', 1, [1, 1, 5, 4]);
    expect(await stops('yolo-seg')).toEqual([]);
    rename(OTHER, 'IMG1.jpg');
    rename(FIRST, 'img1.png');
    const start = (format: string) =>
      bench.call('export.start', {
        format,
        target: null,
        fileName: format,
        only: 'all',
        categoryIds: [],
        split: null,
        includeProposals: false,
      });
    for (const format of ['yolo-seg', 'pascal-voc', 'mask-png', 'labelme', 'coco-panoptic']) {
      expect(await stops(format)).toEqual([['sharedFile', 1, [2]]]);
      await expect(start(format)).rejects.toThrow(/would share .*; rename one of them/);
    }
    for (const format of ['coco', 'cvat-images', 'label-studio']) {
      expect(await stops(format)).toEqual([]);
      await start(format);
    }
    expect(await stops('coco-panoptic')).toEqual([['sharedFile', 1, [2]]]);
  });

  it('goes on without the images that a format cannot be written with, and names them', async () => {
    rename(FIRST, 'img1.png');
    rename(OTHER, 'IMG1.jpg');
    await put('cup', 1, [1, 1, 5, 4]);
    const other = annotationWith('far', 1, rectangle(1, 1, 5, 4), { area: 20, box: [1, 1, 5, 4] });
    await addObjects(bench, 'far', OTHER, other);
    expect(await check({ format: 'yolo-seg' })).toMatchObject({
      images: 2,
      masks: 2,
      stopped: { images: 1, masks: 1 },
    });
    expect(await check({ format: 'coco' })).toMatchObject({ stopped: { images: 0, masks: 0 } });
    const start = (more: object) =>
      bench.call('export.start', {
        format: 'yolo-seg',
        target: null,
        fileName: 'yolo',
        only: 'all',
        categoryIds: [],
        split: null,
        includeProposals: false,
        ...more,
      });
    await expect(start({ check: true })).rejects.toThrow(/would share/);
    const done = await start({ check: true, skipStopped: true });
    expect(done).toMatchObject({ images: 1, annotations: 1, leftOut: 1 });
    expect(done.warnings).toContainEqual({ code: 'sharedFile', values: ['IMG1.jpg'] });
    expect(done.check!.text).toMatch(/^ +1 {2}images that the format cannot be written with$/m);
    expect(done.check!.text).toMatch(/IMG1\.jpg was left out, as asked/);
    // Without a report as well.
    const bare = await start({ fileName: 'bare', skipStopped: true });
    expect([bare.leftOut, bare.check]).toEqual([1, null]);
  });

  it('tells classes and objects that Pascal VOC has no number for', async () => {
    await bench.call('category.add', {
      names: Array.from({ length: 254 }, (_, n) => `class ${n}`),
    });
    for (let n = 0; n < 255; n += 1) await put(`one-${n}`, 1, [1, 1, 2, 2]);
    expect(await stops('pascal-voc')).toEqual([
      ['classes', 2, []],
      ['crowded', 1, [1]],
    ]);
    expect(await stops('coco')).toEqual([]);
  });

  it('counts no image that is left out of every export', async () => {
    rename(OTHER, 'IMG1.jpg');
    rename(FIRST, 'img1.png');
    const { store } = bench.engine.context.open.get();
    store.run("UPDATE image SET problem = 'damaged' WHERE id = ?", OTHER);
    expect(await stops('yolo-seg')).toEqual([]);
  });
});
