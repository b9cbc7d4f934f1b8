// What steps over many objects are called, what they change and leave alone, and what they refuse.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { MAX_TAGS } from '../../../../../electron/api/rules/fields/fields.ts';
import type {
  Annotation,
  AnnotationId,
  CategoryId,
  ImageId,
} from '../../../../../electron/api/types.ts';
import {
  addObjects,
  annotationWith,
  imageFolder,
  openBench,
  rectangle,
  removeBench,
  type Bench,
} from '../../../../helpers/drivers/engineBench.ts';

const [CUP, PLATE] = [1, 2] as [CategoryId, CategoryId];
const [FIRST, SECOND] = [1, 2] as [ImageId, ImageId];
let bench: Bench;
let count = 0;
beforeAll(async () => {
  bench = await openBench(await imageFolder(2));
});
beforeEach(async () => {
  const { store } = bench.engine.context.open.get();
  for (const table of ['annotation', 'category', 'image_note']) store.run(`DELETE FROM ${table}`);
  await bench.call('category.add', { names: ['cup', 'plate'] });
});
afterAll(async () => {
  await bench.close();
  await removeBench(bench.folder);
});

const label = async () => (await bench.call('doc.history', { imageId: null, limit: 1 })).canUndo;
const revision = () => bench.engine.context.open.get().revision();
const objects = async (imageId: ImageId) =>
  (await bench.call('image.open', { imageId })).annotations;
/** Adds objects to an image; the ids they got. */
async function add(imageId: ImageId, ...made: Partial<Annotation>[]): Promise<AnnotationId[]> {
  const all = made.map((more) =>
    annotationWith(`o${(count += 1)}`, CUP, rectangle(0, 0, 2, 2), more),
  );
  await addObjects(bench, `add-${count}`, imageId, ...all);
  return all.map(({ id }) => id);
}
const PROPOSAL = { status: 'proposal', origin: 'model' } as const;

describe('decisions', () => {
  it.each([
    [{ decision: 'accept' }, 'Accept'],
    [{ decision: 'reject' }, 'Reject'],
    [{ decision: 'category', categoryId: PLATE }, 'Change the class of'],
  ] as const)('%j is called by how many it changed', async (decision, verb) => {
    const ids = [...(await add(FIRST, PROPOSAL, PROPOSAL)), ...(await add(SECOND, PROPOSAL))];
    const decide = (some: readonly AnnotationId[]) =>
      bench.call('review.decide', { ids: [...some], ...decision });
    expect((await decide(ids.slice(0, 1))).changed).toBe(1);
    expect(await label()).toBe(`${verb} 1 proposal`);
    // What is so already is left out, and what nobody knows.
    expect((await decide([...ids, 'gone' as AnnotationId])).changed).toBe(2);
    expect(await label()).toBe(`${verb} 2 proposals`);
    const before = revision();
    expect(await decide(ids)).toEqual({ changed: 0, revision: before });
    expect(revision()).toBe(before);
  });

  it('of another class make it a person’s own', async () => {
    const ids = await add(FIRST, PROPOSAL);
    await bench.call('review.decide', { ids, decision: 'category', categoryId: PLATE });
    expect(await objects(FIRST)).toMatchObject([{ categoryId: PLATE, edited: true }]);
  });
});

describe('labels that are deleted', () => {
  it('are called by their number, and undone in one step', async () => {
    await add(FIRST, {}, {});
    await add(SECOND, {});
    await bench.call('image.clearLabels', { imageIds: [SECOND], dryRun: false });
    expect(await label()).toBe('Delete 1 label');
    await bench.call('image.clearLabels', { imageIds: [FIRST, SECOND], dryRun: false });
    expect(await label()).toBe('Delete 2 labels');
    const before = revision();
    await bench.call('image.clearLabels', { imageIds: [FIRST, SECOND], dryRun: false });
    expect(revision()).toBe(before);
    await bench.call('doc.undo', {});
    expect(await objects(FIRST)).toHaveLength(2);
  });
});

describe('a class that goes', () => {
  it('takes its objects along, or gives them to another class as a person’s own', async () => {
    await add(FIRST, { z: 1 }, { z: 2, ...PROPOSAL }, { z: 3, edited: true });
    const merged = await bench.call('category.remove', { id: CUP, moveTo: PLATE });
    expect(merged).toMatchObject({ annotations: 3, images: 1 });
    expect(await label()).toBe('Merge class cup into plate');
    // What the model proposed is not its own to replace any more.
    expect((await objects(FIRST)).map(({ categoryId, edited }) => [categoryId, edited])).toEqual([
      [PLATE, false],
      [PLATE, true],
      [PLATE, true],
    ]);
    await bench.call('category.remove', { id: PLATE });
    expect(await label()).toBe('Delete class plate');
    expect(await objects(FIRST)).toEqual([]);
  });

  it('is one that is there, and does not go to itself or to one that is not', async () => {
    const remove = (id: number, moveTo?: number) =>
      bench.call('category.remove', {
        id: id as CategoryId,
        ...(moveTo === undefined ? {} : { moveTo: moveTo as CategoryId }),
      });
    await expect(remove(CUP, CUP)).rejects.toThrow(
      'cup cannot be moved to the class that is deleted',
    );
    await expect(remove(9)).rejects.toThrow('There is no class 9 in this project.');
    await expect(remove(CUP, 9)).rejects.toThrow('There is no class 9');
    expect((await bench.call('project.summary', {})).categories).toHaveLength(2);
  });
});

describe('tags and notes', () => {
  const set = (imageIds: readonly ImageId[], add: string[], remove: string[] = [], text?: string) =>
    bench.call('image.setNotes', {
      imageIds: [...imageIds],
      add,
      remove,
      note: text === undefined ? null : { text, talk: false },
    });
  const tagsOf = async (imageId: ImageId) =>
    (
      await bench.call('image.list', { cursor: 0, limit: 9, filter: {}, order: 'name' })
    ).images.find(({ id }) => id === imageId)!.tags;

  it('are called by what is set', async () => {
    await set([FIRST], ['night']);
    expect(await label()).toBe('Set the tag night');
    await set([FIRST, SECOND], ['day', 'rain']);
    expect(await label()).toBe('Set 2 tags');
    await set([FIRST], [], ['RAIN']);
    expect(await label()).toBe('Remove the tag RAIN');
    expect(await tagsOf(FIRST)).toEqual(['night', 'day']);
    await set([FIRST], ['fog'], ['day']);
    expect(await label()).toBe('Set 2 tags');
    await set([FIRST], ['more'], ['fog'], 'look');
    expect(await label()).toBe('Note on the image');
  });

  it('change the images that are otherwise, and are no step where none is', async () => {
    expect((await set([FIRST], ['night'])).changed).toBe(1);
    expect((await set([FIRST, SECOND], ['night'])).changed).toBe(1);
    const before = revision();
    expect((await set([FIRST, SECOND], ['night'], ['gone'])).changed).toBe(0);
    expect(revision()).toBe(before);
    // An empty note is none.
    expect((await set([FIRST], [], [], '')).changed).toBe(0);
    expect((await set([FIRST], [], [], 'look')).changed).toBe(1);
    expect((await set([FIRST], [], [], '')).changed).toBe(1);
  });

  it('are as many as an image can have', async () => {
    const tags = Array.from({ length: MAX_TAGS }, (_, at) => `tag ${at}`);
    await set([FIRST], tags);
    expect(await tagsOf(FIRST)).toHaveLength(MAX_TAGS);
    await expect(set([SECOND, FIRST], ['one more'])).rejects.toThrow(
      `img1.png would have ${MAX_TAGS + 1} tags; an image has ${MAX_TAGS} at most`,
    );
    // None of them was changed.
    expect(await tagsOf(SECOND)).toBeUndefined();
    await set([FIRST], ['one more'], ['tag 0']);
    expect(await tagsOf(FIRST)).toHaveLength(MAX_TAGS);
  });
});

describe('fields of a class', () => {
  const tick = (name: string) => ({ kind: 'tick' as const, name, needed: false });
  const set = (id: number, before: string[], after: string[]) =>
    bench.call('category.setFields', {
      id: id as CategoryId,
      before: before.map(tick),
      after: after.map(tick),
      renamed: [],
      choices: [],
    });

  it('are changed where they are as the sender knew them, and make sense', async () => {
    await set(CUP, [], ['Closed']);
    expect(await label()).toBe('Change fields of cup');
    await expect(set(CUP, [], ['Open'])).rejects.toMatchObject({ code: 'CATEGORY_CONFLICT' });
    await expect(set(9, [], ['Open'])).rejects.toMatchObject({ code: 'CATEGORY_UNKNOWN' });
    await expect(set(CUP, ['Closed'], ['Closed', 'closed'])).rejects.toThrow(
      'The field "closed" of cup cannot be kept: another field has that name.',
    );
    await expect(set(CUP, ['Closed'], [''])).rejects.toThrow('it has no name that a file can hold');
  });

  it('take their values along where they go, object by object', async () => {
    await set(CUP, [], ['Closed', 'Wet']);
    await add(
      FIRST,
      { z: 1, details: { values: { Closed: true, Wet: true } } },
      { z: 2, details: { values: { Wet: true } } },
      { z: 3 },
    );
    await add(SECOND, { details: { values: { Closed: true } } });
    expect((await set(CUP, ['Closed', 'Wet'], ['Wet'])).annotations).toBe(2);
    expect((await objects(FIRST)).map(({ details }) => details)).toEqual([
      { values: { Wet: true } },
      { values: { Wet: true } },
      undefined,
    ]);
    expect((await objects(SECOND))[0]!.details).toBeUndefined();
    await bench.call('doc.undo', {});
    expect((await objects(SECOND))[0]!.details).toEqual({ values: { Closed: true } });
  });
});
