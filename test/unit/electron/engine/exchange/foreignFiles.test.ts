// Imports of label files as other programs write them: what is told, what is left out, and that one bad
// record costs nobody else anything.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { warningEnglish } from '../../../../../electron/api/said/exportWords.ts';
import type { Bench } from '../../../../helpers/drivers/engineBench.ts';
import {
  imageFolder,
  openBench,
  removeBench,
  SIDE,
} from '../../../../helpers/drivers/engineBench.ts';

const RING = [0, 0, 2, 0, 2, 2, 0, 2];
const LINE = '0 0 0 0.5 0 0.5 0.5\n';

describe('an import', () => {
  let folder: string;
  let bench: Bench;
  beforeEach(async () => {
    folder = await imageFolder(3);
    bench = await openBench(folder);
  });
  afterEach(async () => {
    await bench.close();
    await removeBench(folder);
  });

  /** Files beside the image folder. */
  const put = async (files: Readonly<Record<string, string | object>>) => {
    for (const [name, content] of Object.entries(files)) {
      await mkdir(dirname(join(folder, '..', name)), { recursive: true });
      const text = typeof content === 'string' ? content : JSON.stringify(content);
      await writeFile(join(folder, '..', name), text);
    }
  };
  /** Every image has one object of every class. */
  const coco = (images: readonly string[], names: readonly string[]) => ({
    images: images.map((file_name, i) => ({ id: i + 1, file_name, ...SIDE })),
    categories: names.map((name, i) => ({ id: i + 1, name })),
    annotations: images.flatMap((_, i) =>
      names.map((_name, c) => ({
        id: i * names.length + c + 1,
        image_id: i + 1,
        category_id: c + 1,
        segmentation: [RING.map((value) => value + c)],
        area: 4,
        bbox: [c, c, 2, 2],
        iscrowd: 0,
      })),
    ),
  });
  const start = (source: string, more: { dryRun?: boolean } = {}) =>
    bench.call('import.start', {
      format: null,
      source: bench.engine.handleOf(join(folder, '..', source)),
      as: 'accepted',
      dryRun: false,
      skipBroken: false,
      ...more,
    });
  const told = (report: Awaited<ReturnType<typeof start>>) =>
    report.problems.map(({ path, message, effect }) => `${effect} ${path} ${message}`);

  it('tells which names become one class before it writes, and counts the classes it makes', async () => {
    await put({ 'in.json': coco(['img1.png'], ['Turkey', 'turkey', 'duck']) });
    const planned = await start('in.json', { dryRun: true });
    expect(told(planned)[0]).toMatch(
      /^repaired classes "Turkey" \(1\) and "turkey" \(2\) become one class/,
    );
    expect((await bench.call('project.summary', {})).categories).toEqual([]);
    const report = await start('in.json');
    expect(report).toMatchObject({ categories: 2, annotations: 3, leftOut: 0 });
    expect(told(report)).toEqual(told(planned));
    await put({ 'more.json': coco(['img2.png'], ['TURKEY']) });
    expect(told(await start('more.json'))).toEqual([
      'repaired classes "TURKEY" goes to the class "Turkey" of the project',
    ]);
  });

  it('says which class has another number than in the file', async () => {
    await bench.call('category.add', { names: ['cup'] });
    await put({ 'in.json': coco(['img1.png'], ['spoon', 'cup']) });
    expect((await start('in.json')).notes).toEqual([
      'Classes have other numbers in this project than in the file: "spoon" 1 -> 2, "cup" 2 -> 1.',
    ]);
  });

  it('names labels without an image and takes the rest; of nothing but those it takes nothing', async () => {
    await put({
      'yolo/data.yaml': 'names: [cat]\n',
      'yolo/labels/img1.txt': LINE,
      'yolo/labels/lost.txt': LINE,
      'yolo/labels/empty.txt': '',
      'yolo/README.txt': 'no labels',
    });
    const report = await start('yolo');
    expect(told(report)).toEqual([
      'skipped labels/lost.txt belongs to no image here: none has this name',
    ]);
    expect(report).toMatchObject({ annotations: 1, leftOut: 1 });
    await put({ 'alone.json': coco(['x.png', 'y.png'], ['sun']) });
    await expect(start('alone.json')).rejects.toThrow(
      /none of the labels belongs to an image of this project; nothing was imported[^]*x\.png[^]*y\.png/,
    );
    const { categories } = await bench.call('project.summary', {});
    expect(categories.map(({ name }) => name)).toEqual(['cat']);
  });

  it('does not guess between two images, or two labels for one image', async () => {
    await bench.close();
    await put({ 'images/a.png': 'image 8', 'images/a.jpg': 'image 9' });
    bench = await openBench(folder);
    await put({
      'yolo/data.yaml': 'names: [cat]\n',
      'yolo/labels/a.txt': LINE,
      'yolo/train/labels/img1.txt': LINE,
      'yolo/valid/labels/img1.txt': LINE,
      'yolo/labels/img2.txt': LINE,
    });
    const report = await start('yolo');
    expect(report.annotations).toBe(1);
    expect(told(report).sort()).toEqual([
      expect.stringMatching(/labels\/a\.txt could be "a\.jpg", "a\.png"/) as string,
      expect.stringMatching(/train\/labels\/img1\.txt and "valid.*would all be/) as string,
      expect.stringMatching(/valid\/labels\/img1\.txt and "train.*would all be/) as string,
    ]);
  });

  it('refuses more classes than a project holds, at once', async () => {
    const categories = Array.from({ length: 20_000 }, (_, id) => ({ id, name: `class ${id}` }));
    await put({ 'many.json': { images: [], annotations: [], categories } });
    await expect(start('many.json')).rejects.toThrow(
      /20000 classes; a project holds 10000 at most/,
    );
  });

  it('cuts a class name that the window could not save, and says so', async () => {
    await put({ 'in.json': coco(['img1.png'], ['x'.repeat(700)]) });
    expect(told(await start('in.json'))[0]).toMatch(/is a class name of 700 letters; cut to 500/);
    const { categories } = await bench.call('project.summary', {});
    expect(categories.map(({ name }) => name.length)).toEqual([500]);
  });
});

describe('an export', () => {
  it('leaves out an image whose name leads out of its folder, and tells it', async () => {
    const folder = await imageFolder(1);
    // Windows takes the backslashes for folders, and has no line breaks in names.
    const hasOddNames = process.platform !== 'win32';
    if (hasOddNames) {
      await writeFile(join(folder, 'a\\..\\b.png'), 'image 2');
      await writeFile(join(folder, 'c\nd.png'), 'image 3');
    }
    const bench = await openBench(folder);
    try {
      const target = join(folder, '..', 'out');
      await mkdir(target);
      const options = {
        target: bench.engine.handleOf(target),
        only: 'all',
        categoryIds: [],
        split: null,
        includeProposals: true,
      } as const;
      const one = await bench.call('export.start', { ...options, format: 'coco', fileName: 'a' });
      expect(one).toMatchObject(
        hasOddNames ? { images: 2, leftOut: 1 } : { images: 1, leftOut: 0 },
      );
      if (hasOddNames)
        expect(one.warnings.map(warningEnglish).join()).toMatch(
          /leads out of the data set's folder; rename the file/,
        );
      const json = JSON.parse(await readFile(join(target, 'a.json'), 'utf8')) as {
        images: { file_name: string }[];
      };
      expect(json.images.map(({ file_name }) => file_name).sort()).toEqual(
        hasOddNames ? ['c\nd.png', 'img1.png'] : ['img1.png'],
      );
      const fileName = 'y';
      const lists = await bench.call('export.start', { ...options, format: 'yolo-seg', fileName });
      expect(lists).toMatchObject({ images: 1, leftOut: hasOddNames ? 2 : 0 });
      expect(await readFile(join(target, 'y', 'train.txt'), 'utf8')).toBe('./images/img1.png\n');
    } finally {
      await bench.close();
      await removeBench(folder);
    }
  });
});
