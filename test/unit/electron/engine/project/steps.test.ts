// Steps that change more than annotations: a deleted class, a threshold, settings. Undo takes all of a step
// back together and leaves alone what somebody has changed since.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CategoryId, ImageId } from '../../../../../electron/api/types.ts';
import {
  annotationWith,
  imageFolder,
  openBench,
  rectangle,
  removeBench,
  addObjects,
  type Bench,
} from '../../../../helpers/drivers/engineBench.ts';

const [CUP, PLATE] = [1 as CategoryId, 2 as CategoryId];
const FIRST = 1 as ImageId;
const PARAMS = { preset: 'default', overrides: {} } as const;

let folder: string;
let bench: Bench;
beforeEach(async () => {
  folder = await imageFolder(3);
  bench = await openBench(folder);
  await bench.call('category.add', { names: ['cup', 'plate'] });
});
afterEach(async () => {
  await bench.close();
  await removeBench(folder);
});
const restart = async () => {
  await bench.close();
  bench = await openBench(folder);
};
const categories = async () => (await bench.call('project.summary', {})).categories;
const names = async () => (await categories()).map((category) => category.name);
const classesOn = async (imageId: number) =>
  (await bench.call('image.open', { imageId: imageId as ImageId })).annotations.map(
    (annotation) => annotation.categoryId,
  );

describe('a class that is deleted', () => {
  /** Two cups on image 1, one on image 2, a plate on image 2. */
  async function label() {
    for (const [id, imageId, category] of [
      ['a', 1, CUP],
      ['b', 1, CUP],
      ['c', 2, CUP],
      ['d', 2, PLATE],
    ] as const) {
      await bench.call('image.open', { imageId: imageId as ImageId });
      const after = annotationWith(id, category, rectangle(0, 0, 2, 2));
      await addObjects(bench, id, imageId as ImageId, after);
    }
  }

  it('is counted before: objects, and images that have them', async () => {
    await label();
    expect(await bench.call('category.uses', { id: CUP })).toEqual({
      annotations: 3,
      accepted: 3,
      images: 2,
    });
  });

  it('gives its objects to another one, and undo gives them back with it', async () => {
    await label();
    const removed = await bench.call('category.remove', { id: CUP, moveTo: PLATE });
    expect(removed).toMatchObject({ annotations: 3, images: 2, categories: [{ name: 'plate' }] });
    expect([await classesOn(1), await classesOn(2)]).toEqual([
      [2, 2],
      [2, 2],
    ]);
    await restart();
    const undone = await bench.call('doc.undo', {});
    expect(undone.transaction?.label).toBe('Merge class cup into plate');
    expect([await names(), await classesOn(1), await classesOn(2)]).toEqual([
      ['cup', 'plate'],
      [1, 1],
      [1, 2],
    ]);
    await bench.call('doc.redo', {});
    expect([await names(), await classesOn(1)]).toEqual([['plate'], [2, 2]]);
  });

  it('takes its objects along, and redo of that leaves no class behind', async () => {
    await label();
    await bench.call('category.remove', { id: CUP });
    expect([await names(), await classesOn(1), await classesOn(2)]).toEqual([['plate'], [], [2]]);
    await bench.call('doc.undo', {});
    expect([await names(), await classesOn(1)]).toEqual([
      ['cup', 'plate'],
      [1, 1],
    ]);
    await bench.call('doc.redo', {});
    expect([await names(), await classesOn(1)]).toEqual([['plate'], []]);
  });

  it('that has no object comes back by undo too', async () => {
    await bench.call('category.remove', { id: PLATE });
    const undone = await bench.call('doc.undo', {});
    expect([undone.transaction?.label, await names()]).toEqual([
      'Delete class plate',
      ['cup', 'plate'],
    ]);
  });

  it('gives unfinished shapes to the other class as well', async () => {
    const work = { kind: 'polygon', use: 'new', points: [0, 0, 1, 1] } as const;
    const parked = { id: 'p', imageId: FIRST, categoryId: CUP, targets: [], work };
    await bench.call('parked.keep', { parked, held: false });
    const classes = async () =>
      (await bench.call('image.open', { imageId: FIRST })).parked.map((one) => one.categoryId);
    await bench.call('category.remove', { id: CUP, moveTo: PLATE });
    expect(await classes()).toEqual([PLATE]);
    expect(bench.events).toContainEqual({
      event: 'image.parked',
      payload: expect.objectContaining({
        parked: [{ ...parked, categoryId: PLATE, holder: '' }],
      }),
    });
    await bench.call('doc.undo', {});
    expect(await classes()).toEqual([CUP]);
  });

  it('cannot be moved to itself or to one that is not there', async () => {
    await expect(bench.call('category.remove', { id: CUP, moveTo: CUP })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    });
    await expect(
      bench.call('category.remove', { id: CUP, moveTo: 9 as CategoryId }),
    ).rejects.toMatchObject({ code: 'CATEGORY_UNKNOWN' });
    expect(await names()).toEqual(['cup', 'plate']);
  });
});

describe('a threshold that is put to use', () => {
  async function run() {
    const classes = [CUP, PLATE].map((categoryId) => ({
      categoryId,
      name: categoryId === CUP ? 'cup' : 'plate',
      prompt: '',
      synonyms: [],
      threshold: null,
    }));
    const input = { imageId: FIRST, classes, params: PARAMS, commit: true };
    return (await bench.call('prelabel.run', input)).run.runId;
  }
  const apply = async (threshold: number, more: { keepParams?: boolean } = {}) =>
    bench.call('prelabel.reapply', {
      runId: await run(),
      params: PARAMS,
      thresholds: { [CUP]: threshold },
      draft: false,
      commit: true,
      only: [CUP],
      step: 'Threshold of cup to 0.55',
      ...more,
    });
  const areas = async () =>
    (await bench.call('image.open', { imageId: FIRST })).annotations.map((one) => one.area);
  const thresholdOf = async (id: CategoryId) =>
    (await categories()).find((category) => category.id === id)!.threshold;

  it('is one step: undo brings masks and threshold back, redo both again', async () => {
    await apply(0.55);
    expect([(await areas()).sort(), await thresholdOf(CUP)]).toEqual([[2, 6], 0.55]);
    expect(await bench.call('doc.history', { imageId: FIRST, limit: 5 })).toMatchObject({
      canUndo: 'Threshold of cup to 0.55',
    });
    await restart();
    await bench.call('doc.undo', {});
    expect([await areas(), await thresholdOf(CUP)]).toEqual([[6, 6], null]);
    await bench.call('doc.redo', {});
    expect([(await areas()).sort(), await thresholdOf(CUP)]).toEqual([[2, 6], 0.55]);
    expect((await bench.call('doc.undo', {})).transaction).not.toBeNull();
    expect((await bench.call('doc.undo', {})).transaction).toBeNull();
  });

  it('tells every window the figures that undo brings back', async () => {
    await apply(0.55);
    bench.events.length = 0;
    await bench.call('doc.undo', {});
    expect(bench.events.map(({ event }) => event)).toEqual(
      expect.arrayContaining(['project.revision', 'run.figures', 'project.changed']),
    );
  });

  it('leaves a name alone that was given to the class since', async () => {
    await apply(0.55);
    await bench.call('category.save', {
      changes: [{ id: CUP, before: { name: 'cup' }, after: { name: 'mug' } }],
    });
    await bench.call('doc.undo', {});
    expect([await names(), await thresholdOf(CUP)]).toEqual([['mug', 'plate'], null]);
  });

  it('takes the settings of the project along when they were kept with it', async () => {
    const stored = async () => (await bench.call('project.summary', {})).params.preset;
    const before = await stored();
    await apply(0.55, { keepParams: true });
    expect(await stored()).toBe('default');
    await bench.call('doc.undo', {});
    expect(await stored()).toBe(before);
  });

  it('is not undone where the class has another one by now', async () => {
    await apply(0.55);
    const before = { threshold: await thresholdOf(CUP) };
    await bench.call('category.save', {
      changes: [{ id: CUP, before, after: { threshold: 0.3 } }],
    });
    await bench.call('doc.undo', {});
    expect(await thresholdOf(CUP)).toBe(0.3);
  });
});
