// Which classes an image has, as tuning is told: from a COCO file, chosen among by a list, or from a list alone.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  readTuneLabels,
  type TuneLabelOptions,
} from '../../../../../../electron/hosts/cli/arguments/tuneLabels.ts';
import { area } from '../../../../../../electron/masks/runs/rle.ts';

let folder = '';
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'salience-tune-labels-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const box = (id: number, image: number, category: number, side: number) => ({
  id,
  image_id: image,
  category_id: category,
  iscrowd: 0,
  area: side * side,
  bbox: [0, 0, side, side],
  segmentation: [[0, 0, side, 0, side, side, 0, side]],
});
const coco = {
  images: [
    { id: 1, file_name: 'a.jpg', width: 8, height: 6 },
    { id: 2, file_name: 'sub/b.jpg', width: 8, height: 6 },
  ],
  categories: [
    { id: 4, name: 'cat', isthing: 1 },
    { id: 7, name: 'dog', isthing: 1 },
    { id: 9, name: 'grass', isthing: 0 },
  ],
  annotations: [box(1, 1, 4, 2), box(2, 1, 9, 3), box(3, 2, 7, 4)],
};

function fileOf(content: object): string {
  const path = join(folder, 'labels.json');
  writeFileSync(path, JSON.stringify(content));
  return path;
}
async function read(options: Omit<TuneLabelOptions, 'labels' | 'truth'>, content: object = coco) {
  return readTuneLabels({ ...options, labels: fileOf(content) });
}
const named = (classes: readonly { name: string }[] = []) => classes.map(({ name }) => name);

test('a list alone gives every image its classes, numbered from 1', async () => {
  const found = await readTuneLabels({ classes: 'cat=kitten|tom, ~grass' });
  expect(found.perImage).toBe(false);
  expect(found.classes).toEqual([
    ...[
      {
        categoryId: 1,
        name: 'cat',
        prompt: 'kitten',
        synonyms: ['tom'],
        kind: 'thing',
        threshold: null,
      },
    ],
    ...[
      {
        categoryId: 2,
        name: 'grass',
        prompt: 'grass',
        synonyms: [],
        kind: 'stuff',
        threshold: null,
      },
    ],
  ]);
  expect(await found.of('a.jpg')).toBeNull();
});

describe('a file of labels', () => {
  test('says which classes each image has, under the ids of the file', async () => {
    const found = await read({});
    expect(found.perImage).toBe(true);
    expect(found.classes.map(({ categoryId, kind }) => [categoryId, kind])).toEqual([
      ...[
        [4, 'thing'],
        [7, 'thing'],
      ],
      [9, 'stuff'],
    ]);
    expect(named((await found.of('a.jpg'))?.classes)).toEqual(['cat', 'grass']);
    expect(named((await found.of('sub/b.jpg'))?.classes)).toEqual(['dog']);
    expect(await found.of('c.jpg')).toBeNull();
    expect((await found.of('a.jpg'))?.truth).toBeNull();
  });

  test.each([
    ['named in the call', { classes: 'Dog=hound|puppy, ~cat' }],
    ['named in a file', { classesFile: 'names' }],
    ['named by another COCO file', { cocoCategories: 'other' }],
  ])('gives only the classes that are %s', async (_, options) => {
    writeFileSync(join(folder, 'names'), 'Dog\n~cat\n');
    writeFileSync(
      join(folder, 'other'),
      JSON.stringify({
        categories: [
          { id: 1, name: 'cat', isthing: 0 },
          { id: 2, name: 'Dog' },
        ],
      }),
    );
    const inFolder = Object.fromEntries(
      Object.entries(options).map(([key, value]) => [
        key,
        key === 'classes' ? value : join(folder, value),
      ]),
    );
    const found = await read(inFolder);
    // Spelled as the file does; stuff where either of both says so.
    expect(found.classes.map(({ name, kind }) => [name, kind])).toEqual([
      ['cat', 'stuff'],
      ['dog', 'thing'],
    ]);
    expect(named((await found.of('a.jpg'))?.classes)).toEqual(['cat']);
  });

  test('takes words for the model from the list, its own names else', async () => {
    const { classes } = await read({ classes: 'dog=hound|puppy, grass' });
    expect(classes.map(({ prompt, synonyms }) => [prompt, synonyms])).toEqual([
      ['hound', ['puppy']],
      ['grass', []],
    ]);
  });

  test('leaves stuff out where only things are asked', async () => {
    const found = await read({ things: true });
    expect(named(found.classes)).toEqual(['cat', 'dog']);
    expect(named((await found.of('a.jpg'))?.classes)).toEqual(['cat']);
  });

  test('must know one of the classes, and an image', async () => {
    await expect(read({ classes: 'horse' })).rejects.toThrow(/knows none of the asked classes/);
    await expect(read({}, { ...coco, images: [], annotations: [] })).rejects.toThrow(
      /has no images; it cannot say what they show/,
    );
  });

  test('gives masks where they are to be compared, of the asked classes alone', async () => {
    const found = await readTuneLabels({ truth: fileOf(coco), classes: 'cat,dog' });
    const truth = (await found.of('a.jpg'))?.truth;
    expect(truth).toMatchObject({ width: 8, height: 6, rest: 'background' });
    expect(truth?.masks.map(({ categoryId, mask }) => [categoryId, area(mask!)])).toEqual([[4, 4]]);
  });
});
