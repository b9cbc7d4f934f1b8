// The engine through its handlers: open, list, label, undo, restart.
import { rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { CategoryId, ImageId, Revision } from '../../../../electron/api/types.ts';
import type { Bench } from '../../../helpers/drivers/engineBench.ts';
import {
  annotationWith,
  imageFolder,
  openBench,
  rectangle,
  removeBench,
  standInOperations,
  addObjects,
  additionOf,
  transactionWith,
} from '../../../helpers/drivers/engineBench.ts';

const FIRST = 1 as ImageId;
const revision = (value: number) => value as Revision;

describe('engine', () => {
  let folder: string;
  let bench: Bench;

  beforeEach(async () => {
    folder = await imageFolder(12);
    bench = await openBench(folder);
    await bench.call('category.add', { names: ['cup', 'plate'] });
  });
  afterEach(async () => {
    await bench.close();
    await removeBench(folder);
  });

  const images = () =>
    bench.call('image.list', { cursor: 0, limit: 100, filter: {}, order: 'name' });
  const byName = async (name: string) => (await images()).images.find((i) => i.name === name)!;

  it('lists images in natural order and pages through them', async () => {
    const { total, images: page } = await bench.call('image.list', {
      cursor: 8,
      limit: 3,
      filter: {},
      order: 'name',
    });
    expect(total).toBe(12);
    expect(page.map((image) => image.name)).toEqual(['img9.png', 'img10.png', 'img11.png']);
  });

  it('gives a new class a colour and a key, and the same class for the same name', async () => {
    const { categories, added } = await bench.call('category.add', { names: ['CUP', 'fork'] });
    expect(categories.map(({ name, hotkey }) => [name, hotkey])).toEqual([
      ['cup', 1],
      ['plate', 2],
      ['fork', 3],
    ]);
    expect(added).toEqual([1, 3]);
    expect(new Set(categories.map(({ color }) => color)).size).toBe(3);
  });

  it('keeps a commit, undoes and redoes it, also after a restart', async () => {
    const image = await byName('img1.png');
    await bench.call('image.open', { imageId: image.id });
    const after = annotationWith('a1', 1, rectangle(1, 1, 3, 2));
    await addObjects(bench, 't1', image.id, after);
    const opened = await bench.call('image.open', { imageId: image.id });
    expect(opened.annotations).toEqual([{ ...after, box: [1, 1, 3, 2], area: 6 }]);
    expect(opened.image).toMatchObject({ status: 'inProgress', accepted: 1 });

    await bench.close();
    bench = await openBench(folder);
    const undone = await bench.call('doc.undo', {});
    expect(undone.transaction?.changes.map((change) => change.after)).toEqual([null]);
    expect(undone.imageName).toBe('img1.png');
    expect((await bench.call('image.open', { imageId: image.id })).annotations).toEqual([]);
    expect(await byName('img1.png')).toMatchObject({ status: 'untouched', accepted: 0 });

    await bench.close();
    bench = await openBench(folder);
    await bench.call('doc.redo', {});
    expect((await bench.call('image.open', { imageId: image.id })).annotations).toHaveLength(1);
    expect((await bench.call('doc.redo', {})).transaction).toBeNull();
  });

  it('answers a repeated commit with the first one’s revision and changes nothing', async () => {
    const after = annotationWith('a1', 1, rectangle(1, 1, 3, 2));
    const commit = {
      transaction: additionOf('t1', FIRST, after),
      baseRevision: revision(0),
    };
    const first = await bench.call('doc.commit', commit);
    expect(await bench.call('doc.commit', commit)).toEqual(first);
    expect((await bench.call('project.summary', {})).revision).toBe(first.revision);
  });

  it('refuses a commit whose before is not what is stored', async () => {
    const after = annotationWith('a1', 1, rectangle(1, 1, 3, 2));
    await addObjects(bench, 't1', FIRST, after);
    const stale = { ...after, mask: rectangle(0, 0, 1, 1) };
    await expect(
      bench.call('doc.commit', {
        transaction: transactionWith('t2', FIRST, [
          { id: after.id, before: stale, after: { ...after, z: 5 } },
        ]),
        baseRevision: revision(1),
      }),
    ).rejects.toMatchObject({ code: 'DOC_CONFLICT' });
  });

  it('refuses masks of another size than the image', async () => {
    await bench.call('image.open', { imageId: FIRST });
    const after = annotationWith('a1', 1, rectangle(0, 0, 1, 1, { width: 3, height: 3 }));
    await expect(addObjects(bench, 't1', FIRST, after)).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    });
  });

  it('merges edits of one gesture into one undo step and undoes across images', async () => {
    const [one, two] = (await images()).images;
    let before = null;
    for (const [index, width] of [2, 3, 4].entries()) {
      const after = annotationWith('stroke', 1, rectangle(0, 0, width, 2));
      await bench.call('doc.commit', {
        transaction: transactionWith(`m${index}`, one!.id, [{ id: after.id, before, after }], {
          gestureId: 'g1',
          record: 'merge',
        }),
        baseRevision: revision(index),
      });
      before = after;
    }
    const other = annotationWith('other', 2, rectangle(0, 0, 2, 2));
    await bench.call('doc.commit', {
      transaction: transactionWith('o', two!.id, [{ id: other.id, before: null, after: other }]),
      baseRevision: revision(3),
    });
    const history = await bench.call('doc.history', { imageId: null, limit: 10 });
    expect(history.entries.map((entry) => entry.label)).toEqual(['Edit o', 'Edit m2']);
    expect((await bench.call('doc.undo', {})).imageName).toBe(two!.name);
    expect((await bench.call('doc.undo', {})).imageName).toBe(one!.name);
    expect((await bench.call('image.open', { imageId: one!.id })).annotations).toEqual([]);
    expect((await bench.call('doc.undo', {})).transaction).toBeNull();
    const redone = await bench.call('doc.history', { imageId: null, limit: 10 });
    expect(redone).toMatchObject({ canUndo: null, canRedo: 'Edit m2' });
  });

  it('removes a class with its annotations as one step that undo brings back', async () => {
    for (const image of (await images()).images.slice(0, 3)) {
      const after = annotationWith(`a${image.id}`, 1, rectangle(0, 0, 2, 2));
      await addObjects(bench, `t${image.id}`, image.id, after);
    }
    const removed = await bench.call('category.remove', { id: 1 as CategoryId });
    expect(removed).toMatchObject({ annotations: 3, categories: [{ name: 'plate' }] });
    await bench.call('doc.undo', {});
    const summary = await bench.call('project.summary', {});
    expect(summary.categories.map((category) => category.name)).toEqual(['cup', 'plate']);
    expect(summary.counts.inProgress).toBe(3);
  });

  it('proposes, keeps what a person decided when it runs again, and says when nothing was found', async () => {
    const image = await byName('img2.png');
    const classes = [
      { categoryId: 1 as CategoryId, name: 'cup', prompt: '', synonyms: [], threshold: null },
      { categoryId: 2 as CategoryId, name: 'plate', prompt: '', synonyms: [], threshold: null },
    ];
    const params = { preset: 'default', overrides: {} } as const;
    const stages: unknown[] = [];
    const run = await bench.call(
      'prelabel.run',
      { imageId: image.id, classes, params, commit: true },
      { onProgress: (event) => stages.push(event) },
    );
    expect(stages).toContainEqual({ stage: 'Encode', done: 0, total: 1 });
    expect(run.proposals.map(({ status, origin, match }) => ({ status, origin, match }))).toEqual([
      { status: 'proposal', origin: 'model', match: 0.9 },
      { status: 'proposal', origin: 'model', match: 0.6000000000000001 },
    ]);
    const [cup] = run.proposals;
    await bench.call('review.decide', { ids: [cup!.id], decision: 'accept' });
    await bench.call('prelabel.run', { imageId: image.id, classes, params, commit: true });
    const { annotations, image: record } = await bench.call('image.open', { imageId: image.id });
    expect(annotations.map(({ categoryId, status }) => [categoryId, status])).toEqual([
      [1, 'accepted'],
      [2, 'proposal'],
    ]);
    expect(annotations[0]!.id).toBe(cup!.id);
    expect(record).toMatchObject({ accepted: 1, proposals: 1, doubtful: 1, foundNothing: false });
  });

  it('shows a broken file as a problem and goes on', async () => {
    await writeFile(join(folder, 'img3.png'), 'broken bytes');
    const image = await byName('img3.png');
    await expect(bench.call('image.open', { imageId: image.id })).rejects.toMatchObject({
      code: 'IMAGE_DAMAGED',
    });
    expect((await byName('img3.png')).problem).toEqual({
      code: 'IMAGE_DAMAGED',
      message: 'not an image',
      data: null,
    });
    const failed = await bench.call('image.list', {
      cursor: 0,
      limit: 10,
      filter: { failed: true },
      order: 'name',
    });
    expect(failed.images.map((one) => one.name)).toEqual(['img3.png']);
  });

  it('finds work again after files were renamed and the folder was moved', async () => {
    const image = await byName('img4.png');
    await bench.call('image.open', { imageId: image.id });
    const after = annotationWith('kept', 1, rectangle(1, 1, 2, 2));
    await addObjects(bench, 't', image.id, after);
    const { userData } = bench;
    await bench.close();
    const moved = join(folder, '..', 'moved');
    await rename(folder, moved);
    await rename(join(moved, 'img4.png'), join(moved, 'renamed.png'));
    await rm(join(moved, 'img5.png'));
    bench = await openBench(moved, { userData });
    const { images: list } = await images();
    expect(list).toHaveLength(11);
    const found = list.find((one) => one.name === 'renamed.png')!;
    expect(found).toMatchObject({ id: image.id, accepted: 1, problem: null });
    expect((await bench.call('image.open', { imageId: image.id })).annotations[0]?.id).toBe('kept');
  });

  it('opens a project that another engine writes for looking only, until that one lets go of it', async () => {
    const second = await openBench(folder);
    const summary = await second.call('project.summary', {});
    expect(summary).toMatchObject({ readOnly: true, images: 12 });
    await expect(second.call('category.add', { names: ['x'] })).rejects.toMatchObject({
      code: 'PROJECT_READ_ONLY',
    });
    expect(second.events).toContainEqual({
      event: 'notice',
      payload: expect.objectContaining({ code: 'PROJECT_READ_ONLY', level: 'warn' }),
    });
    const openAgain = async () => {
      const [current] = (await second.call('project.recent', {})).projects;
      return second.call('project.openFile', { file: current!.handle });
    };
    expect(await openAgain()).toMatchObject({ readOnly: true });
    await bench.close();
    expect(await openAgain()).toMatchObject({ readOnly: false, images: 12 });
    await second.call('category.add', { names: ['x'] });
    await second.close();
  });

  it('serves thumbnails and crops by opaque names and nothing else', async () => {
    const signal = new AbortController().signal;
    const image = await byName('img1.png');
    const project = bench.engine.context.open.get().id;
    expect(await bench.engine.media(`thumb/${project}/${image.id}`, signal)).toMatchObject({
      kind: 'file',
      mime: 'image/webp',
    });
    expect(await bench.engine.media(`image/${project}/${image.id}`, signal)).toMatchObject({
      path: join(folder, 'img1.png'),
      mime: 'image/png',
    });
    for (const path of [
      `image/${project}/999`,
      `image/${project}/..`,
      `thumb/${project}/1e3x`,
      `crop/${project}/none`,
      `crop/${project}/none/salience`,
      `other/${project}/1`,
      `image/${image.id}`,
      '',
    ])
      expect(await bench.engine.media(path, signal)).toBeNull();
  });

  it('shows covers of recent projects also when none is open', async () => {
    await bench.call('project.close', {});
    const { projects } = await bench.call('project.recent', {});
    expect(projects).toMatchObject([{ images: 12, missing: false }]);
    expect(projects[0]!.place).toMatch(/images$/);
    const [url] = projects[0]!.coverUrls;
    const signal = new AbortController().signal;
    expect(await bench.engine.media(url!.slice('/media/'.length), signal)).toMatchObject({
      mime: 'image/webp',
    });
    expect(await bench.engine.media('cover/abc/0', signal)).toBeNull();
    await bench.call('project.forget', { handle: projects[0]!.handle });
    expect((await bench.call('project.recent', {})).projects).toEqual([]);
  });

  it('refuses input that does not fit with the name of the field', async () => {
    await expect(
      bench.call('image.list', { cursor: 0, limit: 5000, filter: {}, order: 'name' }),
    ).rejects.toMatchObject({ code: 'BAD_REQUEST', message: expect.stringContaining('limit') });
  });
});

it('a run says which classes are absent as soon as their matches are known', async () => {
  const folder = await imageFolder(1);
  const usual = standInOperations();
  const bench = await openBench(folder, {
    operations: {
      ...usual,
      'prelabel.run': (input, call) => {
        const matches = input.classes.map(({ categoryId }, index) => ({
          categoryId,
          match: index === 0 ? 0.9 : 0.02,
        }));
        call.progress({ stage: 'Pass 2 of 4', done: 1, total: 4, matches });
        return usual['prelabel.run']!(input, call);
      },
    },
  });
  onTestFinished(async () => {
    await bench.close();
    await removeBench(folder);
  });
  const { categories } = await bench.call('category.add', { names: ['cup', 'cat'] });
  const news: { matches?: unknown }[] = [];
  await bench.call(
    'prelabel.run',
    {
      imageId: FIRST,
      classes: categories.map(({ id, name }) => ({
        categoryId: id,
        name,
        prompt: '',
        synonyms: [],
        threshold: null,
      })),
      // A match at the limit itself is enough.
      params: { preset: 'default', overrides: { 'masks.absentBelow': 0.9 } },
      commit: false,
    },
    { onProgress: (event) => news.push(event as { matches?: unknown }) },
  );
  expect(news.find(({ matches }) => matches !== undefined)?.matches).toEqual([
    { categoryId: categories[0]!.id, match: 0.9, absent: false },
    { categoryId: categories[1]!.id, match: 0.02, absent: true },
  ]);
});
