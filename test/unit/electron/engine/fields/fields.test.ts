// What is said of objects and images besides class and mask: kept, checked, undone, and out to COCO and back.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Details, Field } from '../../../../../electron/api/rules/fields/fields.ts';
import type {
  Annotation,
  CategoryId,
  ImageId,
  Revision,
} from '../../../../../electron/api/types.ts';
import {
  annotationWith,
  imageFolder,
  openBench,
  rectangle,
  removeBench,
  transactionWith,
  type Bench,
} from '../../../../helpers/drivers/engineBench.ts';

const CUP = 1 as CategoryId;
const FIRST = 1 as ImageId;
const SECOND = 2 as ImageId;

const material: Field = {
  kind: 'choice',
  name: 'Material',
  needed: true,
  choices: ['cardboard', 'wood'],
};
const closed: Field = { kind: 'tick', name: 'Closed', needed: false };
const tilt: Field = { kind: 'number', name: 'Tilt', needed: false, min: 0, max: 90, unit: '°' };
const FIELDS = [material, closed, tilt];

const said: Details = {
  values: { Closed: true, Material: 'cardboard', Tilt: 4 },
  marks: { occluded: true },
  note: { text: 'Is the lid part of it?', talk: true },
};

describe('fields, marks, notes and tags', () => {
  let folder: string;
  let bench: Bench;
  let count = 0;
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
  const objects = async (imageId = FIRST) =>
    (await bench.call('image.open', { imageId })).annotations;
  const change = (imageId: ImageId, before: Annotation | null, after: Annotation) =>
    bench.call('doc.commit', {
      transaction: transactionWith(`t${++count}`, imageId, [{ id: after.id, before, after }]),
      baseRevision: 0 as Revision,
    });
  const draw = (id: string, details?: Details, imageId = FIRST) => {
    const drawn = annotationWith(id, CUP, rectangle(1, 1, 2, 3));
    return change(imageId, null, details ? { ...drawn, details } : drawn);
  };
  const setFields = (before: readonly Field[], after: readonly Field[], more = {}) =>
    bench.call('category.setFields', { id: CUP, before, after, renamed: [], choices: [], ...more });

  it('are kept with the object over a restart, are undone alone, and are told apart', async () => {
    await draw('a');
    const [plain] = await objects();
    await change(FIRST, plain!, { ...plain!, details: { ...said, marks: { occluded: true } } });
    await restart();
    expect((await objects())[0]!.details).toEqual(said);
    // An edit that knows nothing of what was said conflicts with it.
    await expect(change(FIRST, plain!, { ...plain!, locked: true })).rejects.toMatchObject({
      code: 'DOC_CONFLICT',
    });
    await bench.call('doc.undo', {});
    expect(await objects()).toEqual([plain]);
    await bench.call('doc.redo', {});
    expect((await objects())[0]!.details).toEqual(said);
  });

  it('refuse what is too long, of another kind or not finite', async () => {
    const wrong: unknown[] = [
      { values: { a: { deep: true } } },
      { values: { a: Number.NaN } },
      { values: { ['x'.repeat(101)]: true } },
      { values: { a: 'x'.repeat(1001) } },
      { values: Object.fromEntries(Array.from({ length: 101 }, (_, i) => [`f${i}`, true])) },
      { marks: { crowded: true } },
      { note: { text: 'x'.repeat(4001), talk: false } },
      { more: 1 },
      'text',
    ];
    for (const details of wrong)
      await expect(
        draw('a', details as Details),
        JSON.stringify(details).slice(0, 60),
      ).rejects.toMatchObject({ code: 'BAD_REQUEST', message: expect.stringContaining('details') });
    expect(await objects()).toEqual([]);
  });

  it('of a class move along when a field or choice is renamed, and go with it, in one step', async () => {
    expect((await setFields([], FIELDS)).annotations).toBe(0);
    await draw('a', said);
    await draw('b', { values: { Material: 'wood', Odd: 1 } }, SECOND);
    expect((await bench.call('category.fieldUses', { id: CUP })).uses).toEqual([
      { name: 'Closed', count: 1 },
      { name: 'Material', count: 2 },
      { name: 'Odd', count: 1 },
      { name: 'Tilt', count: 1 },
    ]);
    const stuff: Field = { ...material, name: 'Stuff', choices: ['carton', 'wood'] };
    const done = await setFields(FIELDS, [stuff, closed], {
      renamed: [{ from: 'Material', to: 'Stuff' }],
      choices: [{ field: 'Stuff', from: 'cardboard', to: 'carton' }],
    });
    expect(done.annotations).toBe(2);
    expect(done.categories[0]!.fields).toEqual([stuff, closed]);
    expect((await objects())[0]!.details!.values).toEqual({ Closed: true, Stuff: 'carton' });
    expect((await objects(SECOND))[0]!.details).toEqual({ values: { Odd: 1, Stuff: 'wood' } });
    await bench.call('doc.undo', {});
    expect((await objects())[0]!.details).toEqual(said);
    expect((await objects(SECOND))[0]!.details!.values).toEqual({ Material: 'wood', Odd: 1 });
    const { categories } = await bench.call('project.summary', {});
    expect(categories[0]!.fields).toEqual(FIELDS);
  });

  it('of a class are refused when they make no sense, or when somebody changed them since', async () => {
    const wrong: [Field[], RegExp][] = [
      [[material, { ...closed, name: 'material' }], /another field has that name/],
      [[{ ...material, choices: ['a', 'A'] }], /choices/],
      [[{ ...tilt, min: 91 }], /least number is above/],
      [[{ ...tilt, default: 91 }], /default/],
      [[{ ...closed, name: 'occluded' }], /no name that a file can hold/],
      [[{ ...closed, name: ' x' }], /no name that a file can hold/],
    ];
    for (const [fields, message] of wrong)
      await expect(setFields([], fields)).rejects.toMatchObject({
        code: 'BAD_REQUEST',
        message: expect.stringMatching(message),
      });
    await setFields([], FIELDS);
    await expect(setFields([], [closed])).rejects.toMatchObject({ code: 'CATEGORY_CONFLICT' });
  });

  it('of images are set over many at once, told to every window, and undone as one step', async () => {
    const note = { text: 'dark', talk: true };
    const all = [FIRST, SECOND, 3 as ImageId];
    await bench.call('image.setNotes', { imageIds: [FIRST], add: ['garage'], remove: [], note });
    expect(bench.events.at(-1)).toMatchObject({
      event: 'image.noted',
      payload: { image: { id: 1, tags: ['garage'], note } },
    });
    const { changed } = await bench.call('image.setNotes', {
      imageIds: all,
      add: [' Garage ', 'lamp light'],
      remove: [],
      note: null,
    });
    expect(changed).toBe(3);
    await restart();
    const list = async () =>
      (
        await bench.call('image.list', { cursor: 0, limit: 9, filter: {}, order: 'name' })
      ).images.map(({ tags }) => tags);
    expect(await list()).toEqual([
      ['garage', 'lamp light'],
      ['Garage', 'lamp light'],
      ['Garage', 'lamp light'],
    ]);
    expect((await bench.call('image.tags', {})).tags).toEqual([
      { tag: 'lamp light', images: 3 },
      { tag: 'Garage', images: 3 },
    ]);
    await bench.call('doc.undo', {});
    expect(await list()).toEqual([['garage'], undefined, undefined]);
    await bench.call('doc.undo', {});
    expect(await list()).toEqual([undefined, undefined, undefined]);
    await bench.call('doc.redo', {});
    expect((await bench.call('image.open', { imageId: FIRST })).image).toMatchObject({
      tags: ['garage'],
      note,
    });
    const wrong = { imageIds: [FIRST], add: ['x'.repeat(101)], remove: [], note: null };
    await expect(bench.call('image.setNotes', wrong)).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    });
  });

  it('are found by the words of the filter', async () => {
    const paper: Field = { ...material, default: 'wood' };
    await setFields([], [paper, closed, tilt]);
    await draw('a', said);
    await draw('b', { values: { Tilt: 30, Closed: false }, marks: { cut: true } }, SECOND);
    const note = { text: '', talk: true };
    await bench.call('image.setNotes', {
      imageIds: [SECOND],
      add: ['dark room'],
      remove: [],
      note,
    });
    await bench.call('image.setNotes', {
      imageIds: [3 as ImageId],
      add: ['dark'],
      remove: [],
      note: null,
    });
    const fits = async (words: string) => {
      const query = { cursor: 0, limit: 9, filter: { words }, order: 'name' } as const;
      return (await bench.call('image.list', query)).images.map(({ id }) => Number(id));
    };
    const expected: [string, number[]][] = [
      ['tag:dark', [3]],
      ['tag:dar', [2, 3]],
      ['has:tag', [2, 3]],
      ['has:note', [1, 2]],
      ['is:talk', [1, 2]],
      ['is:occluded', [1]],
      ['-is:occluded', [2, 3]],
      ['is:cut', [2]],
      ['is:difficult', []],
      ['field:material', [1, 2]],
      ['field:MATERIAL=cardboard', [1]],
      // What nobody set is what the class says.
      ['field:material=wood', [2]],
      ['field:material=wood field:material=cardboard', [1, 2]],
      ['field:material=wood field:closed=yes', []],
      ['field:closed=yes', [1]],
      ['field:closed=no', [2]],
      ['field:tilt>4', [2]],
      ['field:tilt=2-5', [1]],
      ['field:tilt>=4 is:occluded', [1]],
      ['engine:salience', []],
      ['edge:>0.1', []],
      ['is:refined', []],
    ];
    for (const [words, ids] of expected) expect(await fits(words), words).toEqual(ids);
  });

  const EXPORT = {
    format: 'coco',
    target: null,
    fileName: 'labels',
    only: 'all',
    categoryIds: [],
    split: null,
    includeProposals: false,
  } as const;
  const importFrom = (path: string, dryRun = false) =>
    bench.call('import.start', {
      format: 'coco',
      source: bench.engine.handleOf(path),
      as: 'accepted',
      dryRun,
      skipBroken: false,
    });

  it('go out as COCO and come back into another project with the fields of their class', async () => {
    await setFields([], FIELDS);
    await draw('a', said);
    const note = { text: 'by lamp', talk: false };
    await bench.call('image.setNotes', { imageIds: [FIRST], add: ['garage'], remove: [], note });
    const { path } = await bench.call('export.start', EXPORT);
    const coco = JSON.parse(await readFile(path, 'utf8')) as Record<string, object[]>;
    expect(coco['annotations']![0]).toMatchObject({
      attributes: { Closed: true, Material: 'cardboard', Tilt: 4, occluded: true },
      note: 'Is the lid part of it?',
      needs_talk: true,
    });
    expect(coco['images']![0]).toMatchObject({ tags: ['garage'], note: 'by lamp' });
    expect(coco['categories']![0]).toMatchObject({ name: 'cup', fields: FIELDS });
    await bench.close();
    const other = await imageFolder(3);
    bench = await openBench(other);
    await importFrom(path);
    expect((await objects())[0]!.details).toEqual(said);
    const { categories } = await bench.call('project.summary', {});
    expect(categories[0]).toMatchObject({ name: 'cup', fields: FIELDS, extra: {} });
    expect((await bench.call('image.open', { imageId: FIRST })).image).toMatchObject({
      tags: ['garage'],
      note,
    });
    await removeBench(other);
  });

  it('that a file has without saying what they are become fields, told before and after', async () => {
    const path = join(folder, '..', 'theirs.json');
    const annotation = (id: number, attributes: object) => ({
      id,
      image_id: 1,
      category_id: 1,
      segmentation: [[id, 1, id + 2, 1, id + 2, 3, id, 3]],
      area: 4,
      bbox: [id, 1, 2, 2],
      iscrowd: 0,
      attributes,
    });
    const [image] = (
      await bench.call('image.list', { cursor: 0, limit: 1, filter: {}, order: 'name' })
    ).images;
    const opened = await bench.call('image.open', { imageId: image!.id });
    await writeFile(
      path,
      JSON.stringify({
        images: [{ id: 1, file_name: image!.name, ...sizeOf(opened.image) }],
        categories: [{ id: 1, name: 'cup', supercategory: '' }],
        annotations: [
          annotation(1, { colour: 'red', parked: true, speed: 3, occluded: false, track: [1, 2] }),
          annotation(2, { colour: 'red', parked: false, speed: 1.5, mixed: 1 }),
          annotation(3, { colour: 'blue', plate: 'AB 1', mixed: 'x', ['x'.repeat(200)]: 1 }),
          annotation(4, { colour: 'blue', truncated: 1, plate: 'AB 2' }),
        ],
      }),
    );
    const notes = [
      'Classes get fields for the attributes of the file. "cup": "colour" (one of 2 choices), "parked" (tick), "speed" (number), "plate" (text).',
      'Attributes of 2 annotations are lists, objects or too long for a field: they are kept for the next export and are not shown.',
    ];
    expect((await importFrom(path, true)).notes).toEqual(notes);
    expect((await bench.call('project.summary', {})).categories[0]!.fields).toBeUndefined();
    expect((await importFrom(path)).notes).toEqual(notes);
    const { fields } = (await bench.call('project.summary', {})).categories[0]!;
    expect(fields!.map(({ name, kind }) => [name, kind])).toEqual([
      ['colour', 'choice'],
      ['parked', 'tick'],
      ['speed', 'number'],
      ['plate', 'text'],
    ]);
    expect((await objects()).map(({ details }) => details)).toEqual([
      { values: { colour: 'red', parked: true, speed: 3 }, marks: { occluded: false } },
      { values: { colour: 'red', mixed: 1, parked: false, speed: 1.5 } },
      { values: { colour: 'blue', mixed: 'x', plate: 'AB 1' } },
      { values: { colour: 'blue', plate: 'AB 2' }, marks: { cut: true } },
    ]);
    // What was no value is written back where it was.
    const report = await bench.call('export.start', EXPORT);
    const coco = JSON.parse(await readFile(report.path, 'utf8')) as {
      annotations: { attributes: object }[];
    };
    expect(coco.annotations[0]!.attributes).toEqual({
      colour: 'red',
      parked: true,
      speed: 3,
      occluded: false,
      track: [1, 2],
    });
    expect(Object.keys(coco.annotations[2]!.attributes)).toContain('x'.repeat(200));
  });
});

const sizeOf = ({ width, height }: { readonly width: number; readonly height: number }) => ({
  width,
  height,
});
